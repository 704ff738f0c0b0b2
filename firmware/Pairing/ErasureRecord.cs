using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;

namespace NanoComm.Pairing
{
    /// <summary>
    /// The unit's proof of what it erased and when (docs/pairing.md, `zeroise`): version u8 (1) | phase u8 | own title 8 |
    /// order u8 | order id 16 | epoch u32 | metering unit's title 8 | COSEM date-time 12 | what was erased, bits u16 |
    /// HMAC-SHA256 32 under the proof key over all before it, phase taken as 1. The code is made before anything is
    /// erased, for the proof key is erased with the rest.
    /// </summary>
    public sealed class ErasureRecord
    {
        /// <summary>The record's name.</summary>
        public const string Record = "zeroise";

        /// <summary>Ordered by a ticket to retire.</summary>
        public const int OrderOfTicket = 1;

        /// <summary>Ordered by a bench.</summary>
        public const int OrderOfBench = 2;

        private const byte Version = 1;
        private const byte Begun = 0;
        private const byte Done = 1;
        private const int PhaseAt = 1;
        private const int TitleAt = 2;
        private const int OrderAt = TitleAt + SecurityContext.TitleLength;
        private const int IdAt = OrderAt + 1;
        private const int EpochAt = IdAt + Ticket.IdLength;
        private const int MeterTitleAt = EpochAt + 4;
        private const int TimeAt = MeterTitleAt + SecurityContext.TitleLength;
        private const int TimeLength = 12;
        private const int ErasedAt = TimeAt + TimeLength;
        private const int CodeAt = ErasedAt + 2;
        private const int CodeLength = 32;
        private const int Length = CodeAt + CodeLength;
        private const byte Unknown = 0xFF;

        private readonly byte[] _bytes = new byte[Length];

        private ErasureRecord()
        {
        }

        /// <summary>Whether everything is erased. Until then the record proves nothing.</summary>
        public bool IsDone => _bytes[PhaseAt] == Done;

        /// <summary><see cref="OrderOfTicket"/> or <see cref="OrderOfBench"/>.</summary>
        public int Order => _bytes[OrderAt];

        /// <summary>Reads the record.</summary>
        /// <param name="store">Has it.</param>
        /// <returns>Null when there is none.</returns>
        public static ErasureRecord Read(IDurableStore store)
        {
            var record = new ErasureRecord();
            return store.Read(Record, record._bytes) == Length && record._bytes[0] == Version ? record : null;
        }

        /// <summary>Makes the record of an erasure that begins. A unit without factory keys has neither a title nor a
        /// code to put into it: zeros, which prove nothing.</summary>
        /// <param name="board">Has the factory keys, and makes the code.</param>
        /// <param name="order"><see cref="OrderOfTicket"/> or <see cref="OrderOfBench"/>.</param>
        /// <param name="orderId">The ticket id, 16 bytes, or null.</param>
        /// <param name="epoch">The order's epoch, or 0.</param>
        /// <param name="meterTitle">System title of the metering unit, 8 bytes, or null.</param>
        /// <param name="cosemTime">COSEM date-time, 12 bytes; null when no time is known.</param>
        /// <param name="erased">Bits, what there is to erase.</param>
        internal static ErasureRecord Make(IBoard board, int order, byte[] orderId, uint epoch, byte[] meterTitle,
            byte[] cosemTime, int erased)
        {
            var record = new ErasureRecord();
            byte[] bytes = record._bytes;
            bytes[0] = Version;
            bytes[PhaseAt] = Done;
            bytes[OrderAt] = (byte)order;
            Put(orderId, bytes, IdAt, Ticket.IdLength);
            BigEndian.WriteU32(bytes, EpochAt, epoch);
            Put(meterTitle, bytes, MeterTitleAt, SecurityContext.TitleLength);
            for (int i = 0; i < TimeLength; i++)
            {
                bytes[TimeAt + i] = cosemTime == null ? Unknown : cosemTime[i];
            }

            bytes[ErasedAt] = (byte)(erased >> 8);
            bytes[ErasedAt + 1] = (byte)erased;
            record.Seal(board);
            bytes[PhaseAt] = Begun;
            return record;
        }

        /// <summary>Makes the record durable.</summary>
        internal bool Write(IDurableStore store)
        {
            return store.Write(Record, _bytes, Length);
        }

        /// <summary>Says, durably, that everything is erased.</summary>
        internal bool Finish(IDurableStore store)
        {
            _bytes[PhaseAt] = Done;
            return Write(store);
        }

        private static void Put(byte[] from, byte[] to, int offset, int length)
        {
            if (from != null)
            {
                Array.Copy(from, 0, to, offset, length);
            }
        }

        private void Seal(IBoard board)
        {
            byte[] proofKey = FactoryKeys.ReadProofKey(board.Store, _bytes, TitleAt);
            if (proofKey == null)
            {
                return;
            }

            IMac mac = board.CreateMac(proofKey);
            var code = new byte[mac.Length];
            mac.Compute(_bytes, 0, CodeAt, code);
            Array.Copy(code, 0, _bytes, CodeAt, CodeLength);
            Array.Clear(proofKey, 0, proofKey.Length);
        }
    }
}
