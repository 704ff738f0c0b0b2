using NanoComm.Dlms;

namespace NanoComm.Pairing
{
    /// <summary>
    /// One attempt with one ticket (design of the pairing, "Rules at the CU"):
    /// (a) associate on SAP 2 with the new keys and read, authenticated, what the metering unit has committed;
    /// (b) hand M over on SAP 4, associate on SAP 3, commit.
    /// A ticket that may be committed begins with (a), another one with (b). Whatever (b) answers, (a) decides: not the
    /// refusals, which anyone on the line can make up, nor that an association succeeds, for SAP 2 can be diverted to
    /// SAP 3.
    /// No more than one ticket for a metering unit may ever be committed without this unit knowing it, or a third one
    /// would find both places taken by such. So (b) settles, before its commit, what became of an earlier one: the
    /// association on SAP 3 proves that this ticket is pending, after which a lower epoch is never staged again, and
    /// tells, authenticated, which epoch is committed.
    /// Nothing is written here but the counter, and what a ticket has come to.
    /// </summary>
    internal sealed class TicketProcedure
    {
        // Exception response: service-not-allowed, operation-not-possible; of SAP 4: M does not verify.
        private const int MessageRefused = 0x0105;

        // Action-result scope-of-access-violated; of a commit: it comes after the end of the ticket.
        private const int AfterItsEnd = 13;

        private readonly DlmsClient _client;
        private readonly PairingObject _object;

        /// <summary>Makes it; nothing is sent.</summary>
        /// <param name="client">The client.</param>
        /// <param name="pairingObject">Asks through that client.</param>
        public TicketProcedure(DlmsClient client, PairingObject pairingObject)
        {
            _client = client;
            _object = pairingObject;
        }

        /// <summary>Why the last attempt did not end well.</summary>
        public PairingDetail Detail { get; private set; }

        /// <summary>The receipt of the last attempt.</summary>
        public Receipt Receipt { get; } = new Receipt();

        /// <summary>Tries a ticket.</summary>
        /// <param name="slot">The ticket, opened.</param>
        /// <param name="other">The other ticket, or null.</param>
        public TicketOutcome Run(TicketSlot slot, TicketSlot other)
        {
            Receipt.Clear();
            TicketOutcome outcome = TicketOutcome.Refused;
            if (slot.MayBeCommitted())
            {
                outcome = Confirm(slot);
            }

            if (outcome == TicketOutcome.Refused)
            {
                outcome = Propose(slot, other);
                if (outcome == TicketOutcome.Committed || outcome == TicketOutcome.Refused)
                {
                    outcome = Decide(slot);
                }
            }

            return outcome;
        }

        /// <summary>What an answer means for a ticket; <see cref="Detail"/> says it.</summary>
        /// <param name="result">Any but <see cref="DlmsResult.Ok"/>.</param>
        public TicketOutcome Judge(DlmsResult result)
        {
            switch (result)
            {
                case DlmsResult.Stopping:
                    return TicketOutcome.Stopping;
                case DlmsResult.NoAnswer:
                case DlmsResult.ProtocolError when _client.Detail == DlmsDetail.Link:
                    Detail = PairingDetail.NoAnswer;
                    return TicketOutcome.NoAnswer;
                case DlmsResult.SecurityError:
                    Detail = _client.Detail == DlmsDetail.Title ? PairingDetail.WrongUnit
                        : _client.Detail == DlmsDetail.NoCounter ? PairingDetail.StoreFailed
                        : PairingDetail.NotAuthentic;
                    return TicketOutcome.Refused;
                default:
                    Detail = PairingDetail.Senseless;
                    return TicketOutcome.Refused;
            }
        }

        // (a) after (b). What (b) was told says more than that the keys are not taken.
        private TicketOutcome Decide(TicketSlot slot)
        {
            PairingDetail hint = Detail;
            TicketOutcome outcome = Confirm(slot);
            if (outcome == TicketOutcome.Refused && Detail == PairingDetail.Senseless && hint != PairingDetail.None)
            {
                Detail = hint;
            }

            return outcome;
        }

        // (a)
        private TicketOutcome Confirm(TicketSlot slot)
        {
            Receipt wanted = Receipt.Names(slot.Security, slot.Epoch) ? null : Receipt;
            DlmsResult result = _object.ReadCommitted(slot.Security, wanted, out uint epoch);
            if (result != DlmsResult.Ok)
            {
                return Judge(result);
            }

            // The keys are right and the epoch is not: this is the pending pairing, and somebody led us there.
            Detail = epoch == slot.Epoch ? PairingDetail.None : PairingDetail.NotAuthentic;
            return epoch == slot.Epoch ? TicketOutcome.Committed : TicketOutcome.Refused;
        }

        // (b)
        private TicketOutcome Propose(TicketSlot slot, TicketSlot other)
        {
            Detail = PairingDetail.None;
            DlmsResult result = _object.Stage(slot.Message, out StageResult answer);
            if (result != DlmsResult.Ok)
            {
                return JudgeStage(result);
            }

            if (answer != StageResult.Staged && answer != StageResult.StagedAlready)
            {
                return Judge(answer);
            }

            result = _object.AssociatePending(slot.Security);
            if (result != DlmsResult.Ok)
            {
                return Judge(result);
            }

            bool isSettled = other == null || !IsBefore(other, slot) || !other.MayBeCommitted();
            return isSettled ? Commit(slot) : Settle(slot, other);
        }

        private static bool IsBefore(TicketSlot other, TicketSlot slot)
        {
            return other.Epoch < slot.Epoch && other.IsFor(slot.MeterTitle);
        }

        private TicketOutcome Settle(TicketSlot slot, TicketSlot earlier)
        {
            DlmsResult result = _object.ReadCommitted(out uint committed);
            if (result != DlmsResult.Ok)
            {
                return Judge(result);
            }

            if (committed == earlier.Epoch)
            {
                return TicketOutcome.Preceded;
            }

            if (!earlier.Erase())
            {
                Detail = PairingDetail.StoreFailed;
                return TicketOutcome.Refused;
            }

            return Commit(slot);
        }

        private TicketOutcome Commit(TicketSlot slot)
        {
            if (!slot.BeginCommit())
            {
                Detail = PairingDetail.StoreFailed;
                return TicketOutcome.Refused;
            }

            DlmsResult result = _object.Commit(slot.Security, slot.Epoch, Receipt);
            if (result != DlmsResult.Refused)
            {
                return result == DlmsResult.Ok ? TicketOutcome.Committed : Judge(result);
            }

            Detail = _client.Detail == DlmsDetail.ActionResult && _client.DetailCode == AfterItsEnd ? PairingDetail.Expired
                : PairingDetail.CommitRefused;
            return TicketOutcome.Refused;
        }

        private TicketOutcome JudgeStage(DlmsResult result)
        {
            if (result == DlmsResult.Refused && _client.Detail == DlmsDetail.Exception
                && _client.DetailCode == MessageRefused)
            {
                Detail = PairingDetail.Unreadable;
                return TicketOutcome.Refused;
            }

            return Judge(result);
        }

        private TicketOutcome Judge(StageResult answer)
        {
            switch (answer)
            {
                case StageResult.CommittedAlready:
                    return TicketOutcome.Committed;
                case StageResult.NotAboveCommitted:
                case StageResult.BelowPending:
                case StageResult.AnotherTicket:
                    Detail = PairingDetail.NewerTicket;
                    return TicketOutcome.Refused;
                case StageResult.Expired:
                    Detail = PairingDetail.Expired;
                    return TicketOutcome.Refused;
                case StageResult.NotAuthentic:
                    Detail = PairingDetail.Unreadable;
                    return TicketOutcome.Refused;
                default:
                    Detail = PairingDetail.Senseless;
                    return TicketOutcome.Refused;
            }
        }
    }
}
