using System;

namespace NanoComm.Hil
{
    /// <summary>How a bench is set up for a scenario.</summary>
    public sealed record BenchSetup
    {
        /// <summary>Metering seconds in a second.</summary>
        public int Speed { get; init; } = 1;

        /// <summary>What the metering clock shows at first.</summary>
        public DateTime Start { get; init; } = new(2027, 2, 27, 12, 10, 20);

        /// <summary>Decides what is left to chance on the bench, keys too; null for chance.</summary>
        public int? Seed { get; init; }

        /// <summary>Hours that the long run of a scenario may take; 0 in the short run.</summary>
        public double Hours { get; init; }

        /// <summary>A number of its own among the benches that run beside each other, 0 and up.</summary>
        public int Number { get; init; }

        /// <summary>Whether everything is tried and not a few of it.</summary>
        public bool IsLong => Hours > 0;
    }
}
