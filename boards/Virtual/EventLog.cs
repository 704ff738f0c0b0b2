using System;
using System.Collections.Concurrent;
using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>Keeps the firmware's log lines until the view takes them.</summary>
    internal sealed class EventLog : ILog
    {
        private readonly ConcurrentQueue<LogLine> _lines = new();

        public void Write(LogLevel level, string source, string text)
        {
            _lines.Enqueue(new LogLine(DateTime.Now, level, source, text));
        }

        public bool TryTake(out LogLine line)
        {
            return _lines.TryDequeue(out line);
        }
    }
}
