using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>A communication unit's proof of what it erased and when (docs/pairing.md, "Records that tools share with
    /// the unit").</summary>
    public sealed class ErasureRecord
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = SignedLength + HMACSHA256.HashSizeInBytes;

        private const byte Version = 2;
        private const byte FirstVersion = 1;
        private const byte Begun = 0;
        private const byte Done = 1;
        private const int PhaseOffset = 1;
        private const int UnitOffset = 2;
        private const int OrderOffset = UnitOffset + SystemTitle.Length;
        private const int IdOffset = OrderOffset + 1;
        private const int EpochOffset = IdOffset + GeneralCiphering.IdLength;
        private const int MeterOffset = EpochOffset + 4;
        private const int TimeOffset = MeterOffset + SystemTitle.Length;
        private const int ErasedOffset = TimeOffset + CosemDateTime.Length;
        private const int SignedLength = ErasedOffset + 2;

        private readonly byte[] _bytes;

        private ErasureRecord(byte[] bytes)
        {
            _bytes = bytes;
        }

        /// <summary>Whether the erasing was done when the record was read; until then it proves nothing. One of version 1
        /// never does: its code was made before, whatever its phase says.</summary>
        public bool IsDone => !IsOfFirstVersion && _bytes[PhaseOffset] == Done;

        /// <summary>Whether it is of version 1, which proves that erasing was begun, and no more.</summary>
        public bool IsOfFirstVersion => _bytes[0] == FirstVersion;

        /// <summary>The communication unit.</summary>
        public SystemTitle Unit => new(_bytes.AsSpan(UnitOffset, SystemTitle.Length));

        /// <summary>Whether a ticket ordered it, or the bench did.</summary>
        public ErasureOrder Order => (ErasureOrder)_bytes[OrderOffset];

        /// <summary>The ticket id, 16 bytes; zeros for the bench's order.</summary>
        public ReadOnlyMemory<byte> OrderId => _bytes.AsMemory(IdOffset, GeneralCiphering.IdLength);

        /// <summary>The order's epoch, or 0.</summary>
        public uint Epoch => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(EpochOffset));

        /// <summary>The metering unit it was paired with; zeros if none.</summary>
        public SystemTitle Meter => new(_bytes.AsSpan(MeterOffset, SystemTitle.Length));

        /// <summary>When.</summary>
        public CosemDateTime Time => new(_bytes.AsSpan(TimeOffset, CosemDateTime.Length));

        /// <summary>What was erased.</summary>
        public Erased Erased => (Erased)BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(ErasedOffset));

        /// <summary>The whole record.</summary>
        public ReadOnlySpan<byte> Bytes => _bytes;

        /// <summary>Reads a record. Whether it is authentic <see cref="IsAuthentic"/> tells.</summary>
        /// <exception cref="InvalidDataException">It is not one.</exception>
        public static ErasureRecord Parse(ReadOnlySpan<byte> bytes)
        {
            return bytes.Length == Length && bytes[0] is Version or FirstVersion && bytes[PhaseOffset] is Begun or Done
                    && Enum.IsDefined((ErasureOrder)bytes[OrderOffset])
                ? new ErasureRecord(bytes.ToArray())
                : throw new InvalidDataException($"this is not an erasure record: {Length} bytes, the first of them 02");
        }

        /// <summary>Whether the unit with this proof key made it.</summary>
        /// <param name="proofKey">32 bytes.</param>
        public bool IsAuthentic(ReadOnlySpan<byte> proofKey)
        {
            Span<byte> signed = stackalloc byte[SignedLength];
            Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
            _bytes.AsSpan(0, SignedLength).CopyTo(signed);
            if (IsOfFirstVersion)
            {
                // Its code was made once, before it began, for the phase that was to come.
                signed[PhaseOffset] = Done;
            }

            HMACSHA256.HashData(proofKey, signed, code);
            return CryptographicOperations.FixedTimeEquals(code, _bytes.AsSpan(SignedLength));
        }
    }
}
