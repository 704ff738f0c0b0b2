using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Pairing
{
    /// <summary>The tickets that wait, two at most.</summary>
    internal sealed class TicketSlots
    {
        private readonly TicketSlot _a;
        private readonly TicketSlot _b;

        /// <summary>Makes the slots, with what their records hold.</summary>
        /// <param name="board">Has the records, and makes ciphers.</param>
        public TicketSlots(IBoard board)
        {
            _a = new TicketSlot(board, RecordCatalogue.TicketA);
            _b = new TicketSlot(board, RecordCatalogue.TicketB);
        }

        /// <summary>The newest ticket that may be used.</summary>
        /// <param name="active">The active pairing, or null: one that is not newer than that of its own metering unit
        /// may not be used.</param>
        /// <param name="but">A slot to pass over, or null.</param>
        /// <returns>Null when there is none.</returns>
        public TicketSlot Newest(ActivePairing active, TicketSlot but)
        {
            bool hasA = _a != but && _a.IsTaken && !IsOutdated(_a, active);
            bool hasB = _b != but && _b.IsTaken && !IsOutdated(_b, active);
            return hasA && (!hasB || _a.Epoch >= _b.Epoch) ? _a : hasB ? _b : null;
        }

        /// <summary>Whether a ticket is here.</summary>
        /// <param name="id">Its id.</param>
        public bool Has(byte[] id)
        {
            return Has(_a, id) || Has(_b, id);
        }

        /// <summary>Whether there is a ticket with a higher epoch.</summary>
        /// <param name="epoch">The epoch.</param>
        public bool HasAbove(uint epoch)
        {
            return (_a.IsTaken && _a.Epoch > epoch) || (_b.IsTaken && _b.Epoch > epoch);
        }

        /// <summary>A place for a ticket: an empty one, or that of the older ticket of those that no metering unit can
        /// have committed.</summary>
        /// <param name="epoch">The ticket's epoch.</param>
        /// <param name="mustWait">Both may be committed, each at a metering unit of its own, or after a lost store: there
        /// is no place until one of them has told.</param>
        /// <returns>Null when the ticket in that place is newer, or when it must wait.</returns>
        public TicketSlot PlaceFor(uint epoch, out bool mustWait)
        {
            mustWait = false;
            if (!_a.IsTaken || !_b.IsTaken)
            {
                return _a.IsTaken ? _b : _a;
            }

            bool keepsA = _a.MayBeCommitted();
            bool keepsB = _b.MayBeCommitted();
            mustWait = keepsA && keepsB;
            TicketSlot older = _a.Epoch < _b.Epoch ? _a : _b;
            TicketSlot place = keepsA == keepsB ? older : keepsA ? _b : _a;
            return place.Epoch < epoch && !mustWait ? place : null;
        }

        /// <summary>Erases what is not newer than the active pairing of the same metering unit.</summary>
        /// <param name="active">The pairing, or null.</param>
        public void DropOutdated(ActivePairing active)
        {
            DropOutdated(_a, active);
            DropOutdated(_b, active);
        }

        /// <summary>Erases what is older than an epoch.</summary>
        /// <param name="epoch">The epoch.</param>
        /// <param name="meterTitle">Of this metering unit.</param>
        public void DropBelow(uint epoch, byte[] meterTitle)
        {
            DropBelow(_a, epoch, meterTitle);
            DropBelow(_b, epoch, meterTitle);
        }

        /// <summary>Empties the slots in memory; what is durable stays.</summary>
        public void Forget()
        {
            _a.Forget();
            _b.Forget();
        }

        private static bool Has(TicketSlot slot, byte[] id)
        {
            return slot.IsTaken && Octets.AreEqual(slot.Id, 0, id, 0, Ticket.IdLength);
        }

        private static bool IsOutdated(TicketSlot slot, ActivePairing active)
        {
            return active != null && slot.Epoch <= active.Epoch
                && SystemTitle.AreEqual(slot.MeterTitle, 0, active.MeterTitle, 0);
        }

        private static void DropOutdated(TicketSlot slot, ActivePairing active)
        {
            if (slot.IsTaken && IsOutdated(slot, active))
            {
                slot.Erase();
            }
        }

        private static void DropBelow(TicketSlot slot, uint epoch, byte[] meterTitle)
        {
            if (slot.IsTaken && slot.Epoch < epoch && SystemTitle.AreEqual(slot.MeterTitle, 0, meterTitle, 0))
            {
                slot.Erase();
            }
        }
    }
}
