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
        public const short NoCurrent = 0x7FFE;

        /// <summary>Largest cumulative energy; registers return to 0 after it.</summary>
        public const uint MaxEnergy = 99999999;

        /// <summary>The metering clock when it was read last, or <see cref="MeterTime.Unknown"/>.</summary>
        public long Time { get; private set; } = MeterTime.Unknown;

        /// <summary>Register of the normal direction, or <see cref="NoEnergy"/>.</summary>
        public uint Normal { get; private set; } = NoEnergy;

        /// <summary>Register of the reverse direction, or <see cref="NoEnergy"/>.</summary>
        public uint Reverse { get; private set; } = NoEnergy;

        /// <summary>Instantaneous power in W, negative while energy flows in the reverse direction, or <see cref="NoPower"/>.</summary>
        public int Power { get; private set; } = NoPower;

        /// <summary>Instantaneous current of the R phase in 0.1 A, or <see cref="NoCurrent"/>.</summary>
        public short CurrentR { get; private set; } = NoCurrent;

        /// <summary>Instantaneous current of the T phase in 0.1 A, or <see cref="NoCurrent"/>.</summary>
        public short CurrentT { get; private set; } = NoCurrent;

        /// <summary>Time of the newest row of the one-minute profile, or <see cref="MeterTime.Unknown"/>.</summary>
        public long MinuteTime { get; private set; } = MeterTime.Unknown;

        /// <summary>That row's register of the normal direction, or <see cref="NoEnergy"/>.</summary>
        public uint MinuteNormal { get; private set; } = NoEnergy;

        /// <summary>That row's register of the reverse direction, or <see cref="NoEnergy"/>.</summary>
        public uint MinuteReverse { get; private set; } = NoEnergy;

        /// <summary>Fills clock and registers.</summary>
        /// <param name="time">The metering clock.</param>
        /// <param name="normal">0…99,999,999 or <see cref="NoEnergy"/>.</param>
        /// <param name="reverse">0…99,999,999 or <see cref="NoEnergy"/>.</param>
        public void SetRegisters(long time, uint normal, uint reverse)
        {
            Time = time;
            Normal = normal;
            Reverse = reverse;
        }

        /// <summary>Fills the instantaneous values.</summary>
        /// <param name="power">W, or <see cref="NoPower"/>.</param>
        /// <param name="currentR">0.1 A, or <see cref="NoCurrent"/>.</param>
        /// <param name="currentT">0.1 A, or <see cref="NoCurrent"/>.</param>
        public void SetInstantaneous(int power, short currentR, short currentT)
        {
            Power = power;
            CurrentR = currentR;
            CurrentT = currentT;
        }

        /// <summary>Fills the newest row of the one-minute profile.</summary>
        /// <param name="time">A multiple of 60 s, or <see cref="MeterTime.Unknown"/> when the profile is empty.</param>
        /// <param name="normal">0…99,999,999 or <see cref="NoEnergy"/>.</param>
        /// <param name="reverse">0…99,999,999 or <see cref="NoEnergy"/>.</param>
        public void SetMinute(long time, uint normal, uint reverse)
        {
            MinuteTime = time;
            MinuteNormal = normal;
            MinuteReverse = reverse;
        }

        /// <summary>Takes over another reading's values.</summary>
        public void CopyFrom(MeterReading other)
        {
            SetRegisters(other.Time, other.Normal, other.Reverse);
            SetInstantaneous(other.Power, other.CurrentR, other.CurrentT);
            SetMinute(other.MinuteTime, other.MinuteNormal, other.MinuteReverse);
        }
    }
}
