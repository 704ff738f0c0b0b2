using System;

namespace NanoComm.WiSun
{
    /// <summary>A line of a module, and a cursor that reads its fields: words apart by one blank, numbers of a fixed
    /// count of digits. What does not fit is not read, and says so.</summary>
    internal sealed class SkLine
    {
        private const byte Blank = 0x20;

        private readonly byte[] _bytes;
        private int _at;

        /// <summary>Makes an empty line.</summary>
        /// <param name="maxLength">Longest line in bytes.</param>
        public SkLine(int maxLength)
        {
            _bytes = new byte[maxLength];
        }

        /// <summary>Bytes so far.</summary>
        public int Length { get; private set; }

        /// <summary>Whether it got longer than a line can be: then it is worth nothing.</summary>
        public bool IsTooLong { get; private set; }

        /// <summary>Whether nothing is left to read.</summary>
        public bool IsAtEnd
        {
            get { return _at >= Length; }
        }

        /// <summary>Length of the next word, 0 at the end.</summary>
        public int WordLength
        {
            get
            {
                int end = _at;
                while (end < Length && _bytes[end] != Blank)
                {
                    end++;
                }

                return end - _at;
            }
        }

        /// <summary>A byte of the line.</summary>
        public byte this[int index]
        {
            get { return _bytes[index]; }
        }

        /// <summary>Begins a new line.</summary>
        public void Clear()
        {
            Length = 0;
            IsTooLong = false;
            _at = 0;
        }

        /// <summary>Adds bytes.</summary>
        public void Add(byte[] bytes, int offset, int count)
        {
            IsTooLong |= Length + count > _bytes.Length;
            if (!IsTooLong)
            {
                Array.Copy(bytes, offset, _bytes, Length, count);
                Length += count;
            }
        }

        /// <summary>Puts the cursor back to the start.</summary>
        public void Rewind()
        {
            _at = 0;
        }

        /// <summary>Reads a text, if it is that one.</summary>
        public bool Skip(string text)
        {
            if (Length - _at < text.Length)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (_bytes[_at + i] != text[i])
                {
                    return false;
                }
            }

            _at += text.Length;
            return true;
        }

        /// <summary>Reads a word, if it is that one, and the blank behind it.</summary>
        public bool SkipWord(string word)
        {
            return WordLength == word.Length && Skip(word) && EndField();
        }

        /// <summary>Reads a hexadecimal field of so many digits, 1…16, as a number of 63 bits.</summary>
        public bool ReadHex(int digits, out long value)
        {
            value = 0;
            if (digits == 0 || WordLength != digits)
            {
                return false;
            }

            for (int i = 0; i < digits; i++)
            {
                int digit = SkDigits.Values[_bytes[_at++]];
                if (digit < 0)
                {
                    return false;
                }

                value = (value << 4) | (uint)digit;
            }

            return value >= 0 && EndField();
        }

        /// <summary>Reads a hexadecimal field of so many digits, 1…7.</summary>
        public bool ReadHex(int digits, out int value)
        {
            bool isRead = ReadHex(digits, out long number);
            value = (int)number;
            return isRead;
        }

        /// <summary>Reads a decimal number of 1…5 digits.</summary>
        public bool ReadDecimal(out long value)
        {
            int digits = WordLength;
            value = 0;
            for (int i = 0; i < digits; i++)
            {
                int digit = _bytes[_at++] - '0';
                if (digit < 0 || digit > 9)
                {
                    return false;
                }

                value = (value * 10) + digit;
            }

            return digits > 0 && digits <= 5 && EndField();
        }

        /// <summary>Reads bytes, two hexadecimal digits each.</summary>
        public bool ReadBytes(byte[] bytes, int count)
        {
            if (WordLength != 2 * count)
            {
                return false;
            }

            sbyte[] digits = SkDigits.Values;
            for (int i = 0; i < count; i++)
            {
                int low = digits[_bytes[_at + 1]];
                int value = (digits[_bytes[_at]] << 4) | low;
                if (value < 0)
                {
                    return false;
                }

                bytes[i] = (byte)value;
                _at += 2;
            }

            return EndField();
        }

        /// <summary>Reads an IPv6 address, written in full.</summary>
        /// <param name="address">16 bytes.</param>
        public bool ReadAddress(byte[] address)
        {
            if (WordLength != SkParser.AddressDigits)
            {
                return false;
            }

            sbyte[] digits = SkDigits.Values;
            for (int i = 0; i < SkParser.AddressLength; i++)
            {
                if (i > 0 && (i & 1) == 0 && _bytes[_at++] != ':')
                {
                    return false;
                }

                int low = digits[_bytes[_at + 1]];
                int value = (digits[_bytes[_at]] << 4) | low;
                if (value < 0)
                {
                    return false;
                }

                address[i] = (byte)value;
                _at += 2;
            }

            return EndField();
        }

        private bool EndField()
        {
            return _at == Length || (_at < Length && _bytes[_at++] == Blank);
        }
    }
}
