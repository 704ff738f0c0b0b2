using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>Values at a fixed interval, and which of them were missed.</summary>
    internal sealed class HemsSeries
    {
        private readonly int _depth;
        private readonly int _mostRows;
        private readonly SortedDictionary<DateTime, HemsEnergy> _values = new();

        /// <summary>Makes it.</summary>
        /// <param name="interval">From one value to the next.</param>
        /// <param name="depth">How many values back the meter can be asked.</param>
        /// <param name="mostRows">Rows in one answer.</param>
        public HemsSeries(TimeSpan interval, int depth, int mostRows)
        {
            Interval = interval;
            _depth = depth;
            _mostRows = mostRows;
        }

        /// <summary>From one value to the next.</summary>
        public TimeSpan Interval { get; }

        /// <summary>The values held, oldest first.</summary>
        public IEnumerable<HemsEnergy> Values => _values.Values;

        /// <summary>The newest time known, or null.</summary>
        public DateTime? Newest => _values.Count == 0 ? null : _values.Keys.Last();

        /// <summary>Keeps a value.</summary>
        /// <returns>Whether it is a new one.</returns>
        public bool Add(HemsEnergy value)
        {
            bool isNew = _values.TryAdd(value.Time, value);
            DateTime oldest = Newest.Value - (Interval * (_depth - 1));
            foreach (DateTime time in _values.Keys.TakeWhile(time => time < oldest).ToArray())
            {
                _values.Remove(time);
            }

            return isNew;
        }

        /// <summary>The newest gap between two values: as much of it as one answer holds.</summary>
        /// <param name="last">The newest time missed.</param>
        /// <param name="rows">How many from there on back; 0 when nothing is missed.</param>
        public void FindGap(out DateTime last, out int rows)
        {
            last = default;
            rows = 0;
            DateTime? after = null;
            foreach (DateTime time in _values.Keys.Reverse())
            {
                int missed = after == null ? 0 : (int)((after.Value - time) / Interval) - 1;
                if (missed > 0)
                {
                    last = after.Value - Interval;
                    rows = Math.Min(missed, _mostRows);
                    return;
                }

                after = time;
            }
        }
    }
}
