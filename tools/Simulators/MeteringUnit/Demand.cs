using System;
using System.Collections.Generic;

namespace NanoComm.Simulators
{
    /// <summary>Demand of one direction: the mean power of each half-hour, the largest of the month, and the sum of those of
    /// the months that are over since <see cref="NetProfile.Anchor"/>. By the civil time of the simulation; a step of the
    /// metering clock moves nothing.</summary>
    internal sealed class Demand
    {
        private const int HalfHour = 1800;

        private readonly Func<DateTime, long> _energyAt;
        private readonly HighVoltageService _service;
        private readonly Dictionary<DateTime, long> _largest = new();
        private DateTime _latest;
        private long _latestLargest;
        private int _fixedDate;

        /// <summary>Makes it.</summary>
        /// <param name="energyAt">Energy of this direction up to an instant, W·s.</param>
        /// <param name="service">Knows the months.</param>
        public Demand(Func<DateTime, long> energyAt, HighVoltageService service)
        {
            _energyAt = energyAt;
            _service = service;
        }

        /// <summary>Mean power of the half-hour that ends at an instant, W, cut to whole watts.</summary>
        public long MeanTo(DateTime end)
        {
            return (_energyAt(end) - _energyAt(end.AddSeconds(-HalfHour))) / HalfHour;
        }

        /// <summary>The largest mean of the half-hours of this month that are over, 0 before the first of them is.</summary>
        public long MaximumAt(DateTime instant)
        {
            ForgetOtherMonths();
            DateTime latest = instant.AddTicks(-(instant.Ticks % TimeSpan.FromSeconds(HalfHour).Ticks));
            if (latest != _latest)
            {
                _latestLargest = Largest(_service.MonthOf(instant), latest);
                _latest = latest;
            }

            return _latestLargest;
        }

        /// <summary>The sum of the largest means of the months that are over.</summary>
        public long CumulativeAt(DateTime instant)
        {
            ForgetOtherMonths();
            long sum = 0;
            DateTime end = _service.MonthOf(instant);
            while (end > NetProfile.Anchor)
            {
                DateTime begin = _service.MonthOf(end.AddSeconds(-1));
                if (!_largest.TryGetValue(begin, out long largest))
                {
                    largest = Largest(begin, end);
                    _largest.Add(begin, largest);
                }

                sum += largest;
                end = begin;
            }

            return sum;
        }

        private long Largest(DateTime begin, DateTime end)
        {
            long largest = 0;
            for (DateTime to = begin.AddSeconds(HalfHour); to <= end; to = to.AddSeconds(HalfHour))
            {
                largest = Math.Max(largest, MeanTo(to));
            }

            return largest;
        }

        private void ForgetOtherMonths()
        {
            if (_fixedDate != _service.FixedDate)
            {
                _fixedDate = _service.FixedDate;
                _largest.Clear();
                _latest = default;
            }
        }
    }
}
