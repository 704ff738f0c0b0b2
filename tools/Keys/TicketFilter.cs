namespace NanoComm.Keys
{
    /// <summary>Which tickets to list; null for any.</summary>
    public sealed record TicketFilter
    {
        /// <summary>Of this metering unit.</summary>
        public SystemTitle? Meter { get; init; }

        /// <summary>Of this communication unit.</summary>
        public SystemTitle? Unit { get; init; }

        /// <summary>Of this kind.</summary>
        public TicketKind? Kind { get; init; }

        /// <summary>In this state.</summary>
        public TicketState? State { get; init; }

        /// <summary>Issued then or later, as <see cref="UtilityTime"/>.</summary>
        public uint? Since { get; init; }

        /// <summary>Behind this one, which is newer; it does not matter to a count.</summary>
        public TicketEntry After { get; init; }

        /// <summary>At most that many; it does not matter to a count.</summary>
        public int? Limit { get; init; }
    }
}
