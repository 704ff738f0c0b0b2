using System;
using NanoComm.Dlms;
using NanoComm.Hal;

namespace NanoComm.Pairing
{
    /// <summary>What the factory gave this unit (record `factory`: title 8 | DK 16 | proof key 32). The proof key is kept
    /// apart: it is needed once.</summary>
    internal sealed class FactoryKeys
    {
        /// <summary>The record's name.</summary>
        public const string Record = "factory";

        private const int ProofKeyLength = 32;
        private const int DkAt = SecurityContext.TitleLength;
        private const int ProofKeyAt = DkAt + SecurityContext.KeyLength;
        private const int Length = ProofKeyAt + ProofKeyLength;

        private FactoryKeys(byte[] title, IBlockCipher dk)
        {
            Title = title;
            Dk = dk;
        }

        /// <summary>System title of this unit, 8 bytes.</summary>
        public byte[] Title { get; }

        /// <summary>The cipher of DK, which only unwraps.</summary>
        public IBlockCipher Dk { get; }

        /// <summary>Reads them.</summary>
        /// <param name="board">Has the record, and makes the cipher.</param>
        /// <returns>Null when the unit has none.</returns>
        public static FactoryKeys Read(IBoard board)
        {
            var record = new byte[Length];
            FactoryKeys keys = null;
            if (board.Store.Read(Record, record) == Length)
            {
                byte[] dk = KeyRecord.Part(record, DkAt, SecurityContext.KeyLength);
                keys = new FactoryKeys(KeyRecord.Part(record, 0, SecurityContext.TitleLength),
                    board.CreateBlockCipher(dk));
                Array.Clear(dk, 0, dk.Length);
            }

            Array.Clear(record, 0, Length);
            return keys;
        }

        /// <summary>Reads the proof key and the title that it speaks for.</summary>
        /// <param name="store">Has the record.</param>
        /// <param name="title">Takes the title, 8 bytes; left alone when there are no keys.</param>
        /// <param name="offset">Where its first byte goes.</param>
        /// <returns>32 bytes, to be cleared after use; null when the unit has none.</returns>
        public static byte[] ReadProofKey(IDurableStore store, byte[] title, int offset)
        {
            var record = new byte[Length];
            byte[] key = null;
            if (store.Read(Record, record) == Length)
            {
                Array.Copy(record, 0, title, offset, SecurityContext.TitleLength);
                key = KeyRecord.Part(record, ProofKeyAt, ProofKeyLength);
            }

            Array.Clear(record, 0, Length);
            return key;
        }
    }
}
