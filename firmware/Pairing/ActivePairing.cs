using System;
using NanoComm.Dlms;
using NanoComm.Hal;

namespace NanoComm.Pairing
{
    /// <summary>
    /// The pairing this unit works with: epoch, both system titles, GUEK and GAK (pairing protocol, "who holds what").
    /// One durable record: epoch u32 | metering unit's title 8 | our title 8 | GUEK 16 | GAK 16; the sending counter
    /// has a record of its own, reserved ahead. Never log or print what is in it.
    /// </summary>
    public sealed class ActivePairing
    {
        private const string Record = "pairing";
        private const string CounterRecord = "pairing-counter";
        private const int EpochLength = 4;
        private const int MeterTitleOffset = EpochLength;
        private const int OwnTitleOffset = MeterTitleOffset + SecurityContext.TitleLength;
        private const int GuekOffset = OwnTitleOffset + SecurityContext.TitleLength;
        private const int GakOffset = GuekOffset + SecurityContext.KeyLength;
        private const int RecordLength = GakOffset + SecurityContext.KeyLength;

        private ActivePairing()
        {
        }

        /// <summary>The epoch, 0 for a first pairing made up on a bench.</summary>
        public uint Epoch { get; private set; }

        /// <summary>System title of the metering unit, 8 bytes.</summary>
        public byte[] MeterTitle { get; private set; }

        /// <summary>Titles, keys and counter, for associations.</summary>
        public SecurityContext Security { get; private set; }

        /// <summary>Reads the pairing.</summary>
        /// <param name="board">Has the record, and makes the cipher.</param>
        /// <returns>Null when the unit is not paired.</returns>
        public static ActivePairing Read(IBoard board)
        {
            var record = new byte[RecordLength];
            if (board.Store.Read(Record, record) != RecordLength)
            {
                return null;
            }

            byte[] meterTitle = Part(record, MeterTitleOffset, SecurityContext.TitleLength);
            return new ActivePairing
            {
                Epoch = BigEndian.ReadU32(record, 0),
                MeterTitle = meterTitle,
                Security = new SecurityContext(
                    Part(record, OwnTitleOffset, SecurityContext.TitleLength),
                    meterTitle,
                    board.CreateBlockCipher(Part(record, GuekOffset, SecurityContext.KeyLength)),
                    Part(record, GakOffset, SecurityContext.KeyLength),
                    new DurableCounter(board.Store, CounterRecord)),
            };
        }

        /// <summary>
        /// Gives an unpaired unit its first pairing, as a factory or a bench does. The sending counter starts at a
        /// random 31-bit value and is durable before the keys are.
        /// </summary>
        /// <param name="store">Takes the records.</param>
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

            var record = new byte[RecordLength];
            if (store.Read(Record, record) == RecordLength)
            {
                return false;
            }

            BigEndian.WriteU32(record, 0, epoch);
            Array.Copy(meterTitle, 0, record, MeterTitleOffset, SecurityContext.TitleLength);
            Array.Copy(ownTitle, 0, record, OwnTitleOffset, SecurityContext.TitleLength);
            Array.Copy(guek, 0, record, GuekOffset, SecurityContext.KeyLength);
            Array.Copy(gak, 0, record, GakOffset, SecurityContext.KeyLength);
            bool installed = DurableCounter.Create(store, CounterRecord, random)
                && store.Write(Record, record, RecordLength);
            Array.Clear(record, 0, RecordLength);
            return installed;
        }

        private static byte[] Part(byte[] record, int offset, int length)
        {
            var part = new byte[length];
            Array.Copy(record, offset, part, 0, length);
            return part;
        }
    }
}
