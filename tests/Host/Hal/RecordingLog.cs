using System.Collections.Concurrent;
using NanoComm.Hal;

namespace NanoComm.Tests.Host.Hal
{
    internal sealed class RecordingLog : ILog
    {
        public ConcurrentQueue<string> Lines { get; } = new ConcurrentQueue<string>();

        public void Write(LogLevel level, string source, string text)
        {
            Lines.Enqueue($"{level} {source} {text}");
        }
    }
}
