namespace NanoComm.Pairing
{
    /// <summary>Why the pairing is in its state. The numbers are those of the record `pair-state`.</summary>
    public enum PairingDetail
    {
        /// <summary>Nothing more to say.</summary>
        None = 0,

        /// <summary>No answer from the metering unit.</summary>
        NoAnswer = 1,

        /// <summary>Another metering unit is at the line than the one that the ticket names.</summary>
        WrongUnit = 2,

        /// <summary>Refused: a newer ticket was used at this meter.</summary>
        NewerTicket = 3,

        /// <summary>Refused: the ticket has expired.</summary>
        Expired = 4,

        /// <summary>Refused: the metering unit cannot read the ticket.</summary>
        Unreadable = 5,

        /// <summary>The metering unit refused the commit.</summary>
        CommitRefused = 6,

        /// <summary>The metering unit's answer is not authentic.</summary>
        NotAuthentic = 7,

        /// <summary>The unit's own store failed.</summary>
        StoreFailed = 8,

        /// <summary>The ticket is damaged, or was not made for this unit.</summary>
        BadTicket = 9,

        /// <summary>The ticket is not newer than the pairing.</summary>
        NotNewer = 10,

        /// <summary>The unit has no factory keys.</summary>
        NoFactoryKeys = 11,

        /// <summary>Replaced by another unit, by the tombstone's word.</summary>
        Replaced = 12,

        /// <summary>Retired by order.</summary>
        RetiredByOrder = 13,

        /// <summary>Erased by order of a bench.</summary>
        ErasedByBench = 14,

        /// <summary>The metering unit refuses, or answers what makes no sense.</summary>
        Senseless = 15,

        /// <summary>The ticket waits in the inbox: two before it may have been committed, each at a metering unit of
        /// its own, and one of these must tell first.</summary>
        TicketWaits = 16,
    }
}
