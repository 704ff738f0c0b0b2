namespace NanoComm.Hems
{
    /// <summary>How a controller behaves; times in ms. The defaults are what real controllers do.</summary>
    public sealed class HemsOptions
    {
        /// <summary>Route-B id, 32 hexadecimal digits in upper case.</summary>
        public string Id { get; init; }

        /// <summary>Route-B password, 12 characters.</summary>
        public string Password { get; init; }

        /// <summary>What the line to the module is called, for people.</summary>
        public string Port { get; init; } = "the line";

        /// <summary>Duration of the longest scan; each that finds nothing is followed by a longer one.</summary>
        public int LastScan { get; init; } = 7;

        /// <summary>How long one SKJOIN may take.</summary>
        public int JoinTimeout { get; init; } = 40_000;

        /// <summary>How long joining is tried before the meter is looked for again; twice in any case.</summary>
        public int JoinWindow { get; init; } = 40_000;

        /// <summary>After so many requests in a row without answer it joins again.</summary>
        public int SilenceLimit { get; init; } = 3;

        /// <summary>Whether it asks for hexadecimal ERXUDP, with WOPT, where a module is set to binary.</summary>
        public bool WantsHexadecimal { get; init; }

        /// <summary>From one reading to the next.</summary>
        public int Every { get; init; } = 60_000;

        /// <summary>A time of a reading; the others are so many times <see cref="Every"/> from it. Null: the first is
        /// when there is a session, and each next one so much after it.</summary>
        public long? ReadsAt { get; init; }

        /// <summary>Whether values are kept for good, and not only as long as the meter can be asked for them.</summary>
        public bool KeepsAll { get; init; }
    }
}
