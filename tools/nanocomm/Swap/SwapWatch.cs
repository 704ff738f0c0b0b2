using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Keys;
using NanoComm.Pairing;
using NanoComm.Records;

using ErasureRecord = NanoComm.Keys.ErasureRecord;
using Ticket = NanoComm.Keys.Ticket;
using TicketKind = NanoComm.Keys.TicketKind;

namespace NanoComm.Tool
{
    /// <summary>Looks at a unit's records for what became of a ticket.</summary>
    internal sealed class SwapWatch
    {
        private const string NoTicket = "00000000000000000000000000000000";

        private readonly Ticket _ticket;
        private readonly string _id;
        private readonly DurableStore _store;
        private readonly byte[] _buffer = new byte[DurableStore.MaxLength];

        /// <summary>Starts to look.</summary>
        /// <param name="ticket">The ticket.</param>
        /// <param name="files">The unit's records.</param>
        public SwapWatch(Ticket ticket, IFiles files)
        {
            _ticket = ticket;
            _id = Convert.ToHexString(ticket.Id.Span);
            _store = new DurableStore(files);
        }

        /// <summary>What the unit last said; null before it said anything.</summary>
        public PairState State { get; private set; }

        /// <summary>Whether the unit has taken the ticket out of its inbox.</summary>
        public bool IsTaken { get; private set; }

        /// <summary>The proof that the ticket was carried out: a receipt or an erasure record. Null where there is
        /// none.</summary>
        public byte[] Proof { get; private set; }

        /// <summary>Whether what the unit says is of this ticket; a file that it could not read it does not name.</summary>
        public bool IsOurs => State is not null && IsTaken && (State.TicketId == _id || State.TicketId == NoTicket);

        /// <summary>Whether the unit keeps the ticket and tells of something else: of a pairing that works, or of a ticket
        /// that it tries first.</summary>
        public bool IsKept => State is not null && State.Waiting.Any(ticket => ticket.TicketId == _id);

        /// <summary>Other tickets that wait in the unit.</summary>
        public IEnumerable<WaitingTicket> Others => State?.Waiting.Where(ticket => ticket.TicketId != _id) ?? [];

        /// <summary>Looks once.</summary>
        /// <returns>Whether the ticket was carried out; null while that is open.</returns>
        public bool? Look()
        {
            // In this order: the unit says what it thinks of a ticket before it takes it out.
            IsTaken = _store.LengthOf(RecordCatalogue.Inbox) < 0;
            State = PairState.Parse(Read(RecordCatalogue.PairingReport));
            bool isDone = _ticket.Kind == TicketKind.Pair ? IsPaired() : IsRetired();
            if (isDone)
            {
                return true;
            }

            return IsOurs && State.Stage == PairingState.Refused && SwapAdvice.IsFinal(State.Detail) ? false : null;
        }

        private ReadOnlySpan<byte> Read(string record)
        {
            int length = _store.Read(record, _buffer);
            return length < 0 ? [] : _buffer.AsSpan(0, length);
        }

        private bool IsPaired()
        {
            Receipt receipt = TryParse(RecordCatalogue.Receipt, bytes => Receipt.Parse(bytes));
            bool isOurs = receipt is not null && receipt.TicketId.Span.SequenceEqual(_ticket.Id.Span);
            Proof = isOurs ? receipt.Bytes.ToArray() : null;
            return State?.Stage == PairingState.Paired && (State.TicketId == _id || isOurs);
        }

        private bool IsRetired()
        {
            ErasureRecord record = TryParse(RecordCatalogue.Erasure, bytes => ErasureRecord.Parse(bytes));
            bool isOurs = record is not null && record.IsDone && record.OrderId.Span.SequenceEqual(_ticket.Id.Span);
            Proof = isOurs ? record.Bytes.ToArray() : null;
            return isOurs;
        }

        private T TryParse<T>(string record, Func<byte[], T> parse)
            where T : class
        {
            try
            {
                return parse(Read(record).ToArray());
            }
            catch (InvalidDataException)
            {
                return null;
            }
        }
    }
}
