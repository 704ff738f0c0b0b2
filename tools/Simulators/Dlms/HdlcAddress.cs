using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// An HDLC address (IEC 62056-46, 6.4.2.2). A client's has one byte. A server's has one, two or four: the upper address
    /// alone, which is the logical device, or with it the lower one, which is the physical device on a line that several
    /// share. The lowest bit of each byte tells whether it is the last.
    /// </summary>
    /// <param name="Upper">Upper address: 0…127, or 0…16383 in four bytes.</param>
    /// <param name="Lower">Lower address, of the same range; 0 in one byte, which has none.</param>
    /// <param name="Length">Bytes it is written in: 1, 2 or 4.</param>
    public readonly record struct HdlcAddress(int Upper, int Lower, int Length)
    {
        /// <summary>Highest address of a device; above it are the calling device and all stations.</summary>
        public const int Highest = 0x3FFD;

        private const int LongestLength = 4;
        private const int BitsPerByte = 7;
        private const int Mask = 0x7F;

        /// <summary>An address of one byte.</summary>
        public static implicit operator HdlcAddress(byte upper)
        {
            return new HdlcAddress(upper, 0, 1);
        }

        /// <summary>Bytes of the address at the beginning.</summary>
        /// <returns>0 when more bytes are needed to tell, -1 when it is none.</returns>
        public static int LengthOf(ReadOnlySpan<byte> bytes)
        {
            for (int i = 0; i < Math.Min(bytes.Length, LongestLength); i++)
            {
                if ((bytes[i] & 1) != 0)
                {
                    return i + 1 == 3 ? -1 : i + 1;
                }
            }

            return bytes.Length < LongestLength ? 0 : -1;
        }

        /// <summary>Reads an address.</summary>
        /// <param name="bytes">As many as it has: 1, 2 or 4.</param>
        public static HdlcAddress Parse(ReadOnlySpan<byte> bytes)
        {
            int half = bytes.Length / 2;
            return bytes.Length == 1 ? new HdlcAddress(bytes[0] >> 1, 0, 1)
                : new HdlcAddress(Number(bytes[..half]), Number(bytes[half..]), bytes.Length);
        }

        /// <summary>Writes it.</summary>
        /// <param name="bytes">Takes <see cref="Length"/> bytes.</param>
        public void Write(Span<byte> bytes)
        {
            int half = (Length + 1) / 2;
            Write(Upper, bytes[..half]);
            Write(Lower, bytes[half..Length]);
            bytes[Length - 1] |= 1;
        }

        private static int Number(ReadOnlySpan<byte> bytes)
        {
            int value = 0;
            foreach (byte one in bytes)
            {
                value = (value << BitsPerByte) | (one >> 1);
            }

            return value;
        }

        private static void Write(int value, Span<byte> bytes)
        {
            for (int i = bytes.Length - 1; i >= 0; i--)
            {
                bytes[i] = (byte)((value & Mask) << 1);
                value >>= BitsPerByte;
            }
        }
    }
}
