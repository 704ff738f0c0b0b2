using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Hems
{
    /// <summary>Values at a fixed interval, and which of them were missed: those between the first one and the newest that
    /// the meter still has.</summary>
    public sealed class HemsSeries
    {
        // A meter may have later what it has not yet: ms from one question to the next.
        private const long AskAgain = 300_000;

        private readonly int _depth;
        private readonly int _mostRows;
        private readonly bool _keepsAll;
        private readonly Dictionary<DateTime, HemsEnergy> _values = new();
        private readonly Dictionary<DateTime, HemsEnergy> _empty = new();
        private readonly SortedSet<DateTime> _times = new();
        private DateTime _first = DateTime.MaxValue;

        /// <summary>Makes it.</summary>
        /// <param name="interval">From one value to the next.</param>
        /// <param name="depth">How many values back the meter can be asked.</param>
        /// <param name="mostRows">Rows in one answer.</param>
        /// <param name="keepsAll">Whether values are kept that the meter has no longer.</param>
        public HemsSeries(TimeSpan interval, int depth, int mostRows, bool keepsAll = false)
        {
            Interval = interval;
            _depth = depth;
            _mostRows = mostRows;
            _keepsAll = keepsAll;
        }

        /// <summary>From one value to the next.</summary>
        public TimeSpan Interval { get; }

        /// <summary>What the registers count.</summary>
        public HemsQuantity Quantity { get; init; }

        /// <summary>The values held.</summary>
        public IReadOnlyDictionary<DateTime, HemsEnergy> Values => _values;

        /// <summary>The time of the last value that was not fetched again, or null: a time that a bad line made is put
        /// right by the next one.</summary>
        public DateTime? Newest { get; private set; }

        // The oldest that is worth asking for.
        private DateTime Oldest => Newest.Value - (Interval * (_depth - 1));

        private DateTime OldestMissed => _first > Oldest && _first <= Newest ? _first : Oldest;

        /// <summary>Keeps a value, as that of the last full interval.</summary>
        /// <returns>Whether it says something new.</returns>
        public bool Add(HemsEnergy value)
        {
            // A time between two others would hide that one of them is missed.
            value = value with { Time = value.Time.AddTicks(-(value.Time.Ticks % Interval.Ticks)) };
            Newest = value.IsFetchedAgain ? Newest : value.Time;
            if (_values.ContainsKey(value.Time))
            {
                return false;
            }

            bool wasEmpty = _empty.Remove(value.Time);
            (value.IsEmpty ? _empty : _values).Add(value.Time, value);
            _times.Add(value.Time);
            _first = value.Time < _first ? value.Time : _first;
            while (!_keepsAll && _times.Min < Oldest)
            {
                _values.Remove(_times.Min);
                _empty.Remove(_times.Min);
                _times.Remove(_times.Min);
            }

            return !(wasEmpty && value.IsEmpty);
        }

        /// <summary>Whether a value is missed: one of those between the first and the newest one that the meter still
        /// has.</summary>
        public bool Misses(DateTime time)
        {
            return Newest != null && time >= OldestMissed && time < Newest && !_values.ContainsKey(time);
        }

        /// <summary>The newest gap: as much of it as one answer holds.</summary>
        /// <param name="now">The time, ms as in <see cref="HemsEnergy.ReadAt"/>.</param>
        /// <param name="last">The newest time missed.</param>
        /// <param name="rows">How many from there on back; 0 when nothing is missed.</param>
        public void FindGap(long now, out DateTime last, out int rows)
        {
            last = default;
            rows = 0;
            if (Newest == null)
            {
                return;
            }

            DateTime oldest = OldestMissed;
            DateTime after = DateTime.MaxValue;
            foreach (DateTime time in _times.GetViewBetween(oldest, Newest.Value).Reverse()
                .Where(time => !IsAskedAgain(time, now)).Append(oldest - Interval))
            {
                int missed = after == DateTime.MaxValue ? 0 : (int)((after - time) / Interval) - 1;
                if (missed > 0)
                {
                    last = after - Interval;
                    rows = Math.Min(missed, _mostRows);
                    return;
                }

                after = time;
            }
        }

        private bool IsAskedAgain(DateTime time, long now)
        {
            return _empty.TryGetValue(time, out HemsEnergy empty) && now - empty.ReadAt >= AskAgain;
        }
    }
}
