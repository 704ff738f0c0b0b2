using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>What a communication unit answers to an order (docs/orders.md, "The answer").</summary>
    public sealed class OrderAnswer
    {
        /// <summary>Length in bytes of one that says no more than the result.</summary>
        public const int Length = BodyOffset + HMACSHA256.HashSizeInBytes;

        /// <summary>Length in bytes of one with a report.</summary>
        public const int LengthWithReport = Length + OrderReport.Length;

        private const byte Version = 2;
        private const byte OtherProof = 1;
        private const int UnitOffset = 1;
        private const int IdOffset = UnitOffset + SystemTitle.Length;
        private const int NumberOffset = IdOffset + GeneralCiphering.IdLength;
        private const int ResultOffset = NumberOffset + 4;
        private const int TimeOffset = ResultOffset + 1;
        private const int BodyOffset = TimeOffset + CosemDateTime.Length;

        private readonly byte[] _bytes;

        private OrderAnswer(byte[] bytes)
        {
            _bytes = bytes;
            Report = OrderReport.Read(Body);
        }

        /// <summary>The communication unit.</summary>
        public SystemTitle Unit => new(_bytes.AsSpan(UnitOffset, SystemTitle.Length));

        /// <summary>The order id, 16 bytes.</summary>
        public ReadOnlyMemory<byte> OrderId => _bytes.AsMemory(IdOffset, GeneralCiphering.IdLength);

        /// <summary>The order's number.</summary>
        public uint Number => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(NumberOffset));

        /// <summary>What became of the order.</summary>
        public OrderResult Result => (OrderResult)_bytes[ResultOffset];

        /// <summary>When, by the unit's clock.</summary>
        public CosemDateTime Time => new(_bytes.AsSpan(TimeOffset, CosemDateTime.Length));

        /// <summary>The report; null where none was ordered or the order was not done.</summary>
        public OrderReport Report { get; }

        /// <summary>The whole answer.</summary>
        public ReadOnlySpan<byte> Bytes => _bytes;

        private ReadOnlySpan<byte> Body => _bytes.AsSpan(BodyOffset..^HMACSHA256.HashSizeInBytes);

        /// <summary>Reads an answer. Whether it is authentic <see cref="IsAuthentic"/> tells.</summary>
        /// <exception cref="InvalidDataException">It is not one.</exception>
        public static OrderAnswer Parse(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > 0 && bytes[0] == OtherProof)
            {
                throw new InvalidDataException("this is not the answer to an order: it begins with 01, as receipts do (kms receipt) "
                    + "and old erasure records (kms erasure)");
            }

            if (bytes.Length is not (Length or LengthWithReport) || bytes[0] != Version)
            {
                throw new InvalidDataException($"this is not the answer to an order: {Length} bytes, or {LengthWithReport} with a "
                    + "report, the first of them 02");
            }

            var answer = new OrderAnswer(bytes.ToArray());
            if (!Enum.IsDefined(answer.Result))
            {
                throw new InvalidDataException($"this answer has the result {(int)answer.Result}, which this program does not know");
            }

            return bytes.Length == Length || answer.Report is not null ? answer
                : throw new InvalidDataException("this answer has a report of a version that this program does not know");
        }

        /// <summary>Whether the unit with this proof key made it.</summary>
        /// <param name="proofKey">32 bytes.</param>
        public bool IsAuthentic(ReadOnlySpan<byte> proofKey)
        {
            Span<byte> code = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(proofKey, _bytes.AsSpan(..^HMACSHA256.HashSizeInBytes), code);
            return CryptographicOperations.FixedTimeEquals(code, _bytes.AsSpan(^HMACSHA256.HashSizeInBytes..));
        }
    }
}
