namespace NanoComm.Pairing
{
    /// <summary>last_result of the Pairing object (docs/pairing.md), as far as it answers a ticket. It comes unprotected,
    /// and is a hint.</summary>
    internal enum StageResult
    {
        /// <summary>Not a number that there is.</summary>
        None = 0,

        /// <summary>Staged.</summary>
        Staged = 1,

        /// <summary>Staged before.</summary>
        StagedAlready = 2,

        /// <summary>Committed before.</summary>
        CommittedAlready = 3,

        /// <summary>Refused: epoch not above the committed one.</summary>
        NotAboveCommitted = 5,

        /// <summary>Refused: epoch below the pending one.</summary>
        BelowPending = 6,

        /// <summary>Refused: same epoch, another ticket.</summary>
        AnotherTicket = 7,

        /// <summary>Refused: expired.</summary>
        Expired = 8,

        /// <summary>Refused: not authentic or malformed.</summary>
        NotAuthentic = 9,
    }
}
