namespace NanoComm.Fleet
{
    /// <summary>How many units of a fleet have what wrong with them, per cent; each has one thing at most, and the rest are
    /// well.</summary>
    /// <param name="Slow">The metering unit takes <see cref="SlowMilliseconds"/> for each answer.</param>
    /// <param name="Silent">The metering unit does not answer.</param>
    /// <param name="Restarting">The unit loses its power for a moment every <see cref="RestartPeriod"/> milliseconds.</param>
    /// <param name="Exchanged">The unit is taken off, and a new one with a ticket takes its place, every
    /// <see cref="ExchangePeriod"/> milliseconds.</param>
    public sealed record FleetFaults(int Slow, int Silent, int Restarting, int Exchanged)
    {
        /// <summary>How long a slow metering unit takes: longer than a question for live values waits once it has got used to
        /// a quick one, and less than the second after which it is asked again.</summary>
        public const int SlowMilliseconds = 700;

        /// <summary>How often a restarting unit restarts.</summary>
        public const int RestartPeriod = 60_000;

        /// <summary>How often a unit is exchanged.</summary>
        public const int ExchangePeriod = 120_000;

        /// <summary>Nothing is wrong.</summary>
        public static FleetFaults None { get; } = new(0, 0, 0, 0);

        /// <summary>What is wrong with the unit that a number from 0 to 99 was drawn for.</summary>
        public FleetFault Find(int drawn)
        {
            return drawn < Slow ? FleetFault.Slow
                : drawn < Slow + Silent ? FleetFault.Silent
                : drawn < Slow + Silent + Restarting ? FleetFault.Restarting
                : drawn < Slow + Silent + Restarting + Exchanged ? FleetFault.Exchanged
                : FleetFault.None;
        }
    }
}
