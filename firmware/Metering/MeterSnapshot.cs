namespace NanoComm.Metering
{
    /// <summary>A consistent copy of what <see cref="MeterData"/> published last, owned by the loop that took it.</summary>
    public sealed class MeterSnapshot
    {
        /// <summary>Makes an empty snapshot.</summary>
        /// <param name="clockRate">As for <see cref="MeterClock"/>.</param>
        /// <param name="meterClass">Of the metering unit: one of low voltage takes over what both classes have.</param>
        public MeterSnapshot(int clockRate, MeterClass meterClass = MeterClass.LowVoltage)
        {
            Clock = new MeterClock(clockRate);
            Parameters = new MeterParameters(meterClass);
            Reading = new MeterReading(meterClass);
            HighHalfHour = meterClass == MeterClass.HighVoltage ? HighVoltageData.NewHalfHour() : null;
        }

        /// <summary>The metering unit's parameters; meaningful while <see cref="IsIdentified"/>.</summary>
        public MeterParameters Parameters { get; }

        /// <summary>The latest reading.</summary>
        public MeterReading Reading { get; }

        /// <summary>The metering clock.</summary>
        public MeterClock Clock { get; }

        /// <summary>Whether a metering unit was ever read.</summary>
        public bool IsIdentified { get; internal set; }

        /// <summary>Counts publications; a snapshot is current while this equals <see cref="MeterData.Version"/>.</summary>
        public int Version { get; internal set; }

        /// <summary>Counts the publications of live values alone, which the former does not count.</summary>
        public int LiveVersion { get; internal set; }

        /// <summary>Time of the newest half-hour value, or <see cref="MeterTime.Unknown"/>.</summary>
        public long HalfHourTime { get; internal set; } = MeterTime.Unknown;

        /// <summary>Its register of the normal direction, or <see cref="MeterReading.NoEnergy"/>.</summary>
        public uint HalfHourNormal { get; internal set; } = MeterReading.NoEnergy;

        /// <summary>Its register of the reverse direction, or <see cref="MeterReading.NoEnergy"/>.</summary>
        public uint HalfHourReverse { get; internal set; } = MeterReading.NoEnergy;

        /// <summary>The other values of that half-hour: <see cref="HighVoltageData.ReactiveNormal"/> and those behind it,
        /// each or <see cref="MeterReading.NoEnergy"/>. Null at low voltage. Not to be changed.</summary>
        public uint[] HighHalfHour { get; }

        /// <summary>Monotonic clock in milliseconds at which the latest reading is too old to be served.</summary>
        public long FreshUntil { get; internal set; }

        /// <summary>Monotonic clock in milliseconds at which power and currents are too old to be served.</summary>
        public long LiveUntil { get; internal set; }

        internal void CopyFrom(MeterSnapshot other)
        {
            Parameters.CopyFrom(other.Parameters);
            Clock.CopyFrom(other.Clock);
            IsIdentified = other.IsIdentified;
            HalfHourTime = other.HalfHourTime;
            HalfHourNormal = other.HalfHourNormal;
            HalfHourReverse = other.HalfHourReverse;
            if (HighHalfHour != null)
            {
                other.HighHalfHour.CopyTo(HighHalfHour, 0);
            }

            Version = other.Version;
            CopyLiveFrom(other);
        }

        internal void CopyLiveFrom(MeterSnapshot other)
        {
            Reading.CopyFrom(other.Reading);
            FreshUntil = other.FreshUntil;
            LiveUntil = other.LiveUntil;
            LiveVersion = other.LiveVersion;
        }
    }
}
