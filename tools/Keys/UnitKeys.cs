using System;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>The factory keys of a unit, and for a metering unit the utility's keys to it. They are wiped when this is
    /// disposed of.</summary>
    public sealed class UnitKeys : IDisposable
    {
        /// <summary>Length of a proof key.</summary>
        public const int ProofKeyLength = 32;

        private const int UnitLength = KeyWrap.KeyLength + ProofKeyLength;
        private const int MeterLength = UnitLength + UtilityKeys.Length;

        private UnitKeys(byte[] wrappingKey, byte[] proofKey, UtilityKeys utility)
        {
            WrappingKey = wrappingKey;
            ProofKey = proofKey;
            Utility = utility;
        }

        /// <summary>KEK or DK, 16 bytes.</summary>
        public byte[] WrappingKey { get; }

        /// <summary>32 bytes.</summary>
        public byte[] ProofKey { get; }

        /// <summary>The utility's keys; null for a communication unit.</summary>
        public UtilityKeys Utility { get; }

        /// <summary>Makes the keys of a new unit.</summary>
        public static UnitKeys MakeUp(UnitKind kind)
        {
            return new UnitKeys(RandomNumberGenerator.GetBytes(KeyWrap.KeyLength),
                RandomNumberGenerator.GetBytes(ProofKeyLength),
                kind == UnitKind.Metering ? UtilityKeys.MakeUp() : null);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            CryptographicOperations.ZeroMemory(WrappingKey);
            CryptographicOperations.ZeroMemory(ProofKey);
            CryptographicOperations.ZeroMemory(Utility?.EncryptionKey);
            CryptographicOperations.ZeroMemory(Utility?.AuthenticationKey);
        }

        internal static int LengthOf(UnitKind kind) => kind == UnitKind.Metering ? MeterLength : UnitLength;

        internal static UnitKeys Read(UnitKind kind, ReadOnlySpan<byte> bytes)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, LengthOf(kind));
            return new UnitKeys(bytes[..KeyWrap.KeyLength].ToArray(), bytes[KeyWrap.KeyLength..UnitLength].ToArray(),
                kind == UnitKind.Metering ? UtilityKeys.Read(bytes[UnitLength..]) : null);
        }

        internal byte[] ToArray()
        {
            return Utility is null
                ? [.. WrappingKey, .. ProofKey]
                : [.. WrappingKey, .. ProofKey, .. Utility.ClientTitle.ToArray(), .. Utility.EncryptionKey,
                    .. Utility.AuthenticationKey];
        }
    }
}
