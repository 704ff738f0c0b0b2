using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>Reads a meter's history into rows. What comes is kept, whatever ends the reading.</summary>
    internal sealed class HistoryReader
    {
        private readonly HemsSettings _settings;
        private readonly int _days;
        private readonly int _minutes;
        private readonly TimeSpan _zone;
        private readonly SortedSet<MeterRow> _rows = new(MeterRow.Order);
        private readonly List<string> _missed = [];
        private HemsPump _pump;
        private HemsHistory _history;
        private HemsMeter _meter;
        private Action<int, int> _progress;
        private string _trouble;
        private long _lastAnswer;
        private bool _isDone;

        /// <summary>Makes it; nothing is opened before <see cref="Read"/>.</summary>
        /// <param name="settings">The way to the meter.</param>
        /// <param name="days">Days before today; negative for none at all.</param>
        /// <param name="minutes">Minutes back from now; 0 for none.</param>
        /// <param name="zone">How far the meter's time is from UTC.</param>
        public HistoryReader(HemsSettings settings, int days, int minutes, TimeSpan zone)
        {
            (_settings, _days, _minutes, _zone) = (settings, days, minutes, zone);
        }

        /// <summary>What need not be read; null for nothing.</summary>
        public RowCoverage Kept { get; init; }

        /// <summary>How long a meter that was there may be gone before it is given up.</summary>
        public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

        /// <summary>What was read, in order.</summary>
        public IReadOnlyCollection<MeterRow> Rows => _rows;

        /// <summary>What the meter does not have, or did not tell.</summary>
        public IReadOnlyList<string> Missed => _missed;

        /// <summary>What it calls itself; null before it was reached.</summary>
        public string Name => _history?.Name;

        /// <summary>Whether it tells what the steps of its registers are worth.</summary>
        public bool KnowsUnits => _meter?.Scale != null;

        /// <summary>Days, and tens of minutes, that were asked for and that are done.</summary>
        public (int Done, int All) Steps => (_history?.Done ?? 0, _history?.Steps ?? 0);

        /// <summary>Why not everything was read; null when it was.</summary>
        public string CutShort { get; private set; }

        /// <summary>Reads until everything was asked for, the end is wanted, or the meter is gone.</summary>
        /// <param name="progress">Is told how many steps are done, of how many.</param>
        /// <param name="end">The end is wanted.</param>
        /// <exception cref="UserError">The meter was not reached.</exception>
        public void Read(Action<int, int> progress, CancellationToken end)
        {
            _progress = progress;
            using HemsPump pump = _pump = new HemsPump(_settings);
            pump.Link.Trouble += reason => _trouble = reason;
            var readings = new HemsReadings(pump.Link);
            readings.Read += _ => Begin(readings);
            readings.Start();
            pump.Run(() => _isDone || IsHopeless(), end);
            if (_history == null && !end.IsCancellationRequested)
            {
                throw new UserError(_trouble);
            }

            CutShort = _isDone ? null
                : end.IsCancellationRequested ? "interrupted"
                : _trouble ?? $"no answer for {Patience.TotalSeconds:0} s";
        }

        // A meter that was never there is told at once; one that went may come back.
        private bool IsHopeless()
        {
            return _history == null
                ? _trouble != null && (_pump.Link.Joins == 0 || _pump.Link.State == HemsState.Joined)
                : _pump.Now - _lastAnswer > Patience.TotalMilliseconds;
        }

        private void Begin(HemsReadings readings)
        {
            if (_history != null)
            {
                return;
            }

            readings.Stop();
            _trouble = null;
            _lastAnswer = _pump.Now;
            _meter = readings.Meter;
            _history = new HemsHistory(_pump.Link, _meter)
            {
                IsWanted = (quantity, hasReverse, day) => Kept?.Has(_history.Name, quantity, hasReverse, day) != true,
            };
            _history.Got += Take;
            _history.Missed += _missed.Add;
            _history.Ended += () => _isDone = true;
            _history.Start(_days, _minutes);
        }

        private void Take(HemsSlice slice)
        {
            _lastAnswer = _pump.Now;
            _trouble = null;
            foreach (HemsEnergy value in slice.Values)
            {
                Add(slice, value.Time, MeterDirection.Normal, value.Normal);
                if (slice.HasReverse)
                {
                    Add(slice, value.Time, MeterDirection.Reverse, value.Reverse);
                }
            }

            _progress(_history.Done, _history.Steps);
        }

        private void Add(HemsSlice slice, DateTime time, MeterDirection direction, uint? register)
        {
            var row = new MeterRow(_history.Name, new DateTimeOffset(time, _zone), (int)Math.Round(slice.Interval.TotalMinutes), slice.Quantity,
                direction, _meter.ToValue(slice.Quantity, register), register);

            // A day that was begun again is taken as it came last.
            _rows.Remove(row);
            _rows.Add(row);
        }
    }
}
