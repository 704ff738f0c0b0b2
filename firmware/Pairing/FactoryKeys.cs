using System;
using NanoComm.Bytes;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Records;

namespace NanoComm.Pairing
{
    /// <summary>What the factory gave this unit (record `factory`: title 8 | DK 16 | proof key 32). The proof key is kept
    /// apart: it is needed once.</summary>
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

        /// <summary>Gives an order to erase what it is proved by: title and proof key. Nothing without keys.</summary>
        /// <param name="order">The order.</param>
        /// <param name="board">Has the record, and makes the code.</param>
        public static void Vouch(ErasureOrder order, IBoard board)
        {
            var record = new byte[Length];
            if (board.Store.Read(RecordCatalogue.FactoryKeys, record) == Length)
            {
                byte[] proofKey = Octets.Part(record, ProofKeyAt, ProofKeyLength);
                order.OwnTitle = Octets.Part(record, 0, SecurityContext.TitleLength);
                order.Proof = board.CreateMac(proofKey);
                Array.Clear(proofKey, 0, ProofKeyLength);
            }

            Array.Clear(record, 0, Length);
        }
    }
}
