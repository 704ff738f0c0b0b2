using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Pairing
{
    /// <summary>
    /// What a technician is told, in a record that his tool reads (docs/pairing.md, `pair-state`): state u8 | detail u8 |
    /// epoch u32 | metering unit's title 8 | own title 8 | ticket id 16, and of each other ticket that waits: metering
    /// unit's title 8 | ticket id 16. It is written when the outcome changes, not when an attempt is repeated.
    /// </summary>
    internal sealed class PairingReport
    {
        private const int DetailAt = 1;
        private const int EpochAt = 2;
        private const int MeterTitleAt = 6;
        private const int OwnTitleAt = MeterTitleAt + SecurityContext.TitleLength;
        private const int IdAt = OwnTitleAt + SecurityContext.TitleLength;
        private const int Length = IdAt + Ticket.IdLength;

        private readonly IDurableStore _store;
        private readonly byte[] _told = new byte[Length + TicketSlots.MostListed];
        private readonly byte[] _now = new byte[Length + TicketSlots.MostListed];
        private int _length;
        private bool _isDurable;

        /// <summary>Makes it, with what was told last.</summary>
        /// <param name="store">Has the record.</param>
        public PairingReport(IDurableStore store)
        {
            _store = store;
            _length = store.Read(RecordCatalogue.PairingReport, _told);
            _isDurable = _length >= Length;
            if (!_isDurable)
            {
                Array.Clear(_told, 0, _told.Length);
            }
        }

        /// <summary>The state that was told last.</summary>
        public PairingState ToldState => (PairingState)_told[0];

        /// <summary>The detail that was told last.</summary>
        public PairingDetail ToldDetail => (PairingDetail)_told[DetailAt];

        /// <summary>The ticket of what was told last, if it was told of this pairing; zeros if not.</summary>
        /// <param name="epoch">The pairing's epoch.</param>
        /// <param name="meterTitle">Its metering unit.</param>
        public byte[] TicketOf(uint epoch, byte[] meterTitle)
        {
            return BigEndian.ReadU32(_told, EpochAt) == epoch && SystemTitle.AreEqual(_told, MeterTitleAt, meterTitle, 0)
                ? Octets.Part(_told, IdAt, Ticket.IdLength)
                : new byte[Ticket.IdLength];
        }

        /// <summary>Tells.</summary>
        /// <param name="state">The state.</param>
        /// <param name="detail">Why.</param>
        /// <param name="ownTitle">System title of this unit, or null.</param>
        /// <param name="meterTitle">System title of the metering unit that it is about, or null.</param>
        /// <param name="epoch">The epoch of pairing or ticket, or 0.</param>
        /// <param name="id">The ticket id, or null.</param>
        /// <param name="tickets">The tickets; those that it is not about are listed.</param>
        /// <param name="active">The active pairing, or null.</param>
        /// <returns>Whether it is news; that the list is another one is not.</returns>
        public bool Tell(PairingState state, PairingDetail detail, byte[] ownTitle, byte[] meterTitle, uint epoch, byte[] id,
            TicketSlots tickets, ActivePairing active)
        {
            Array.Clear(_now, 0, _now.Length);
            _now[0] = (byte)state;
            _now[DetailAt] = (byte)detail;
            BigEndian.WriteU32(_now, EpochAt, epoch);
            Put(meterTitle, MeterTitleAt);
            Put(ownTitle, OwnTitleAt);
            Put(id, IdAt);
            bool isNews = !Octets.AreEqual(_now, 0, _told, 0, Length) && !IsRepetition(state);
            int length = tickets.List(active, id, _now, Length);
            if (isNews || length != _length || !Octets.AreEqual(_now, Length, _told, Length, TicketSlots.MostListed))
            {
                int from = isNews ? 0 : Length;
                Array.Copy(_now, from, _told, from, _now.Length - from);
                _length = length;
                _isDurable = false;
            }

            _isDurable = _isDurable || _store.Write(RecordCatalogue.PairingReport, _told, length);
            return isNews;
        }

        // A ticket that was tried before is tried again.
        private bool IsRepetition(PairingState state)
        {
            bool isAttempt = state == PairingState.TicketLoaded || state == PairingState.Pairing;
            bool wasTried = ToldState == PairingState.Refused || ToldState == PairingState.Pairing;
            return isAttempt && wasTried && Octets.AreEqual(_now, EpochAt, _told, EpochAt, Length - EpochAt);
        }

        private void Put(byte[] bytes, int offset)
        {
            if (bytes != null)
            {
                Array.Copy(bytes, 0, _now, offset, bytes.Length);
            }
        }
    }
}
