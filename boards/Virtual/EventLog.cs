using System;
using System.Collections.Concurrent;
using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>Keeps the firmware's log lines until the view takes them.</summary>
    /// <param name="also">Is told each line too, on the loop that writes it; null for nobody.</param>
    internal sealed class EventLog(Action<LogLine> also = null) : ILog
    {
        private readonly ConcurrentQueue<LogLine> _lines = new();
        private volatile bool _isClosed;

        public void Write(LogLevel level, string source, string text)
        {
            if (_isClosed)
            {
                return;
            }

            var line = new LogLine(DateTime.Now, level, source, text);
            _lines.Enqueue(line);
            also?.Invoke(line);
        }

        /// <summary>A unit without power says nothing more.</summary>
        public void Close()
        {
            _isClosed = true;
        }

        public bool TryTake(out LogLine line)
        {
            return _lines.TryDequeue(out line);
        }
    }
}
