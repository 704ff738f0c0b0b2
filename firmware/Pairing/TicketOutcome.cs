namespace NanoComm.Pairing
{
    /// <summary>How an attempt with a ticket ended.</summary>
    internal enum TicketOutcome
    {
        /// <summary>The metering unit has committed it, by its authenticated word.</summary>
        Committed = 0,

        /// <summary>It did not come to that.</summary>
        Refused = 1,

        /// <summary>No answer.</summary>
        NoAnswer = 2,

        /// <summary>The unit is stopping.</summary>
        Stopping = 3,

        /// <summary>It did not come to that, for the metering unit has committed the other ticket.</summary>
        Preceded = 4,
    }
}
