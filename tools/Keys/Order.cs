using System;
using System.Buffers.Binary;
using System.IO;

namespace NanoComm.Keys
{
    /// <summary>
    /// An order file as anyone can read it: for which unit it is, and nothing of what it says (docs/orders.md). Whether it is
    /// authentic only the unit can tell.
    /// </summary>
    public sealed class Order
    {
        /// <summary>Length of the file in bytes.</summary>
        public const int Length = HeaderLength + PartLength;

        private const int MagicLength = 4;
        private const int HeaderLength = MagicLength + 2;
        private const int PartLength = GeneralCiphering.Overhead + 1 + OrderMaker.PlaintextLength;

        private readonly byte[] _bytes;

        private Order(byte[] bytes)
        {
            _bytes = bytes;
        }

        /// <summary>The order id, 16 bytes.</summary>
        public ReadOnlyMemory<byte> Id => _bytes.AsMemory(HeaderLength + GeneralCiphering.IdOffset, GeneralCiphering.IdLength);

        /// <summary>The communication unit it is for.</summary>
        public SystemTitle Unit => new(_bytes.AsSpan(HeaderLength + GeneralCiphering.RecipientOffset, SystemTitle.Length));

        /// <summary>The file.</summary>
        public ReadOnlySpan<byte> Bytes => _bytes;

        private static ReadOnlySpan<byte> Magic => "NCO1"u8;

        /// <summary>Reads an order file.</summary>
        /// <exception cref="InvalidDataException">It is not one; the message says what is wrong.</exception>
        public static Order Parse(ReadOnlySpan<byte> bytes)
        {
            if (!bytes.StartsWith(Magic))
            {
                throw new InvalidDataException("this is not an order file");
            }

            return bytes.Length == Length && BinaryPrimitives.ReadUInt16BigEndian(bytes[MagicLength..]) == PartLength
                && GeneralCiphering.IsWellFormed(bytes[HeaderLength..])
                ? new Order(bytes.ToArray())
                : throw new InvalidDataException("the order file is cut off or damaged: copy it again");
        }

        internal static Order Of(ReadOnlySpan<byte> part) => new([.. Magic, 0, (byte)part.Length, .. part]);
    }
}
