using NanoComm.Bytes;

namespace NanoComm.Dlms
{
    /// <summary>
    /// Reads an APDU from front to back: A-XDR (IEC 61334-6) and the BER of the association APDUs. The first read
    /// that finds something else, or the end, fails; from then on every read fails and gives 0, so that a caller may
    /// look at <see cref="IsGood"/> once, at the end. Nothing outside of the APDU is ever touched.
    /// </summary>
    public sealed class ApduReader
    {
        // Fields, not automatic properties: on the device a call costs as much as ten other steps.
        private byte[] _buffer;
        private int _position;
        private int _end;
        private bool _isGood;

        /// <summary>Holds the APDU.</summary>
        public byte[] Buffer => _buffer;

        /// <summary>Offset of the next byte.</summary>
        public int Position => _position;

        /// <summary>Bytes left.</summary>
        public int Remaining => _end - _position;

        /// <summary>Whether every read so far found what it was to find.</summary>
        public bool IsGood => _isGood;

        /// <summary>Whether all was read and every read was good.</summary>
        public bool IsAtEnd => _isGood && _position == _end;

        /// <summary>Starts on a part of a buffer.</summary>
        /// <param name="buffer">The buffer, which stays the caller's.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="length">How many bytes; the part lies within the buffer.</param>
        public void Open(byte[] buffer, int offset, int length)
        {
            _buffer = buffer;
            _position = offset;
            _end = offset + length;
            _isGood = true;
        }

        /// <summary>The next byte, left where it is; -1 when there is none.</summary>
        public int Peek()
        {
            return _isGood && _position < _end ? _buffer[_position] : -1;
        }

        /// <summary>Passes over bytes.</summary>
        /// <param name="count">How many, 0 and up.</param>
        /// <returns>Offset of the first of them, or 0 when there are not so many.</returns>
        public int Take(int count)
        {
            if (!_isGood || count < 0 || count > _end - _position)
            {
                _isGood = false;
                return 0;
            }

            int offset = _position;
            _position += count;
            return offset;
        }

        /// <summary>Reads a byte.</summary>
        public int ReadU8()
        {
            if (!_isGood || _position >= _end)
            {
                _isGood = false;
                return 0;
            }

            return _buffer[_position++];
        }

        /// <summary>Reads two bytes, big-endian.</summary>
        public int ReadU16()
        {
            int offset = Take(2);
            return _isGood ? BigEndian.ReadU16(_buffer, offset) : 0;
        }

        /// <summary>Reads four bytes, big-endian.</summary>
        public uint ReadU32()
        {
            int offset = Take(4);
            return _isGood ? BigEndian.ReadU32(_buffer, offset) : 0;
        }

        /// <summary>Passes over a byte that must have a certain value.</summary>
        /// <param name="value">The value.</param>
        public void Expect(int value)
        {
            if (!_isGood || _position >= _end || _buffer[_position] != value)
            {
                _isGood = false;
                return;
            }

            _position++;
        }

        /// <summary>Reads a length: one byte up to 127, else 81…84 and as many bytes as that says.</summary>
        /// <returns>Never more than the bytes left behind it.</returns>
        public int ReadLength()
        {
            int length = ReadCount();
            if (length > _end - _position)
            {
                _isGood = false;
                return 0;
            }

            return length;
        }

        /// <summary>Reads a number of elements, coded as a length.</summary>
        /// <returns>0…2,147,483,647; each element has a byte at least, but they may come in later blocks.</returns>
        public int ReadCount()
        {
            int size = _isGood ? CosemData.MeasureLength(_buffer, _position, _end, out int value) : Fail(out value);
            if (size <= 0)
            {
                _isGood = false;
                return 0;
            }

            _position += size;
            return value;
        }

        /// <summary>Passes over one value of type Data, with all that it contains.</summary>
        /// <returns>Its length in bytes.</returns>
        public int SkipData()
        {
            int length = _isGood ? CosemData.Measure(_buffer, _position, _end, CosemData.MaxDepth) : CosemData.Malformed;
            if (length <= 0)
            {
                _isGood = false;
                return 0;
            }

            _position += length;
            return length;
        }

        /// <summary>Reads an octet-string or visible-string.</summary>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>Offset of its first byte in <see cref="Buffer"/>.</returns>
        public int ReadOctets(out int length)
        {
            int type = ReadU8();
            if (type != CosemType.OctetString && type != CosemType.VisibleString)
            {
                _isGood = false;
            }

            length = ReadLength();
            return Take(length);
        }

        private static int Fail(out int value)
        {
            value = 0;
            return CosemData.Malformed;
        }
    }
}
