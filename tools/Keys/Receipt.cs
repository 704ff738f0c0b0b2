using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>What a metering unit gives for a ticket that it carried out (docs/pairing.md, "Receipt and
    /// tombstone").</summary>
    public sealed class Receipt
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = SignedLength + HMACSHA256.HashSizeInBytes;

        private const byte Version = 1;
        private const int MeterOffset = 1;
        private const int UnitOffset = MeterOffset + SystemTitle.Length;
        private const int EpochOffset = UnitOffset + SystemTitle.Length;
        private const int IdOffset = EpochOffset + 4;
        private const int TimeOffset = IdOffset + GeneralCiphering.IdLength;
        private const int SignedLength = TimeOffset + CosemDateTime.Length;

        private readonly byte[] _bytes;

        private Receipt(byte[] bytes)
        {
            _bytes = bytes;
        }

        /// <summary>The metering unit.</summary>
        public SystemTitle Meter => new(_bytes.AsSpan(MeterOffset, SystemTitle.Length));

        /// <summary>The communication unit that it is paired with now.</summary>
        public SystemTitle Unit => new(_bytes.AsSpan(UnitOffset, SystemTitle.Length));

        /// <summary>The epoch committed.</summary>
        public uint Epoch => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(EpochOffset));

        /// <summary>The ticket id, 16 bytes.</summary>
        public ReadOnlyMemory<byte> TicketId => _bytes.AsMemory(IdOffset, GeneralCiphering.IdLength);

        /// <summary>The metering unit's time of the commit.</summary>
        public CosemDateTime Time => new(_bytes.AsSpan(TimeOffset, CosemDateTime.Length));

        /// <summary>The whole receipt.</summary>
        public ReadOnlySpan<byte> Bytes => _bytes;

        /// <summary>Reads a receipt. Whether it is authentic <see cref="IsAuthentic"/> tells.</summary>
        /// <exception cref="InvalidDataException">It is not one.</exception>
        public static Receipt Parse(ReadOnlySpan<byte> bytes)
        {
            return bytes.Length == Length && bytes[0] == Version
                ? new Receipt(bytes.ToArray())
                : throw new InvalidDataException($"this is not a receipt: {Length} bytes, the first of them 01");
        }

        /// <summary>Whether the metering unit with this proof key made it.</summary>
        /// <param name="proofKey">32 bytes.</param>
        public bool IsAuthentic(ReadOnlySpan<byte> proofKey)
        {
            Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(proofKey, _bytes.AsSpan(0, SignedLength), code);
            return CryptographicOperations.FixedTimeEquals(code, _bytes.AsSpan(SignedLength));
        }
    }
}
