using System;

namespace NanoComm.Virtual.Events
{
    /// <summary>A reading with clock and minute.</summary>
    internal sealed record ReadingEvent() : LiveEvent("reading")
    {
        /// <summary>By the metering unit's clock.</summary>
        public DateTime? MeterClock { get; init; }

        /// <summary>The newest minute.</summary>
        public DateTime? Minute { get; init; }

        /// <summary>Register at that minute; null without data.</summary>
        public long? MinuteNormal { get; init; }

        /// <summary>Register at that minute; null without data.</summary>
        public long? MinuteReverse { get; init; }
    }
}
