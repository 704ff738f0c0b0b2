namespace NanoComm.Virtual.Events
{
    /// <summary>New live values: registers, power and currents.</summary>
    /// <param name="Event">What happened.</param>
    internal record LiveEvent(string Event = "live") : JsonEvent(Event)
    {
        /// <summary>Register, steps; null without data.</summary>
        public long? Normal { get; init; }

        /// <summary>Register, steps; null without data.</summary>
        public long? Reverse { get; init; }

        /// <summary>W; null without data.</summary>
        public int? Power { get; init; }

        /// <summary>A; null without data.</summary>
        public double? CurrentR { get; init; }

        /// <summary>A; null without data.</summary>
        public double? CurrentT { get; init; }
    }
}
