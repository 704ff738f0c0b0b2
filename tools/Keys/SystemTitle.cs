using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NanoComm.Keys
{
    /// <summary>A DLMS/COSEM system title, 8 bytes: the name of a unit, written as 16 hexadecimal digits.</summary>
    public readonly record struct SystemTitle
    {
        /// <summary>Length in bytes.</summary>
        public const int Length = 8;

        private readonly ulong _value;

        /// <summary>Takes the bytes.</summary>
        /// <param name="bytes">8 bytes.</param>
        public SystemTitle(ReadOnlySpan<byte> bytes)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
            _value = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        }

        /// <summary>Reads 16 hexadecimal digits, in upper or lower case.</summary>
        public static bool TryParse(ReadOnlySpan<char> text, out SystemTitle title)
        {
            Span<byte> bytes = stackalloc byte[Length];
            bool isTitle = text.Length == 2 * Length
                && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
                && BinaryPrimitives.TryWriteUInt64BigEndian(bytes, value);
            title = isTitle ? new SystemTitle(bytes) : default;
            return isTitle;
        }

        /// <summary>Reads 16 hexadecimal digits.</summary>
        /// <exception cref="FormatException">It is something else.</exception>
        public static SystemTitle Parse(ReadOnlySpan<char> text)
        {
            return TryParse(text, out SystemTitle title) ? title : throw new FormatException($"'{text}' is no title");
        }

        /// <summary>Makes a title up: the manufacturer's three letters and five random bytes.</summary>
        public static SystemTitle MakeUp(string manufacturer)
        {
            Span<byte> bytes = stackalloc byte[Length];
            RandomNumberGenerator.Fill(bytes);
            Encoding.ASCII.GetBytes(manufacturer, bytes);
            return new SystemTitle(bytes);
        }

        /// <summary>The bytes.</summary>
        public byte[] ToArray()
        {
            var bytes = new byte[Length];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, _value);
            return bytes;
        }

        /// <summary>16 hexadecimal digits in upper case.</summary>
        public override string ToString() => _value.ToString("X16", CultureInfo.InvariantCulture);
    }
}
