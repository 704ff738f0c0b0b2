using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>The keys that a metering unit is made with and keeps for life; the key management has them too.</summary>
    public sealed class FactoryKeys
    {
        /// <summary>Length of the proof key.</summary>
        public const int ProofKeyLength = 32;

        /// <summary>Takes the keys.</summary>
        /// <param name="kek">KEK, 16 bytes: unwraps tickets.</param>
        /// <param name="proofKey">Proof key, 32 bytes: authenticates receipts.</param>
        public FactoryKeys(byte[] kek, byte[] proofKey)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(kek.Length, Suite0.KeyLength);
            ArgumentOutOfRangeException.ThrowIfNotEqual(proofKey.Length, ProofKeyLength);
            Kek = kek;
            ProofKey = proofKey;
        }

        /// <summary>KEK.</summary>
        public byte[] Kek { get; }

        /// <summary>Proof key.</summary>
        public byte[] ProofKey { get; }
    }
}
