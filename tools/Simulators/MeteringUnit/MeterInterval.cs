namespace NanoComm.Simulators
{
    /// <summary>Recording intervals beside the minute and the half hour, in seconds.</summary>
    public static class MeterInterval
    {
        /// <summary>Recorded for 7 days (requirement R9).</summary>
        public const int FiveMinutes = 300;

        /// <summary>Recorded for a later 15-minute market (requirement R9).</summary>
        public const int QuarterHour = 900;
    }
}
