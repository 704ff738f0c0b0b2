using System;

namespace NanoComm.WiSun
{
    /// <summary>The text of one command, as it goes out.</summary>
    internal sealed class SkCommand
    {
        private const int LongestCommand = 96;

        /// <summary>The text, from index 0.</summary>
        public readonly byte[] Bytes = new byte[LongestCommand];

        /// <summary>Its length in bytes.</summary>
        public int Length { get; private set; }

        /// <summary>Forgets what is there: a password does not stay.</summary>
        public void Clear()
        {
            Array.Clear(Bytes, 0, LongestCommand);
            Length = 0;
        }

        /// <summary>Adds ASCII text.</summary>
        public void Add(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                Bytes[Length++] = (byte)text[i];
            }
        }

        /// <summary>Adds ASCII text.</summary>
        public void Add(byte[] text)
        {
            Array.Copy(text, 0, Bytes, Length, text.Length);
            Length += text.Length;
        }

        /// <summary>Adds a number in so many hexadecimal digits.</summary>
        public void AddHex(int value, int digits)
        {
            for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
            {
                int digit = (value >> shift) & 0x0F;
                Bytes[Length++] = (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);
            }
        }

        /// <summary>Adds an IPv6 address, written in full.</summary>
        /// <param name="address">16 bytes.</param>
        public void AddAddress(byte[] address)
        {
            for (int i = 0; i < SkParser.AddressLength; i += 2)
            {
                if (i > 0)
                {
                    Add(":");
                }

                AddHex((address[i] << 8) | address[i + 1], 4);
            }
        }
    }
}
