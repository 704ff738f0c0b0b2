using System;
using NanoComm.Keys;

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

        /// <summary>Hours of a soak.</summary>
        public double Hours { get; init; }

        /// <summary>How long the first look waits for each thing, ms.</summary>
        public int FirstLook { get; init; } = 45 * Bench.Second;

        /// <summary>Whether everything is tried and not a few of it.</summary>
        public bool IsLong { get; init; }

        /// <summary>The order that switches the board's Wi-Fi on; null where it needs none to be reached.</summary>
        public OrderBody Wifi { get; init; }
    }
}
