using System;
using System.Buffers.Binary;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>Writes A-XDR (IEC 61334-6) and the data types of COSEM (Green Book 9.5).</summary>
    public sealed class AxdrWriter
    {
        // What most answers to a poll fit into.
        private const int FirstRoom = 128;

        private byte[] _bytes = new byte[FirstRoom];

        /// <summary>Bytes written so far.</summary>
        public int Length { get; private set; }

        /// <summary>Everything written, until the next byte is.</summary>
        public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

        /// <summary>A copy of everything written.</summary>
        public byte[] ToArray()
        {
            return Written.ToArray();
        }

        /// <summary>Takes back what was written last.</summary>
        /// <param name="length">Bytes that stay, at most <see cref="Length"/>.</param>
        public void Cut(int length)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
            Length = length;
        }

        /// <summary>One byte.</summary>
        public AxdrWriter Byte(byte value)
        {
            return Bytes([value]);
        }

        /// <summary>Bytes as they are.</summary>
        public AxdrWriter Bytes(ReadOnlySpan<byte> value)
        {
            if (Length + value.Length > _bytes.Length)
            {
                System.Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + value.Length));
            }

            value.CopyTo(_bytes.AsSpan(Length));
            Length += value.Length;
            return this;
        }

        /// <summary>A 16-bit number, untagged.</summary>
        public AxdrWriter UInt16(int value)
        {
            return Byte((byte)(value >> 8)).Byte((byte)value);
        }

        /// <summary>A 32-bit number, untagged.</summary>
        public AxdrWriter UInt32(uint value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            return Bytes(bytes);
        }

        /// <summary>A length or count.</summary>
        public AxdrWriter Count(int value)
        {
            return value switch
            {
                < 0x80 => Byte((byte)value),
                <= 0xFF => Byte(0x81).Byte((byte)value),
                <= 0xFFFF => Byte(0x82).UInt16(value),
                _ => Byte(0x84).UInt32((uint)value),
            };
        }

        /// <summary>Data: array; its elements follow.</summary>
        public AxdrWriter Array(int elements)
        {
            return Byte((byte)DataTag.Array).Count(elements);
        }

        /// <summary>Data: structure; its elements follow.</summary>
        public AxdrWriter Structure(int elements)
        {
            return Byte((byte)DataTag.Structure).Count(elements);
        }

        /// <summary>Data: null-data.</summary>
        public AxdrWriter Null()
        {
            return Byte((byte)DataTag.Null);
        }

        /// <summary>Data: boolean.</summary>
        public AxdrWriter Boolean(bool value)
        {
            return Byte((byte)DataTag.Boolean).Byte(value ? (byte)1 : (byte)0);
        }

        /// <summary>Data: bit-string of 24 bits.</summary>
        public AxdrWriter BitString24(int value)
        {
            return Byte((byte)DataTag.BitString).Count(24).Byte((byte)(value >> 16)).UInt16(value);
        }

        /// <summary>Data: octet-string.</summary>
        public AxdrWriter OctetString(ReadOnlySpan<byte> value)
        {
            return Byte((byte)DataTag.OctetString).Count(value.Length).Bytes(value);
        }

        /// <summary>Data: integer, 8 bits.</summary>
        public AxdrWriter Integer(int value)
        {
            return Byte((byte)DataTag.Integer).Byte((byte)value);
        }

        /// <summary>Data: long, 16 bits.</summary>
        public AxdrWriter Long(int value)
        {
            return Byte((byte)DataTag.Long).UInt16(value);
        }

        /// <summary>Data: unsigned, 8 bits.</summary>
        public AxdrWriter Unsigned(int value)
        {
            return Byte((byte)DataTag.Unsigned).Byte((byte)value);
        }

        /// <summary>Data: long-unsigned, 16 bits.</summary>
        public AxdrWriter LongUnsigned(int value)
        {
            return Byte((byte)DataTag.LongUnsigned).UInt16(value);
        }

        /// <summary>Data: double-long-unsigned, 32 bits.</summary>
        public AxdrWriter DoubleLongUnsigned(uint value)
        {
            return Byte((byte)DataTag.DoubleLongUnsigned).UInt32(value);
        }

        /// <summary>Data: enum.</summary>
        public AxdrWriter Enum(int value)
        {
            return Byte((byte)DataTag.Enum).Byte((byte)value);
        }

        /// <summary>Data: octet-string with a logical name.</summary>
        public AxdrWriter LogicalName(Obis name)
        {
            return OctetString(name.ToBytes());
        }
    }
}
