using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Pairing
{
    /// <summary>What the factory gave this unit (record `factory`: title 8 | DK 16 | proof key 32). An erasure leaves title
    /// and proof key alone until the end: then there are no keys here.</summary>
    internal sealed class FactoryKeys
    {
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
            if (board.Store.Read(RecordCatalogue.FactoryKeys, record) == Length)
            {
                byte[] dk = Octets.Part(record, DkAt, SecurityContext.KeyLength);
                keys = new FactoryKeys(Octets.Part(record, 0, SecurityContext.TitleLength),
                    board.CreateBlockCipher(dk));
                Array.Clear(dk, 0, dk.Length);
            }

            Array.Clear(record, 0, Length);
            return keys;
        }

        /// <summary>Makes HMAC-SHA256 under the proof key.</summary>
        /// <param name="board">Has the record.</param>
        /// <param name="title">Takes the system title of this unit.</param>
        /// <returns>Null when the unit has no factory keys. The caller forgets it.</returns>
        public static IMac OpenProof(IBoard board, byte[] title)
        {
            var record = new byte[Length];
            IMac proof = null;
            if (board.Store.Read(RecordCatalogue.FactoryKeys, record) == Length)
            {
                byte[] key = Octets.Part(record, ProofKeyAt, ProofKeyLength);
                proof = board.CreateMac(key);
                Array.Copy(record, title, title.Length);
                Array.Clear(key, 0, key.Length);
            }

            Array.Clear(record, 0, Length);
            return proof;
        }
    }
}
