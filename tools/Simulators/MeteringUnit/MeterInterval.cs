namespace NanoComm.Simulators
{
    /// <summary>The recording intervals of a metering unit; the value is the seconds from one row to the next.</summary>
    public enum MeterInterval
    {
        /// <summary>Load profile 2, kept for 24 hours.</summary>
        Minute = 60,

        /// <summary>Kept for 7 days (requirement R9).</summary>
        FiveMinutes = 300,

        /// <summary>For a later 15-minute market (requirement R9), kept as long as the half hours.</summary>
        QuarterHour = 900,

        /// <summary>Load profile 1, the settlement intervals (requirement R8).</summary>
        HalfHour = 1800,
    }
}
