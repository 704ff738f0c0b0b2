namespace NanoComm.Simulators.Dlms
{
    /// <summary>What the security event log tells apart.</summary>
    public enum SecurityEventCode : byte
    {
        /// <summary>The unit started.</summary>
        PowerUp = 1,

        /// <summary>A client was authenticated.</summary>
        Associated = 2,

        /// <summary>An association was refused: unknown context, mechanism or title, or a malformed request.</summary>
        AssociationRefused = 3,

        /// <summary>Authentication failed: a proof or a tag did not verify before the association was there.</summary>
        AuthenticationFailed = 4,

        /// <summary>A message of an association did not verify.</summary>
        DecipheringFailed = 5,

        /// <summary>A counter was not higher than the one before.</summary>
        CounterReplayed = 6,

        /// <summary>An attribute or method was asked for that the association has no right to.</summary>
        AccessDenied = 7,

        /// <summary>The clock was set.</summary>
        ClockSet = 8,

        /// <summary>The granularity to be sent up was switched.</summary>
        GranularitySwitched = 9,

        /// <summary>A pending pairing became the active one.</summary>
        Committed = 10,

        /// <summary>A ticket made a pending pairing.</summary>
        Staged = 11,

        /// <summary>The ticket of the pending or the active pairing came again; nothing was changed.</summary>
        StageRepeated = 12,

        /// <summary>A ticket was authentic and refused.</summary>
        StageRefused = 13,

        /// <summary>A ticket was not authentic, not for this unit, or no ticket at all.</summary>
        TicketNotAuthentic = 14,

        /// <summary>A commit did not match the pending pairing, or the store did not take it.</summary>
        CommitRefused = 15,

        /// <summary>The utility posted an order.</summary>
        OrderPosted = 16,

        /// <summary>A post was refused: no order, one waits unanswered, or the store did not take it.</summary>
        OrderRefused = 17,

        /// <summary>The communication unit handed in an answer.</summary>
        OrderAnswered = 18,

        /// <summary>An answer was refused: none, or the store did not take it.</summary>
        AnswerRefused = 19,
    }
}
