using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Pairing
{
    /// <summary>
    /// The pairing this unit works with: epoch, both system titles, GUEK, GAK and sending counter, in one durable
    /// record (<see cref="KeyRecord"/>). Never log or print what is in it.
    /// </summary>
    public sealed class ActivePairing
    {
        /// <summary>Name of the durable record.</summary>
        public const string Record = RecordCatalogue.ActivePairing;

        private ActivePairing(uint epoch, byte[] meterTitle, SecurityContext security)
        {
            Epoch = epoch;
            MeterTitle = meterTitle;
            Security = security;
        }

        /// <summary>The epoch, 0 for a first pairing made up on a bench.</summary>
        public uint Epoch { get; }

        /// <summary>System title of the metering unit, 8 bytes.</summary>
        public byte[] MeterTitle { get; }

        /// <summary>Titles, keys and counter, for associations.</summary>
        public SecurityContext Security { get; }

        /// <summary>Reads the pairing.</summary>
        /// <param name="board">Has the record, and makes the cipher.</param>
        /// <returns>Null when the unit is not paired.</returns>
        public static ActivePairing Read(IBoard board)
        {
            var record = new byte[KeyRecord.Length];
            if (board.Store.Read(Record, record) != KeyRecord.Length)
            {
                return null;
            }

            var counter = new DurableCounter(board.Store, Record, KeyRecord.Length, KeyRecord.Counter);
            var pairing = new ActivePairing(KeyRecord.EpochOf(record), KeyRecord.MeterTitleOf(record),
                KeyRecord.SecurityOf(record, counter, board));
            Array.Clear(record, 0, record.Length);
            return pairing;
        }

        /// <summary>
        /// Gives an unpaired unit its first pairing, as a factory or a bench does. The sending counter starts at a
        /// random 31-bit value.
        /// </summary>
        /// <param name="store">Takes the record.</param>
        /// <param name="random">Starts the counter.</param>
        /// <param name="epoch">The epoch.</param>
        /// <param name="meterTitle">System title of the metering unit, 8 bytes.</param>
        /// <param name="ownTitle">System title of this unit, 8 bytes.</param>
        /// <param name="guek">Global unicast encryption key, 16 bytes.</param>
        /// <param name="gak">Global authentication key, 16 bytes.</param>
        /// <returns>False, and nothing changed, when the unit is paired already or the store does not take it.</returns>
        /// <exception cref="ArgumentException">A length is wrong.</exception>
        public static bool Install(IDurableStore store, IRandomSource random, uint epoch, byte[] meterTitle,
            byte[] ownTitle, byte[] guek, byte[] gak)
        {
            if (meterTitle.Length != SecurityContext.TitleLength || ownTitle.Length != SecurityContext.TitleLength
                || guek.Length != SecurityContext.KeyLength || gak.Length != SecurityContext.KeyLength)
            {
                throw new ArgumentException();
            }

            var record = new byte[KeyRecord.Length];
            bool installed = store.Read(Record, record) != KeyRecord.Length;
            if (installed)
            {
                KeyRecord.Write(record, epoch, meterTitle, ownTitle, guek, gak, random);
                installed = store.Write(Record, record, KeyRecord.Length);
            }

            Array.Clear(record, 0, record.Length);
            return installed;
        }

        /// <summary>Makes the pairing of a ticket the active one: one durable record, in place of the one before. An
        /// association that is open with the ticket's keys stays of use, and their counter goes on where it is.</summary>
        /// <param name="store">The store.</param>
        /// <param name="slot">Holds the ticket; it stays there.</param>
        /// <returns>Null when the store did not take it: nothing has changed.</returns>
        internal static ActivePairing Adopt(IDurableStore store, TicketSlot slot)
        {
            byte[] record = slot.Read();
            if (record == null)
            {
                return null;
            }

            bool adopted = store.Write(Record, record, KeyRecord.Length) || IsDurable(store, record);
            Array.Clear(record, 0, record.Length);
            return adopted ? new ActivePairing(slot.Epoch, slot.MeterTitle, slot.HandOver(Record)) : null;
        }

        // A write that failed may have been done all the same; after a restart this record would be the pairing, so it
        // is now.
        private static bool IsDurable(IDurableStore store, byte[] expected)
        {
            var record = new byte[KeyRecord.Length];
            bool isDurable = store.Read(Record, record) == KeyRecord.Length
                && Octets.AreEqual(record, 0, expected, 0, KeyRecord.Length);
            Array.Clear(record, 0, record.Length);
            return isDurable;
        }
    }
}
