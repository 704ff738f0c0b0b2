using System;
using System.Buffers.Binary;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// Reads A-XDR. A wrong or missing byte is remembered in <see cref="IsGood"/>, and from there on everything reads
    /// as zero or empty: a parser reads straight on and looks once, at the end.
    /// </summary>
    public ref struct AxdrReader
    {
        private ReadOnlySpan<byte> _rest;

        /// <summary>Begins at the first byte.</summary>
        public AxdrReader(ReadOnlySpan<byte> bytes)
        {
            _rest = bytes;
            IsGood = true;
        }

        /// <summary>Whether everything so far was as expected.</summary>
        public bool IsGood { get; private set; }

        /// <summary>Whether everything was as expected and nothing is left.</summary>
        public readonly bool IsGoodToTheEnd => IsGood && _rest.IsEmpty;

        /// <summary>Bytes not read yet.</summary>
        public readonly int Left => _rest.Length;

        /// <summary>Takes bytes.</summary>
        public ReadOnlySpan<byte> Bytes(int count)
        {
            if (count < 0 || count > _rest.Length)
            {
                Fail();
                return default;
            }

            ReadOnlySpan<byte> bytes = _rest[..count];
            _rest = _rest[count..];
            return bytes;
        }

        /// <summary>Takes what is left.</summary>
        public ReadOnlySpan<byte> Rest()
        {
            return Bytes(_rest.Length);
        }

        /// <summary>Takes a byte.</summary>
        public byte Byte()
        {
            ReadOnlySpan<byte> bytes = Bytes(1);
            return bytes.IsEmpty ? (byte)0 : bytes[0];
        }

        /// <summary>Takes a 16-bit number.</summary>
        public ushort UInt16()
        {
            ReadOnlySpan<byte> bytes = Bytes(2);
            return bytes.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        /// <summary>Takes a 32-bit number.</summary>
        public uint UInt32()
        {
            ReadOnlySpan<byte> bytes = Bytes(4);
            return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }

        /// <summary>Takes a length or count, at most two bytes long.</summary>
        public int Count()
        {
            byte first = Byte();
            switch (first)
            {
                case < 0x80:
                    return first;
                case 0x81:
                    return Byte();
                case 0x82:
                    return UInt16();
                default:
                    Fail();
                    return 0;
            }
        }

        /// <summary>Takes a byte that must have a value.</summary>
        public void Expect(byte value)
        {
            Require(Byte() == value);
        }

        /// <summary>Takes a tag.</summary>
        public void Expect(DataTag tag)
        {
            Expect((byte)tag);
        }

        /// <summary>Takes the head of a structure of so many elements.</summary>
        public void Structure(int elements)
        {
            Expect(DataTag.Structure);
            Require(Count() == elements);
        }

        /// <summary>Takes data: octet-string.</summary>
        public ReadOnlySpan<byte> OctetString()
        {
            Expect(DataTag.OctetString);
            return Bytes(Count());
        }

        /// <summary>Takes an untagged logical name.</summary>
        public Obis LogicalName()
        {
            ReadOnlySpan<byte> bytes = Bytes(Obis.Length);
            return bytes.IsEmpty ? default : Obis.FromBytes(bytes);
        }

        /// <summary>Takes data: octet-string with a logical name.</summary>
        public Obis LogicalNameData()
        {
            ReadOnlySpan<byte> bytes = OctetString();
            Require(bytes.Length == Obis.Length);
            return IsGood ? Obis.FromBytes(bytes) : default;
        }

        /// <summary>Takes data: integer.</summary>
        public sbyte Integer()
        {
            Expect(DataTag.Integer);
            return (sbyte)Byte();
        }

        /// <summary>Takes data: boolean; whatever is not 0 is true.</summary>
        public bool Boolean()
        {
            Expect(DataTag.Boolean);
            return Byte() != 0;
        }

        /// <summary>Takes data: unsigned.</summary>
        public byte Unsigned()
        {
            Expect(DataTag.Unsigned);
            return Byte();
        }

        /// <summary>Takes data: long-unsigned.</summary>
        public ushort LongUnsigned()
        {
            Expect(DataTag.LongUnsigned);
            return UInt16();
        }

        /// <summary>Takes data: double-long-unsigned.</summary>
        public uint DoubleLongUnsigned()
        {
            Expect(DataTag.DoubleLongUnsigned);
            return UInt32();
        }

        /// <summary>Takes any data and leaves out what it says.</summary>
        /// <param name="depth">Structures and arrays inside each other at most.</param>
        /// <returns>The data with its tag.</returns>
        public ReadOnlySpan<byte> Data(int depth)
        {
            ReadOnlySpan<byte> before = _rest;
            SkipData(depth);
            return IsGood ? before[..(before.Length - _rest.Length)] : default;
        }

        /// <summary>Gives up unless a condition holds.</summary>
        public void Require(bool condition)
        {
            if (!condition)
            {
                Fail();
            }
        }

        private void SkipData(int depth)
        {
            Require(depth > 0);
            switch (Byte())
            {
                case 0:
                    break;
                case 1 or 2:
                    int elements = Count();
                    for (int i = 0; i < elements && IsGood; i++)
                    {
                        SkipData(depth - 1);
                    }

                    break;
                case 3 or 13 or 15 or 17 or 22:
                    Bytes(1);
                    break;
                case 4:
                    Bytes((Count() + 7) / 8);
                    break;
                case 5 or 6 or 23 or 27:
                    Bytes(4);
                    break;
                case 9 or 10 or 12:
                    Bytes(Count());
                    break;
                case 16 or 18:
                    Bytes(2);
                    break;
                case 20 or 21 or 24:
                    Bytes(8);
                    break;
                case 25:
                    Bytes(12);
                    break;
                case 26:
                    Bytes(5);
                    break;
                default:
                    Fail();
                    break;
            }
        }

        private void Fail()
        {
            IsGood = false;
            _rest = default;
        }
    }
}
