using System;
using System.Text;

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
            var text = new StringBuilder();
            for (int i = offset; i < offset + count; i++)
            {
                text.Append(Digits[bytes[i] >> 4]);
                text.Append(Digits[bytes[i] & 0x0F]);
            }

            return text.ToString();
        }

        /// <summary>The same without blanks.</summary>
        public static string Compact(string text)
        {
            var digits = new StringBuilder();
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] != ' ')
                {
                    digits.Append(text[i]);
                }
            }

            return digits.ToString();
        }

        /// <summary>The same bytes several times.</summary>
        public static string Repeat(string text, int times)
        {
            var repeated = new StringBuilder();
            for (int i = 0; i < times; i++)
            {
                repeated.Append(text);
            }

            return repeated.ToString();
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
