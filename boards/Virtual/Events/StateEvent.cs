namespace NanoComm.Virtual.Events
{
    /// <summary>Pairing, light, or the state of the metering is another one.</summary>
    internal sealed record StateEvent() : JsonEvent("state")
    {
        public string Pairing { get; init; }

        /// <summary>Why the pairing is what it is.</summary>
        public string Detail { get; init; }

        /// <summary>Epoch of the active pairing, 0 without one.</summary>
        public uint Epoch { get; init; }

        public string Light { get; init; }

        public string Metering { get; init; }

        /// <summary>What the metering unit does not give; null without gaps.</summary>
        public string[] Gaps { get; init; }

        /// <summary>Which loop hung last; null when none did.</summary>
        public string HungLoop { get; init; }

        public int HangRestarts { get; init; }
    }
}
