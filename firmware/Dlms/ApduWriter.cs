using System;

namespace NanoComm.Dlms
{
    /// <summary>
    /// Writes an APDU from front to back. What does not fit is not written, and <see cref="IsGood"/> says so at the
    /// end. In front of the APDU there is room for the header of its ciphered form.
    /// </summary>
    public sealed class ApduWriter
    {
        /// <summary>Bytes of room in front of the APDU.</summary>
        public const int Start = Ciphering.MaxHeaderLength;

        private readonly byte[] _buffer;
        private readonly int _end;
        private int _position;
        private bool _isGood;

        /// <summary>Makes a writer.</summary>
        /// <param name="capacity">Longest APDU in bytes. There is room for a tag behind it.</param>
        public ApduWriter(int capacity)
        {
            _end = Start + capacity;
            _buffer = new byte[_end + Ciphering.TagLength];
        }

        /// <summary>Holds the APDU from <see cref="Start"/> on.</summary>
        public byte[] Buffer => _buffer;

        /// <summary>Offset of the next byte.</summary>
        public int Position => _position;

        /// <summary>Bytes written.</summary>
        public int Length => _position - Start;

        /// <summary>Whether all fitted.</summary>
        public bool IsGood => _isGood;

        /// <summary>Starts an APDU.</summary>
        public void Open()
        {
            _position = Start;
            _isGood = true;
        }

        /// <summary>Leaves room.</summary>
        /// <param name="count">How many bytes.</param>
        /// <returns>Offset of the first of them; <see cref="Start"/> when they do not fit.</returns>
        public int Reserve(int count)
        {
            if (count > _end - _position)
            {
                _isGood = false;
                return Start;
            }

            int offset = _position;
            _position += count;
            return offset;
        }

        /// <summary>Writes a byte.</summary>
        /// <param name="value">Its lowest 8 bits.</param>
        public void WriteU8(int value)
        {
            if (_position < _end)
            {
                _buffer[_position++] = (byte)value;
            }
            else
            {
                _isGood = false;
            }
        }

        /// <summary>Writes two bytes, big-endian.</summary>
        /// <param name="value">Its lowest 16 bits.</param>
        public void WriteU16(int value)
        {
            WriteU8(value >> 8);
            WriteU8(value);
        }

        /// <summary>Writes four bytes, big-endian.</summary>
        /// <param name="value">The number.</param>
        public void WriteU32(uint value)
        {
            WriteU16((int)(value >> 16));
            WriteU16((int)value);
        }

        /// <summary>Writes bytes.</summary>
        /// <param name="source">Holds them.</param>
        /// <param name="offset">The first one.</param>
        /// <param name="count">How many.</param>
        public void Write(byte[] source, int offset, int count)
        {
            if (count > _end - _position)
            {
                _isGood = false;
                return;
            }

            Array.Copy(source, offset, _buffer, _position, count);
            _position += count;
        }

        /// <summary>Writes a length: one byte up to 127, else 81 or 82 and one or two bytes.</summary>
        /// <param name="length">0…65,535.</param>
        public void WriteLength(int length)
        {
            if (length > 0xFF)
            {
                WriteU8(0x82);
                WriteU16(length);
                return;
            }

            if (length > 0x7F)
            {
                WriteU8(0x81);
            }

            WriteU8(length);
        }
    }
}
