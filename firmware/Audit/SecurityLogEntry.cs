namespace NanoComm.Audit
{
    /// <summary>One entry of the security log: an event, and when and how often it happened.</summary>
    public sealed class SecurityLogEntry
    {
        /// <summary>What happened; a number without a name when a newer firmware wrote it.</summary>
        public SecurityEvent Event { get; internal set; }

        /// <summary>How often, 1 and up.</summary>
        public uint Count { get; internal set; }

        /// <summary>Whether <see cref="First"/> is a date.</summary>
        public bool IsFirstDated { get; internal set; }

        /// <summary>When first: seconds since 2000-01-01 00:00:00 of the meter's civil time, or, not dated, since the
        /// start of the unit.</summary>
        public uint First { get; internal set; }

        /// <summary>Whether <see cref="Last"/> is a date.</summary>
        public bool IsLastDated { get; internal set; }

        /// <summary>When last, as <see cref="First"/>.</summary>
        public uint Last { get; internal set; }
    }
}
