using System;
using System.Collections.Generic;
using System.Threading;
using NanoComm.Hal;

namespace NanoComm.Virtual
{
    /// <summary>Keeps the firmware's log lines until the view takes them. Lines are stamped and kept in one go, so that whoever
    /// takes them has every line of before.</summary>
    /// <param name="changes">Wakes that view.</param>
    /// <param name="also">Is told each line too, on the loop that writes it; null for nobody.</param>
    internal sealed class EventLog(Changes changes, Action<LogLine> also) : ILog
    {
        private readonly Lock _gate = new();
        private readonly Queue<LogLine> _lines = new();
        private volatile bool _isClosed;

        /// <summary>Since when it keeps them.</summary>
        public DateTime Began { get; } = EventTime.Now;

        public void Write(LogLevel level, string source, string text)
        {
            if (_isClosed)
            {
                return;
            }

            LogLine line;
            lock (_gate)
            {
                line = new LogLine(EventTime.Now, level, source, text);
                _lines.Enqueue(line);
            }

            changes.Set();
            also?.Invoke(line);
        }

        /// <summary>A unit without power says nothing more.</summary>
        public void Close()
        {
            _isClosed = true;
        }

        public bool TryTake(out LogLine line)
        {
            lock (_gate)
            {
                return _lines.TryDequeue(out line);
            }
        }
    }
}
