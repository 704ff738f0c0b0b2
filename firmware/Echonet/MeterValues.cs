using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>
    /// What the meter objects show of the read model, each value once. Everything is answered at once from what the
    /// communication unit holds (requirement R12); what it does not know, or no longer, reads "no data" (R7). There are
    /// values once a metering unit has been read: before that, a unit or a coefficient would be a guess that a
    /// controller keeps.
    /// </summary>
    public class MeterValues : PropertyValues
    {
        // Byte strings.
        internal const byte RouteBId = SuperClass.DeviceOctets;

        // Numbers.
        internal const byte Coefficient = SuperClass.DeviceNumbers;
        internal const byte Digits = Coefficient + 1;
        internal const byte Unit = Coefficient + 2;
        internal const byte Normal = Coefficient + 3;
        internal const byte Reverse = Coefficient + 4;
        internal const byte Power = Coefficient + 5;
        internal const byte CurrentR = Coefficient + 6;
        internal const byte CurrentT = Coefficient + 7;
        internal const byte MinuteNormal = Coefficient + 8;
        internal const byte MinuteReverse = Coefficient + 9;
        internal const byte HalfHourNormal = Coefficient + 10;
        internal const byte HalfHourReverse = Coefficient + 11;

        // Times.
        internal const byte MinuteTime = 0;
        internal const byte HalfHourTime = 1;

        // Directions of interval buffers.
        internal const byte HalfHoursNormal = 0;
        internal const byte HalfHoursReverse = 1;
        internal const byte HalfHours = 0;
        internal const byte Minutes = 2;

        // Where the numbers and times of a class that has more begin.
        internal const byte NumberCount = HalfHourReverse + 1;
        internal const byte TimeCount = HalfHourTime + 1;

        private const int OctetsCount = RouteBId + 1;
        private const uint IsOn = 0x30;
        private const uint ReleaseR = 'R' << 8;
        private const uint IsFaulty = 0x41;
        private const uint IsNotFaulty = 0x42;
        private const uint NoFault = 0x0000;
        private const uint SensorFault = 0x001E;
        private const int FixedTimeSeconds = 300;
        private const int MaxCurrent16 = short.MaxValue;
        private const int NoCurrent16 = 0x7FFE;

        private readonly MeterData _data;
        private readonly MeterSnapshot _snapshot;
        private long _now;
        private bool _isFresh;
        private bool _isLive;

        // When the values change although nothing was published.
        private long _validUntil;

        /// <summary>Makes the values of a unit.</summary>
        /// <param name="identity">Who the unit is.</param>
        /// <param name="location">Property 81.</param>
        /// <param name="data">The read model.</param>
        public MeterValues(EchonetIdentity identity, InstallationLocation location, MeterData data)
            : this(identity, location, data, MeterClass.LowVoltage, NumberCount, TimeCount)
        {
        }

        /// <summary>Makes the values of a unit whose class has more of them.</summary>
        /// <param name="identity">Who the unit is.</param>
        /// <param name="location">Property 81.</param>
        /// <param name="data">The read model.</param>
        /// <param name="meterClass">Of the metering unit.</param>
        /// <param name="numbers">How many numbers there are.</param>
        /// <param name="times">How many times.</param>
        internal MeterValues(EchonetIdentity identity, InstallationLocation location, MeterData data,
            MeterClass meterClass, int numbers, int times)
            : base(identity, numbers, times, OctetsCount)
        {
            _data = data;
            _snapshot = new MeterSnapshot(data.ClockRate, meterClass);
            Location = location;
            Intervals = new IntervalBuffer[] { data.HalfHours, data.Minutes };
            Day = new uint[MeterTime.Day / MeterTime.HalfHour];
            Octets[SuperClass.Serial] = new byte[MeterParameters.SerialLength];
            Octets[RouteBId] = identity.RouteBId;
            Numbers[SuperClass.On] = IsOn;
            Numbers[SuperClass.Release] = ReleaseR;
        }

        /// <inheritdoc/>
        internal override long Time
        {
            get { return _snapshot.Clock.Now(_now); }
        }

        /// <summary>Whether the latest reading is young enough to be served.</summary>
        internal bool IsFresh
        {
            get { return _isFresh; }
        }

        /// <summary>When <see cref="IsFresh"/> ends without a new reading; <see cref="Deadline.Never"/> once it has.
        /// </summary>
        internal long FreshUntil
        {
            get { return _isFresh ? _snapshot.FreshUntil : Deadline.Never; }
        }

        /// <summary>The half-hour whose values were read last, or <see cref="MeterTime.Unknown"/> without any.
        /// </summary>
        internal long FixedTime
        {
            get
            {
                return HasHalfHour(_snapshot) ? _snapshot.HalfHourTime : MeterTime.Unknown;
            }
        }

        /// <summary>Until when the values of <see cref="FixedTime"/> are news: five minutes. 0 when the metering clock
        /// is not known, or has not reached them.</summary>
        internal long FixedTimeUntil
        {
            get
            {
                long time = _snapshot.HalfHourTime;
                return _snapshot.Clock.IsKnown && time <= Time ? _snapshot.Clock.When(time + FixedTimeSeconds) : 0;
            }
        }

        /// <summary>When the registers were read that are shown now; the present time while they are stale.</summary>
        internal long ReadingTime
        {
            get { return _isFresh ? _snapshot.Clock.Now(_snapshot.LiveUntil - MeterData.LiveMilliseconds) : Time; }
        }

        /// <summary>Whether power and currents are young enough to be served.</summary>
        internal bool IsLive
        {
            get { return _isLive; }
        }

        /// <inheritdoc/>
        internal override void Refresh(long now)
        {
            _now = now;
            if (_snapshot.Version != _data.Version)
            {
                _data.CopyTo(_snapshot);
                Fill();
                return;
            }

            bool isNew = _snapshot.LiveVersion != _data.LiveVersion;
            if (isNew)
            {
                _data.CopyLiveTo(_snapshot);
            }

            if (now >= _validUntil)
            {
                Fill();
            }
            else if (isNew || (_isLive && now >= _snapshot.LiveUntil))
            {
                FillReading(_snapshot.Reading);
                LiveVersion++;
            }
        }

        /// <summary>Takes what the metering unit told of itself.</summary>
        internal virtual void FillParameters(MeterParameters parameters)
        {
            parameters.CopySerial(Octets[SuperClass.Serial], 0);
            Numbers[Coefficient] = parameters.Coefficient;
            Numbers[Digits] = parameters.Digits;
            Numbers[Unit] = parameters.Unit;
        }

        /// <summary>Takes what may have changed within a second.</summary>
        internal virtual void FillReading(MeterReading reading)
        {
            Numbers[Normal] = _isFresh ? reading.Normal : MeterReading.NoEnergy;
            Numbers[Reverse] = _isFresh ? reading.Reverse : MeterReading.NoEnergy;
            _isLive = _now < _snapshot.LiveUntil;
            Numbers[Power] = (uint)(_isLive ? reading.Power : MeterReading.NoPower);
            Numbers[CurrentR] = (uint)Current16(_isLive ? reading.CurrentR : MeterReading.NoCurrent);
            Numbers[CurrentT] = (uint)Current16(_isLive ? reading.CurrentT : MeterReading.NoCurrent);
        }

        /// <summary>Takes the minute's values.</summary>
        /// <param name="reading">Has them.</param>
        /// <param name="isKnown">Whether they are those to be shown; else there is no data.</param>
        internal virtual void FillMinute(MeterReading reading, bool isKnown)
        {
            Numbers[MinuteNormal] = isKnown ? reading.MinuteNormal : MeterReading.NoEnergy;
            Numbers[MinuteReverse] = isKnown ? reading.MinuteReverse : MeterReading.NoEnergy;
        }

        /// <summary>Takes the half-hour's values.</summary>
        /// <param name="snapshot">Has them.</param>
        /// <param name="isKnown">Whether they are those to be shown; else there is no data.</param>
        internal virtual void FillHalfHour(MeterSnapshot snapshot, bool isKnown)
        {
            Numbers[HalfHourNormal] = isKnown ? snapshot.HalfHourNormal : MeterReading.NoEnergy;
            Numbers[HalfHourReverse] = isKnown ? snapshot.HalfHourReverse : MeterReading.NoEnergy;
        }

        /// <summary>Whether there is any value of the half-hour.</summary>
        internal virtual bool HasHalfHour(MeterSnapshot snapshot)
        {
            return snapshot.HalfHourNormal != MeterReading.NoEnergy || snapshot.HalfHourReverse != MeterReading.NoEnergy;
        }

        private void Fill()
        {
            _isFresh = _now < _snapshot.FreshUntil;
            _validUntil = _isFresh ? _snapshot.FreshUntil : Deadline.Never;
            IsPresent = _snapshot.IsIdentified;
            Numbers[SuperClass.Fault] = _isFresh ? IsNotFaulty : IsFaulty;
            Numbers[SuperClass.FaultDescription] = _isFresh ? NoFault : SensorFault;
            FillParameters(_snapshot.Parameters);
            FillReading(_snapshot.Reading);
            FillMinute();
            FillHalfHour();
            Version++;
        }

        // E8 of a low-voltage meter is s16: a current that it cannot tell is no data.
        private static int Current16(int tenths)
        {
            return tenths >= -MaxCurrent16 && tenths < NoCurrent16 ? tenths : NoCurrent16;
        }

        // The stamp says which minute it is, so a value that is one missed poll old is still true; after that the
        // minute that should be here is shown, without data.
        private void FillMinute()
        {
            MeterReading reading = _snapshot.Reading;
            long overdue = !_snapshot.Clock.IsKnown ? Deadline.Never
                : reading.MinuteTime == MeterTime.Unknown ? 0
                : _snapshot.Clock.When(reading.Time + MeterData.FreshSeconds);
            bool isKnown = _now < overdue;
            Times[MinuteTime] = isKnown ? reading.MinuteTime : MeterTime.Floor(Time, MeterTime.Minute);
            FillMinute(reading, isKnown);
            LastUntil(isKnown ? overdue : _snapshot.Clock.When(Times[MinuteTime] + MeterTime.Minute));
        }

        // Likewise: the half-hour that was read last stands until the next one is overdue.
        private void FillHalfHour()
        {
            long time = _snapshot.HalfHourTime;
            long overdue = time == MeterTime.Unknown || !_snapshot.Clock.IsKnown
                ? Deadline.Never
                : _snapshot.Clock.When(time + MeterTime.HalfHour + MeterData.FreshSeconds);
            bool isKnown = _now < overdue;
            Times[HalfHourTime] = isKnown ? time : MeterTime.Floor(Time, MeterTime.HalfHour);
            FillHalfHour(_snapshot, isKnown);
            LastUntil(isKnown ? overdue : _snapshot.Clock.When(Times[HalfHourTime] + MeterTime.HalfHour));
        }

        private void LastUntil(long time)
        {
            _validUntil = time < _validUntil ? time : _validUntil;
        }
    }
}
