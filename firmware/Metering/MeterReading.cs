namespace NanoComm.Metering
{
    /// <summary>
    /// One reading of the metering unit: values as read, never calculated (requirement R11). A value type in all but
    /// the keyword: it is filled once by the metering unit's interface and from then on only copied, so that no two
    /// loops ever hold the same one. (A struct would be allocated anew for every local on the device.)
    /// </summary>
    public sealed class MeterReading
    {
        /// <summary>"Not measured" of a cumulative energy.</summary>
        public const uint NoEnergy = 0xFFFFFFFE;

        /// <summary>"Not measured" of a power.</summary>
        public const int NoPower = 0x7FFFFFFE;

        /// <summary>"Not measured" of a current; the T phase of a single-phase two-wire service is always that.</summary>
        public const int NoCurrent = 0x7FFFFFFE;

        /// <summary>Largest cumulative energy; registers return to 0 after it.</summary>
        public const uint MaxEnergy = 99999999;

        // Fields, not automatic properties: it is copied several times a second, and on the device a call costs as much as
        // the copying of three fields.
        private long _time = MeterTime.Unknown;
        private uint _normal = NoEnergy;
        private uint _reverse = NoEnergy;
        private int _power = NoPower;
        private int _currentR = NoCurrent;
        private int _currentT = NoCurrent;
        private long _minuteTime = MeterTime.Unknown;
        private uint _minuteNormal = NoEnergy;
        private uint _minuteReverse = NoEnergy;

        /// <summary>Makes a reading without values.</summary>
        /// <param name="meterClass">Of the metering unit.</param>
        public MeterReading(MeterClass meterClass = MeterClass.LowVoltage)
        {
            High = meterClass == MeterClass.HighVoltage ? new HighVoltageReading() : null;
        }

        /// <summary>What a high-voltage metering unit tells beside it at the same time; null at low voltage.</summary>
        public HighVoltageReading High { get; }

        /// <summary>The metering clock when it was read last, or <see cref="MeterTime.Unknown"/>.</summary>
        public long Time => _time;

        /// <summary>Register of the normal direction, or <see cref="NoEnergy"/>.</summary>
        public uint Normal => _normal;

        /// <summary>Register of the reverse direction, or <see cref="NoEnergy"/>.</summary>
        public uint Reverse => _reverse;

        /// <summary>Instantaneous power in W, negative while energy flows in the reverse direction, or <see cref="NoPower"/>.</summary>
        public int Power => _power;

        /// <summary>Instantaneous current of the R phase in 0.1 A, or <see cref="NoCurrent"/>.</summary>
        public int CurrentR => _currentR;

        /// <summary>Instantaneous current of the T phase in 0.1 A, or <see cref="NoCurrent"/>.</summary>
        public int CurrentT => _currentT;

        /// <summary>Time of the newest row of the one-minute profile, or <see cref="MeterTime.Unknown"/>.</summary>
        public long MinuteTime => _minuteTime;

        /// <summary>That row's register of the normal direction, or <see cref="NoEnergy"/>.</summary>
        public uint MinuteNormal => _minuteNormal;

        /// <summary>That row's register of the reverse direction, or <see cref="NoEnergy"/>.</summary>
        public uint MinuteReverse => _minuteReverse;

        /// <summary>Fills clock and registers.</summary>
        /// <param name="time">The metering clock.</param>
        /// <param name="normal">0…99,999,999 or <see cref="NoEnergy"/>.</param>
        /// <param name="reverse">0…99,999,999 or <see cref="NoEnergy"/>.</param>
        public void SetRegisters(long time, uint normal, uint reverse)
        {
            _time = time;
            _normal = normal;
            _reverse = reverse;
        }

        /// <summary>Fills the instantaneous values.</summary>
        /// <param name="power">W, or <see cref="NoPower"/>.</param>
        /// <param name="currentR">0.1 A, or <see cref="NoCurrent"/>.</param>
        /// <param name="currentT">0.1 A, or <see cref="NoCurrent"/>.</param>
        public void SetInstantaneous(int power, int currentR, int currentT)
        {
            _power = power;
            _currentR = currentR;
            _currentT = currentT;
        }

        /// <summary>Fills the newest row of the one-minute profile.</summary>
        /// <param name="time">A multiple of 60 s, or <see cref="MeterTime.Unknown"/> when the profile is empty.</param>
        /// <param name="normal">0…99,999,999 or <see cref="NoEnergy"/>.</param>
        /// <param name="reverse">0…99,999,999 or <see cref="NoEnergy"/>.</param>
        public void SetMinute(long time, uint normal, uint reverse)
        {
            _minuteTime = time;
            _minuteNormal = normal;
            _minuteReverse = reverse;
        }

        /// <summary>Takes over another reading's values.</summary>
        /// <param name="other">Of the same class.</param>
        public void CopyFrom(MeterReading other)
        {
            _time = other._time;
            _normal = other._normal;
            _reverse = other._reverse;
            _power = other._power;
            _currentR = other._currentR;
            _currentT = other._currentT;
            _minuteTime = other._minuteTime;
            _minuteNormal = other._minuteNormal;
            _minuteReverse = other._minuteReverse;
            if (High != null)
            {
                High.CopyFrom(other.High);
            }
        }
    }
}
