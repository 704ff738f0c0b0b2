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
            var bytes = new byte[text.Length / 2];
            int count = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] != ' ')
                {
                    bytes[count++] = (byte)((Digit(text[i]) << 4) | Digit(text[++i]));
                }
            }

            var result = new byte[count];
            Array.Copy(bytes, result, count);
            return result;
        }

        /// <summary>Writes bytes.</summary>
        public static string Format(byte[] bytes, int offset, int count)
        {
            var text = new StringBuilder(count * 2);
            for (int i = offset; i < offset + count; i++)
            {
                text.Append(Digits[bytes[i] >> 4]);
                text.Append(Digits[bytes[i] & 0x0F]);
            }

            return text.ToString();
        }

        private static int Digit(char c)
        {
            int digit = Digits.IndexOf(c);
            return digit >= 0 ? digit : throw new ArgumentException();
        }
    }
}
