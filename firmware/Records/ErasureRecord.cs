using System;
using NanoComm.Bytes;
using NanoComm.Hal;

namespace NanoComm.Records
{
    /// <summary>
    /// The unit's proof of what it erased and when (docs/pairing.md, `zeroise`): version u8 (2) | phase u8 | own title 8 |
    /// order u8 | order id 16 | epoch u32 | metering unit's title 8 | COSEM date-time 12 | what was erased, bits u16 |
    /// HMAC-SHA256 32 under the proof key over all before it. The code of a record that says that all is done is made
    /// when it is: the proof key is erased last. In version 1 it was made before, for the phase to come.
    /// </summary>
    public sealed class ErasureRecord
    {
        private const byte Version = 2;
        private const byte FirstVersion = 1;
        private const byte Begun = 0;
        private const byte Done = 1;
        private const int PhaseAt = 1;
        private const int TitleAt = 2;
        private const int OrderAt = TitleAt + ErasureOrder.TitleLength;
        private const int IdAt = OrderAt + 1;
        private const int EpochAt = IdAt + ErasureOrder.IdLength;
        private const int MeterTitleAt = EpochAt + 4;
        private const int TimeAt = MeterTitleAt + ErasureOrder.TitleLength;
        private const int ErasedAt = TimeAt + ErasureOrder.TimeLength;
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

        /// <summary>Who ordered it.</summary>
        public ErasureOrderKind Order => (ErasureOrderKind)_bytes[OrderAt];

        /// <summary>Reads the record.</summary>
        /// <param name="store">Has it.</param>
        /// <returns>Null when there is none.</returns>
        public static ErasureRecord Read(IDurableStore store)
        {
            var record = new ErasureRecord();
            return store.Read(RecordCatalogue.Erasure, record._bytes) == Length
                && (record._bytes[0] == Version || record._bytes[0] == FirstVersion) ? record : null;
        }

        /// <summary>Makes the record of an erasure that begins.</summary>
        /// <param name="order">The order.</param>
        /// <param name="ownTitle">System title of this unit, 8 bytes; zeros without factory keys.</param>
        /// <param name="erased">What there is to erase.</param>
        public static ErasureRecord Make(ErasureOrder order, byte[] ownTitle, ErasedPart erased)
        {
            var record = new ErasureRecord();
            byte[] bytes = record._bytes;
            bytes[PhaseAt] = Begun;
            Put(ownTitle, bytes, TitleAt, ErasureOrder.TitleLength);
            bytes[OrderAt] = (byte)order.Kind;
            Put(order.Id, bytes, IdAt, ErasureOrder.IdLength);
            BigEndian.WriteU32(bytes, EpochAt, order.Epoch);
            Put(order.MeterTitle, bytes, MeterTitleAt, ErasureOrder.TitleLength);
            for (int i = 0; i < ErasureOrder.TimeLength; i++)
            {
                bytes[TimeAt + i] = order.Time == null ? Unknown : order.Time[i];
            }

            BigEndian.WriteU16(bytes, ErasedAt, (int)erased);
            return record;
        }

        /// <summary>Makes the record durable.</summary>
        /// <param name="store">Takes it.</param>
        /// <param name="proof">HMAC-SHA256 under the proof key; null without factory keys: then the code is zeros, which
        /// prove nothing.</param>
        public bool Write(IDurableStore store, IMac proof)
        {
            _bytes[0] = Version;
            Array.Clear(_bytes, CodeAt, CodeLength);
            if (proof != null)
            {
                var code = new byte[proof.Length];
                proof.Compute(_bytes, 0, CodeAt, code);
                Array.Copy(code, 0, _bytes, CodeAt, CodeLength);
            }

            return store.Write(RecordCatalogue.Erasure, _bytes, Length);
        }

        /// <summary>Says, durably, that everything is erased.</summary>
        /// <param name="store">Takes it.</param>
        /// <param name="proof">As for <see cref="Write"/>.</param>
        public bool Finish(IDurableStore store, IMac proof)
        {
            _bytes[PhaseAt] = Done;
            return Write(store, proof);
        }

        private static void Put(byte[] from, byte[] to, int offset, int length)
        {
            if (from != null)
            {
                Array.Copy(from, 0, to, offset, length);
            }
        }
    }
}
