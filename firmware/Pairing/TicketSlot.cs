using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;

namespace NanoComm.Pairing
{
    /// <summary>
    /// A place for a ticket that was opened: a durable record of its keys with their own counter, and what goes with
    /// them: <see cref="KeyRecord"/> | ticket id 16 | whether a commit was begun u8 | M. In memory it has only what says
    /// which ticket it is, and the keys once they were used.
    /// </summary>
    internal sealed class TicketSlot
    {
        private const int IdAt = KeyRecord.Length;
        private const int BegunAt = IdAt + Ticket.IdLength;
        private const int MessageAt = BegunAt + 1;
        private const byte Begun = 1;

        private readonly IBoard _board;
        private readonly string _name;
        private DurableCounter _counter;
        private int _length;

        /// <summary>Makes a slot, with what its record holds.</summary>
        /// <param name="board">Has the record, and makes ciphers.</param>
        /// <param name="name">The record's name.</param>
        public TicketSlot(IBoard board, string name)
        {
            _board = board;
            _name = name;
            Load();
        }

        /// <summary>Whether there is a ticket.</summary>
        public bool IsTaken { get; private set; }

        /// <summary>The ticket's epoch.</summary>
        public uint Epoch { get; private set; }

        /// <summary>System title of the metering unit that it names.</summary>
        public byte[] MeterTitle { get; private set; }

        /// <summary>The ticket id.</summary>
        public byte[] Id { get; private set; }

        /// <summary>Titles, keys and counter; null before <see cref="Open"/>.</summary>
        public SecurityContext Security { get; private set; }

        /// <summary>M, for the metering unit; null before <see cref="Open"/>.</summary>
        public byte[] Message { get; private set; }

        /// <summary>Whether it names this metering unit.</summary>
        /// <param name="meterTitle">The metering unit's title.</param>
        public bool IsFor(byte[] meterTitle)
        {
            return SystemTitle.AreEqual(MeterTitle, 0, meterTitle, 0);
        }

        /// <summary>Reads what is durable.</summary>
        public void Load()
        {
            Forget();
            var record = new byte[MessageAt + Ticket.MaxLength];
            int length = _board.Store.Read(_name, record);
            if (length > MessageAt)
            {
                Take(record, length);
            }

            Array.Clear(record, 0, record.Length);
        }

        /// <summary>Puts a ticket here, in place of what there was.</summary>
        /// <param name="ticket">The ticket, of kind pair.</param>
        /// <param name="file">The file that it was read from.</param>
        /// <param name="ownTitle">System title of this unit, 8 bytes.</param>
        /// <returns>False, and nothing changed, when the store did not take it.</returns>
        public bool Put(Ticket ticket, byte[] file, byte[] ownTitle)
        {
            var record = new byte[MessageAt + ticket.MessageLength];
            KeyRecord.Write(record, ticket.Epoch, ticket.MeterTitle, ownTitle, ticket.Guek, ticket.Gak, _board.Random);
            Array.Copy(ticket.Id, 0, record, IdAt, Ticket.IdLength);
            Array.Copy(file, ticket.MessageOffset, record, MessageAt, ticket.MessageLength);
            bool done = _board.Store.Write(_name, record, record.Length);
            if (done)
            {
                Forget();
                Take(record, record.Length);
            }

            Array.Clear(record, 0, record.Length);
            return done;
        }

        /// <summary>The durable record as it is now; the caller clears it. Null when it is gone.</summary>
        public byte[] Read()
        {
            var record = new byte[_length];
            return _board.Store.Read(_name, record) == _length && _length > 0 ? record : null;
        }

        /// <summary>Whether the metering unit may have committed it: a commit was begun.</summary>
        public bool MayBeCommitted()
        {
            byte[] record = Read();
            if (record == null)
            {
                return false;
            }

            bool isBegun = record[BegunAt] == Begun;
            Array.Clear(record, 0, record.Length);
            return isBegun;
        }

        /// <summary>Says, durably, that a commit comes next. To be called before it is sent.</summary>
        /// <returns>False when the store did not take it.</returns>
        public bool BeginCommit()
        {
            byte[] record = Read();
            if (record == null)
            {
                return false;
            }

            bool wasBegun = record[BegunAt] == Begun;
            record[BegunAt] = Begun;
            bool done = wasBegun || _board.Store.Write(_name, record, record.Length);
            Array.Clear(record, 0, record.Length);
            return done;
        }

        /// <summary>Gets ready what an exchange needs.</summary>
        /// <returns>False when the record is gone.</returns>
        public bool Open()
        {
            byte[] record = Read();
            if (record == null)
            {
                return false;
            }

            Message = Message ?? Octets.Part(record, MessageAt, _length - MessageAt);
            if (Security == null)
            {
                _counter = new DurableCounter(_board.Store, _name, _length, KeyRecord.Counter);
                Security = KeyRecord.SecurityOf(record, _counter, _board);
            }

            Array.Clear(record, 0, record.Length);
            return true;
        }

        /// <summary>Gives the keys, opened, to the active pairing, whose record has them already.</summary>
        /// <param name="record">That record's name.</param>
        public SecurityContext HandOver(string record)
        {
            SecurityContext security = Security;
            _counter.Follow(record, KeyRecord.Length);
            Security = null;
            return security;
        }

        /// <summary>Erases the ticket.</summary>
        /// <returns>False when the store did not do it.</returns>
        public bool Erase()
        {
            bool done = _board.Store.Delete(_name);
            if (done)
            {
                Forget();
            }

            return done;
        }

        private void Take(byte[] record, int length)
        {
            _length = length;
            IsTaken = true;
            Epoch = KeyRecord.EpochOf(record);
            MeterTitle = KeyRecord.MeterTitleOf(record);
            Id = Octets.Part(record, IdAt, Ticket.IdLength);
        }

        /// <summary>Empties the slot in memory; what is durable stays.</summary>
        public void Forget()
        {
            if (Security != null)
            {
                Security.Forget();
            }

            Security = null;
            Message = null;
            IsTaken = false;
            _length = 0;
        }
    }
}
