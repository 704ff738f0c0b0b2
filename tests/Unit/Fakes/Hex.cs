using System;

namespace NanoComm.Tests
{
    /// <summary>Bytes as text: upper-case hexadecimal digits, so that frames can stand in a data row.</summary>
    public static class Hex
    {
        private const string Digits = "0123456789ABCDEF";

        /// <summary>Reads digits; blanks between bytes do not matter.</summary>
        public static byte[] Parse(string text)
        {
            string digits = Compact(text);
            var bytes = new byte[digits.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)((Digit(digits[2 * i]) << 4) | Digit(digits[(2 * i) + 1]));
            }

            return bytes;
        }

        /// <summary>Writes bytes.</summary>
        public static string Format(byte[] bytes, int offset, int count)
        {
            var digits = new char[2 * count];
            for (int i = 0; i < count; i++)
            {
                digits[2 * i] = Digits[bytes[offset + i] >> 4];
                digits[(2 * i) + 1] = Digits[bytes[offset + i] & 0x0F];
            }

            return new string(digits);
        }

        /// <summary>The same without blanks.</summary>
        public static string Compact(string text)
        {
            var digits = new char[text.Length];
            int count = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] != ' ')
                {
                    digits[count++] = text[i];
                }
            }

            return new string(digits, 0, count);
        }

        /// <summary>The same text several times.</summary>
        public static string Repeat(string text, int times)
        {
            var repeated = new char[text.Length * times];
            for (int i = 0; i < repeated.Length; i++)
            {
                repeated[i] = text[i % text.Length];
            }

            return new string(repeated);
        }

        private static int Digit(char c)
        {
            int digit = Digits.IndexOf(c);
            if (digit < 0)
            {
                throw new ArgumentException();
            }

            return digit;
        }
    }
}
