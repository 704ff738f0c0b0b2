namespace NanoComm.Keys
{
    /// <summary>Which units to list; null for any.</summary>
    public sealed record UnitFilter
    {
        /// <summary>Of this kind.</summary>
        public UnitKind? Kind { get; init; }

        /// <summary>In this state.</summary>
        public UnitState? State { get; init; }

        /// <summary>Behind this title; it does not matter to a count.</summary>
        public SystemTitle? After { get; init; }

        /// <summary>At most that many; it does not matter to a count.</summary>
        public int? Limit { get; init; }
    }
}
