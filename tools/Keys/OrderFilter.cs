using System;

namespace NanoComm.Keys
{
    /// <summary>Which orders to list; null for any.</summary>
    public sealed record OrderFilter
    {
        /// <summary>Of this communication unit.</summary>
        public SystemTitle? Unit { get; init; }

        /// <summary>Of this metering unit.</summary>
        public SystemTitle? Meter { get; init; }

        /// <summary>In this state.</summary>
        public OrderState? State { get; init; }

        /// <summary>Made at least that long ago.</summary>
        public TimeSpan? Age { get; init; }

        /// <summary>Made then or later, as <see cref="UtilityTime"/>.</summary>
        public uint? Since { get; init; }

        /// <summary>Behind this one, which is newer; it does not matter to a count.</summary>
        public OrderEntry After { get; init; }

        /// <summary>At most that many; it does not matter to a count.</summary>
        public int? Limit { get; init; }
    }
}
