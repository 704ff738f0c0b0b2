using System;
using System.Collections.Generic;

namespace NanoComm.Virtual.Web
{
    /// <summary>The last log lines, kept for whoever opens the page later.</summary>
    internal sealed class LogTail
    {
        private const int Capacity = 200;

        private readonly LogLine[] _lines = new LogLine[Capacity];
        private long _count;

        /// <summary>Takes a line; on any thread.</summary>
        public void Add(LogLine line)
        {
            lock (_lines)
            {
                _lines[_count++ % Capacity] = line;
            }
        }

        /// <summary>Takes the lines since the last call with this cursor, oldest first, the last 200 at most.</summary>
        /// <param name="cursor">0 at first; moved on.</param>
        public IReadOnlyList<LogLine> Take(ref long cursor)
        {
            lock (_lines)
            {
                var taken = new List<LogLine>();
                for (cursor = Math.Max(cursor, _count - Capacity); cursor < _count; cursor++)
                {
                    taken.Add(_lines[cursor % Capacity]);
                }

                return taken;
            }
        }
    }
}
