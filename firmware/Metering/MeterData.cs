using NanoComm.Hal;

namespace NanoComm.Metering
{
    /// <summary>
    /// The read model: everything the customer side may know of the metering unit. The metering loop publishes into
    /// it; paths copy from it; nothing goes the other way (requirements R17, R23).
    /// </summary>
    public sealed class MeterData : ITimeSource
    {
        /// <summary>A reading older than this, in seconds of the metering clock, is stale: registers read "no data".
        /// One missed minute poll is bridged, two are not.</summary>
        public const int FreshSeconds = 120;

        /// <summary>Power and currents older than this, in milliseconds of the monotonic clock, read "no data".
        /// </summary>
        public const int LiveMilliseconds = 10000;

        /// <summary>Values in the minute buffer.</summary>
        public const int MinuteCount = 60;

        /// <summary>Days of half-hour history, today included.</summary>
        public const int HistoryDays = 100;

        private readonly MeterSnapshot _published;
        private readonly object _lock = new object();
        private ISignal[] _subscribers = new ISignal[0];

        /// <summary>Makes an empty read model.</summary>
        /// <param name="clockRate">As for <see cref="MeterClock"/>.</param>
        /// <param name="meterClass">Of the metering unit.</param>
        public MeterData(int clockRate, MeterClass meterClass = MeterClass.LowVoltage)
        {
            ClockRate = clockRate;
            _published = new MeterSnapshot(clockRate, meterClass);
            High = meterClass == MeterClass.HighVoltage ? new HighVoltageData() : null;
        }

        /// <summary>Metering seconds in a second of the monotonic clock.</summary>
        public int ClockRate { get; }

        /// <summary>One-minute values of the last 60 minutes.</summary>
        public IntervalBuffer Minutes { get; } = new IntervalBuffer(MeterTime.Minute, MinuteCount);

        /// <summary>Half-hour values of today and 99 days back.</summary>
        public IntervalBuffer HalfHours { get; } = NewHalfHours();

        /// <summary>The intervals that a high-voltage metering unit has beside these; null at low voltage.</summary>
        public HighVoltageData High { get; }

        /// <summary>Counts publications: cheap to compare before copying.</summary>
        public int Version { get; private set; }

        /// <summary>Counts publications of live values alone; likewise.</summary>
        public int LiveVersion { get; private set; }

        /// <summary>Sets a signal at every publication. Call before the loops start.</summary>
        public void Subscribe(ISignal signal)
        {
            var subscribers = new ISignal[_subscribers.Length + 1];
            for (int i = 0; i < _subscribers.Length; i++)
            {
                subscribers[i] = _subscribers[i];
            }

            subscribers[_subscribers.Length] = signal;
            _subscribers = subscribers;
        }

        /// <summary>Copies what was published last.</summary>
        /// <param name="snapshot">The caller's own; taken over as a whole.</param>
        public void CopyTo(MeterSnapshot snapshot)
        {
            lock (_lock)
            {
                snapshot.CopyFrom(_published);
            }
        }

        /// <summary>Copies reading and ages of what was published last, and nothing else: enough where
        /// <see cref="Version"/> is the snapshot's.</summary>
        /// <param name="snapshot">The caller's own.</param>
        public void CopyLiveTo(MeterSnapshot snapshot)
        {
            lock (_lock)
            {
                snapshot.CopyLiveFrom(_published);
            }
        }

        /// <inheritdoc/>
        public bool TryTell(long at, out uint seconds)
        {
            long time;
            lock (_lock)
            {
                time = _published.Clock.Now(at);
            }

            bool isKnown = time >= 0 && time <= uint.MaxValue;
            seconds = isKnown ? (uint)time : 0;
            return isKnown;
        }

        /// <summary>Publishes a reading, with what it needs to be understood. For the metering loop.</summary>
        /// <param name="parameters">Of the metering unit that was read.</param>
        /// <param name="reading">The reading; one without a time is never fresh.</param>
        /// <param name="clock">The metering clock, set when the reading has a time.</param>
        /// <param name="asked">The monotonic clock when the reading was asked for.</param>
        public void Publish(MeterParameters parameters, MeterReading reading, MeterClock clock, long asked)
        {
            lock (_lock)
            {
                _published.Parameters.CopyFrom(parameters);
                _published.Reading.CopyFrom(reading);
                _published.Clock.CopyFrom(clock);
                _published.IsIdentified = true;
                _published.FreshUntil = reading.Time == MeterTime.Unknown ? 0 : clock.When(reading.Time + FreshSeconds);
                _published.LiveUntil = asked + LiveMilliseconds;
                Version = ++_published.Version;
            }

            Tell();
        }

        /// <summary>Publishes registers, power and currents alone. Nobody waits for these, so nobody is woken, unless
        /// they show that a metering unit which was lost is back. For the metering loop.</summary>
        /// <param name="reading">The reading; its clock and minute are as published before.</param>
        /// <param name="asked">The monotonic clock when the reading was asked for.</param>
        public void PublishLive(MeterReading reading, long asked)
        {
            bool isBack;
            lock (_lock)
            {
                long freshUntil = asked + (FreshSeconds * 1000 / ClockRate);
                isBack = asked >= _published.FreshUntil;
                _published.FreshUntil = freshUntil > _published.FreshUntil ? freshUntil : _published.FreshUntil;
                _published.LiveUntil = asked + LiveMilliseconds;
                _published.Reading.CopyFrom(reading);
                LiveVersion = ++_published.LiveVersion;
                Version = isBack ? ++_published.Version : Version;
            }

            if (isBack)
            {
                Tell();
            }
        }

        /// <summary>Forgets every interval: they are another metering unit's than the one that is read from now on. For
        /// the metering loop.</summary>
        public void Forget()
        {
            Minutes.Forget();
            HalfHours.Forget();
            if (High != null)
            {
                High.Forget();
            }

            PublishHalfHour();
        }

        /// <summary>Publishes the values of the newest half-hour, when they changed; at high voltage those of one time
        /// together, once all were asked for. For the metering loop.</summary>
        public void PublishHalfHour()
        {
            long time = HalfHours.Newest;
            HalfHours.Get(time, out uint normal, out uint reverse);
            lock (_lock)
            {
                bool isNew = false;
                if (High != null)
                {
                    bool isWhole = HalfHours.IsAsked(time) && High.IsAsked(time, _published.Parameters.High.HasReactive);
                    normal = isWhole ? normal : MeterReading.NoEnergy;
                    reverse = isWhole ? reverse : MeterReading.NoEnergy;
                    isNew = High.CopyHalfHour(isWhole ? time : MeterTime.Unknown, _published.HighHalfHour);
                }

                if (!isNew && _published.HalfHourTime == time && _published.HalfHourNormal == normal
                    && _published.HalfHourReverse == reverse)
                {
                    return;
                }

                _published.HalfHourTime = time;
                _published.HalfHourNormal = normal;
                _published.HalfHourReverse = reverse;
                Version = ++_published.Version;
            }

            Tell();
        }

        internal static IntervalBuffer NewHalfHours()
        {
            return new IntervalBuffer(MeterTime.HalfHour, HistoryDays * (MeterTime.Day / MeterTime.HalfHour));
        }

        private void Tell()
        {
            ISignal[] subscribers = _subscribers;
            for (int i = 0; i < subscribers.Length; i++)
            {
                subscribers[i].Set();
            }
        }
    }
}
