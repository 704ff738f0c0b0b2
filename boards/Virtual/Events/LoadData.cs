namespace NanoComm.Virtual.Events
{
    /// <summary>One load.</summary>
    internal sealed record LoadData
    {
        public string Name { get; init; }

        /// <summary>on, sending, off, waits, or shed.</summary>
        public string State { get; init; }

        /// <summary>How often it had to wait.</summary>
        public int Waits { get; init; }

        public int LongestWait { get; init; }

        public int Overdue { get; init; }
    }
}
