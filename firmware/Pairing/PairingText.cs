namespace NanoComm.Pairing
{
    /// <summary>The pairing in words, for the log.</summary>
    public static class PairingText
    {
        /// <summary>One line for a state.</summary>
        /// <param name="state">The state.</param>
        /// <param name="detail">Why.</param>
        public static string Of(PairingState state, PairingDetail detail)
        {
            switch (state)
            {
                case PairingState.TicketLoaded:
                    return detail == PairingDetail.TicketWaits
                        ? "a ticket waits: two before it may be in use at their metering units, which must answer first"
                        : "a ticket was loaded";
                case PairingState.Pairing:
                    return "trying the ticket";
                case PairingState.Paired:
                    return "paired with the metering unit";
                case PairingState.Retired:
                    return detail == PairingDetail.Replaced ? "another unit has taken the place of this one"
                        : "erased by order";
                case PairingState.Refused:
                    return "the ticket was not accepted: " + Of(detail);
                default:
                    return detail == PairingDetail.NoFactoryKeys ? "not paired, and without factory keys"
                        : "not paired: a ticket is needed";
            }
        }

        private static string Of(PairingDetail detail)
        {
            switch (detail)
            {
                case PairingDetail.NoAnswer:
                    return "no answer from the metering unit; trying again";
                case PairingDetail.WrongUnit:
                    return "it is for another metering unit than the one at the line; trying again";
                case PairingDetail.NewerTicket:
                    return "a newer one was used at this metering unit; trying again";
                case PairingDetail.Expired:
                    return "it has expired; trying again";
                case PairingDetail.Unreadable:
                    return "the metering unit cannot read it; trying again";
                case PairingDetail.CommitRefused:
                    return "the metering unit refused the commit; trying again";
                case PairingDetail.NotAuthentic:
                    return "an answer was not authentic; trying again";
                case PairingDetail.StoreFailed:
                    return "the store of this unit failed; trying again";
                case PairingDetail.BadTicket:
                    return "it is damaged, or was not made for this unit";
                case PairingDetail.NotNewer:
                    return "it is not newer than the pairing";
                case PairingDetail.NoFactoryKeys:
                    return "this unit has no factory keys";
                default:
                    return "the metering unit refuses, or answers what makes no sense; trying again";
            }
        }
    }
}
