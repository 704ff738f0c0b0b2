using System.Collections.Concurrent;
using System.Diagnostics;
using NanoComm.Hal;

namespace NanoComm.Tests.Esp32
{
    /// <summary>Clock and log of a board.</summary>
    internal sealed class Surroundings : IClock, ILog
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public long Milliseconds => _watch.ElapsedMilliseconds;

        public ConcurrentQueue<string> Lines { get; } = new();

        public void Write(LogLevel level, string source, string text)
        {
            Lines.Enqueue($"{level} {source}: {text}");
        }
    }
}
