using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>Writes A-XDR (IEC 61334-6) and the data types of COSEM (Green Book 9.5).</summary>
    public sealed class AxdrWriter
    {
        private readonly List<byte> _bytes = new();

        /// <summary>Bytes written so far.</summary>
        public int Length => _bytes.Count;

        /// <summary>Everything written.</summary>
        public byte[] ToArray()
        {
            return _bytes.ToArray();
        }

        /// <summary>One byte.</summary>
        public AxdrWriter Byte(byte value)
        {
            _bytes.Add(value);
            return this;
        }

        /// <summary>Bytes as they are.</summary>
        public AxdrWriter Bytes(ReadOnlySpan<byte> value)
        {
            _bytes.AddRange(value);
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
