namespace NanoComm.Metering
{
    /// <summary>The metering unit's clock, carried on between two readings of it by the monotonic clock.</summary>
    public sealed class MeterClock
    {
        private readonly int _rate;
        private long _time = MeterTime.Unknown;
        private long _at;

        /// <summary>Makes a clock that knows no time yet.</summary>
        /// <param name="rate">Metering seconds in a second of the monotonic clock, 1 and up: 1 on every real board;
        /// a virtual board may let the metering clock run faster.</param>
        public MeterClock(int rate)
        {
            _rate = rate;
        }

        /// <summary>Whether the clock was ever set.</summary>
        public bool IsKnown
        {
            get { return _time != MeterTime.Unknown; }
        }

        /// <summary>Takes a reading of the metering unit's clock.</summary>
        /// <param name="time">The reading.</param>
        /// <param name="now">The monotonic clock in milliseconds when it was read.</param>
        public void Set(long time, long now)
        {
            _time = time;
            _at = now;
        }

        /// <summary>Takes over another clock's time; both have the same rate.</summary>
        public void CopyFrom(MeterClock other)
        {
            _time = other._time;
            _at = other._at;
        }

        /// <summary>The metering time, or <see cref="MeterTime.Unknown"/>.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public long Now(long now)
        {
            return IsKnown ? _time + ((now - _at) * _rate / 1000) : MeterTime.Unknown;
        }

        /// <summary>When the monotonic clock will stand at a metering time.</summary>
        /// <param name="time">A metering time; the clock is known.</param>
        /// <returns>Milliseconds, rounded up; in the past when the time has passed.</returns>
        public long When(long time)
        {
            return _at + ((((time - _time) * 1000) + _rate - 1) / _rate);
        }
    }
}
