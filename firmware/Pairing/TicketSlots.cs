using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Pairing
{
    /// <summary>
    /// The tickets that wait, two at most, and what keeps an old one from being opened again when a store does not erase
    /// it: the active pairing, or, when that was replaced, the epoch that did it (record `replaced`: epoch u32 | metering
    /// unit's title 8). Opened again, a ticket would use counters that its pairing has used.
    /// </summary>
    internal sealed class TicketSlots
    {
        /// <summary>Most bytes that <see cref="List"/> writes.</summary>
        public const int MostListed = 2 * ListedLength;

        private const int ListedLength = SecurityContext.TitleLength + Ticket.IdLength;
        private const int GraveTitleAt = 4;
        private const int GraveLength = GraveTitleAt + SecurityContext.TitleLength;

        private readonly IDurableStore _store;
        private readonly TicketSlot _a;
        private readonly TicketSlot _b;
        private readonly byte[] _grave = new byte[GraveLength];

        /// <summary>Makes the slots, with what their records hold.</summary>
        /// <param name="board">Has the records, and makes ciphers.</param>
        public TicketSlots(IBoard board)
        {
            _store = board.Store;
            _a = new TicketSlot(board, RecordCatalogue.TicketA);
            _b = new TicketSlot(board, RecordCatalogue.TicketB);
            _store.Read(RecordCatalogue.Replaced, _grave);
        }

        /// <summary>The newest ticket that may be used.</summary>
        /// <param name="active">The active pairing, or null: one that is not newer than that of its own metering unit
        /// may not be used.</param>
        /// <param name="but">A slot to pass over, or null.</param>
        /// <param name="meterTitle">Of this metering unit; null for any.</param>
        /// <returns>Null when there is none.</returns>
        public TicketSlot Newest(ActivePairing active, TicketSlot but, byte[] meterTitle)
        {
            bool hasA = _a != but && IsUsable(_a, active, meterTitle);
            bool hasB = _b != but && IsUsable(_b, active, meterTitle);
            return hasA && (!hasB || _a.Epoch >= _b.Epoch) ? _a : hasB ? _b : null;
        }

        /// <summary>Whether a ticket is between its commit and what the metering unit says to that.</summary>
        /// <param name="active">The active pairing, or null.</param>
        /// <param name="here">Title of the metering unit here; null when it is not known.</param>
        public bool IsCommitting(ActivePairing active, byte[] here)
        {
            return (IsUsable(_a, active, here) && _a.MayBeCommitted()) || (IsUsable(_b, active, here) && _b.MayBeCommitted());
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

        /// <summary>Whether a pairing of this unit was replaced by this epoch or a higher one at a metering unit.</summary>
        /// <param name="epoch">The epoch.</param>
        /// <param name="meterTitle">The metering unit.</param>
        public bool IsReplaced(uint epoch, byte[] meterTitle)
        {
            return epoch <= ReplacedBy(meterTitle);
        }

        /// <summary>A place for a ticket: an empty one, or one of those that no metering unit can have committed: first that
        /// of a ticket for another metering unit than the one here, whatever its epoch, then that of the older one.</summary>
        /// <param name="ticket">The ticket.</param>
        /// <param name="active">The active pairing, or null.</param>
        /// <param name="here">Title of the metering unit here.</param>
        /// <param name="mustWait">Both may be committed, each at a metering unit of its own, or after a lost store: there
        /// is no place until one of them has told.</param>
        /// <returns>Null when the ticket in that place is newer, or when it must wait.</returns>
        public TicketSlot PlaceFor(Ticket ticket, ActivePairing active, byte[] here, out bool mustWait)
        {
            mustWait = false;
            if (!IsUsable(_a, active, null) || !IsUsable(_b, active, null))
            {
                return IsUsable(_a, active, null) ? _b : _a;
            }

            bool keepsA = _a.MayBeCommitted();
            bool keepsB = _b.MayBeCommitted();
            bool isHereA = _a.IsFor(here);
            mustWait = keepsA && keepsB;
            TicketSlot place = keepsA != keepsB ? (keepsA ? _b : _a)
                : isHereA != _b.IsFor(here) ? (isHereA ? _b : _a)
                : _a.Epoch < _b.Epoch ? _a : _b;
            bool mayGo = place.Epoch < ticket.Epoch || !(place.IsFor(here) || place.IsFor(ticket.MeterTitle));
            return mayGo && !mustWait ? place : null;
        }

        /// <summary>Erases what may not be used any more.</summary>
        /// <param name="active">The pairing, or null.</param>
        /// <returns>False when the store did not erase all of it.</returns>
        public bool DropOutdated(ActivePairing active)
        {
            return Drop(_a, active) & Drop(_b, active);
        }

        /// <summary>Says, durably, that the active pairing was replaced, and erases what is older. Before the pairing goes:
        /// it is what has kept that from being used so far.</summary>
        /// <param name="active">The pairing.</param>
        /// <param name="epoch">The epoch that replaced it.</param>
        /// <returns>False when the store did not take it: the pairing must stay.</returns>
        public bool Bury(ActivePairing active, uint epoch)
        {
            // One that another metering unit has put out of use would be let loose by the new word.
            bool isClean = DropOutdated(active) || BigEndian.ReadU32(_grave, 0) == 0 || ReplacedBy(active.MeterTitle) > 0;
            var grave = new byte[GraveLength];
            BigEndian.WriteU32(grave, 0, epoch);
            Array.Copy(active.MeterTitle, 0, grave, GraveTitleAt, SecurityContext.TitleLength);
            if (!isClean || !_store.Write(RecordCatalogue.Replaced, grave, GraveLength))
            {
                return false;
            }

            Array.Copy(grave, _grave, GraveLength);
            DropOutdated(active);
            return true;
        }

        /// <summary>Lists the tickets that wait, but one: metering unit's title 8 | ticket id 16 each.</summary>
        /// <param name="active">The active pairing, or null.</param>
        /// <param name="but">Id of the ticket that is told of, or null.</param>
        /// <param name="to">Takes them.</param>
        /// <param name="offset">Where the first one goes.</param>
        /// <returns>The offset behind them.</returns>
        public int List(ActivePairing active, byte[] but, byte[] to, int offset)
        {
            return ListOne(_b, active, but, to, ListOne(_a, active, but, to, offset));
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

        private int ListOne(TicketSlot slot, ActivePairing active, byte[] but, byte[] to, int offset)
        {
            if (!IsUsable(slot, active, null) || (but != null && Has(slot, but)))
            {
                return offset;
            }

            Array.Copy(slot.MeterTitle, 0, to, offset, SecurityContext.TitleLength);
            Array.Copy(slot.Id, 0, to, offset + SecurityContext.TitleLength, Ticket.IdLength);
            return offset + ListedLength;
        }

        private bool IsUsable(TicketSlot slot, ActivePairing active, byte[] meterTitle)
        {
            return slot.IsTaken && (meterTitle == null || slot.IsFor(meterTitle)) && !IsOutdated(slot, active);
        }

        // A ticket of the very epoch that replaced us is our own; with a newer one we may come back.
        private bool IsOutdated(TicketSlot slot, ActivePairing active)
        {
            return (active != null && slot.Epoch <= active.Epoch && slot.IsFor(active.MeterTitle))
                || slot.Epoch < ReplacedBy(slot.MeterTitle);
        }

        // 0 when no pairing with it was replaced.
        private uint ReplacedBy(byte[] meterTitle)
        {
            return SystemTitle.AreEqual(meterTitle, 0, _grave, GraveTitleAt) ? BigEndian.ReadU32(_grave, 0) : 0;
        }

        private bool Drop(TicketSlot slot, ActivePairing active)
        {
            return !slot.IsTaken || !IsOutdated(slot, active) || slot.Erase();
        }
    }
}
