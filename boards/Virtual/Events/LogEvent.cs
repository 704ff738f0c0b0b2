namespace NanoComm.Virtual.Events
{
    /// <summary>A line of the unit's log.</summary>
    internal sealed record LogEvent() : JsonEvent("log")
    {
        public string Level { get; init; }

        /// <summary>Which part of the unit says it.</summary>
        public string Source { get; init; }

        public string Text { get; init; }
    }
}
