namespace NanoComm.Simulators.Dlms
{
    /// <summary>What came of the last ticket or commit: attribute 5 of the Pairing object (docs/pairing.md).</summary>
    public enum PairingResult : byte
    {
        /// <summary>There was none since the unit started.</summary>
        None = 0,

        /// <summary>Staged.</summary>
        Staged = 1,

        /// <summary>This ticket is the pending pairing already.</summary>
        StagedAlready = 2,

        /// <summary>This ticket is the active pairing already.</summary>
        CommittedAlready = 3,

        /// <summary>Committed.</summary>
        Committed = 4,

        /// <summary>Refused: epoch not above the committed one.</summary>
        NotAboveCommitted = 5,

        /// <summary>Refused: epoch below the pending one.</summary>
        BelowPending = 6,

        /// <summary>Refused: epoch of the pending pairing, another ticket.</summary>
        OtherTicket = 7,

        /// <summary>Refused: the ticket's time is over.</summary>
        Expired = 8,

        /// <summary>Refused: not authentic or malformed.</summary>
        NotAuthentic = 9,

        /// <summary>Refused: the commit does not match the pending pairing.</summary>
        CommitMismatch = 10,

        /// <summary>Refused: the store did not take it.</summary>
        StoreFailed = 11,
    }
}
