namespace NanoComm.Bytes
{
    /// <summary>
    /// The check sequences of HDLC, HCS and FCS: CRC-16/X-25 (ISO/IEC 13239, 4.2.5), sent low byte first.
    /// </summary>
    public static class Crc16
    {
        /// <summary>Bytes of a check sequence.</summary>
        public const int Length = 2;

        // What four bits shifted out add to the register; polynomial 8408, the reflected 1021.
        private static readonly ushort[] NibbleTable =
        {
            0x0000, 0x1081, 0x2102, 0x3183, 0x4204, 0x5285, 0x6306, 0x7387,
            0x8408, 0x9489, 0xA50A, 0xB58B, 0xC60C, 0xD68D, 0xE70E, 0xF78F,
        };

        /// <summary>Computes the check sequence of a part of a buffer.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>0…FFFF.</returns>
        public static int Compute(byte[] buffer, int offset, int count)
        {
            ushort[] table = NibbleTable;
            int crc = 0xFFFF;
            for (int end = offset + count; offset < end; offset++)
            {
                crc ^= buffer[offset];
                crc = (crc >> 4) ^ table[crc & 0x0F];
                crc = (crc >> 4) ^ table[crc & 0x0F];
            }

            return crc ^ 0xFFFF;
        }

        /// <summary>Writes the check sequence of a part of a buffer right behind it.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">How many bytes.</param>
        public static void Append(byte[] buffer, int offset, int count)
        {
            int crc = Compute(buffer, offset, count);
            buffer[offset + count] = (byte)crc;
            buffer[offset + count + 1] = (byte)(crc >> 8);
        }

        /// <summary>Whether the right check sequence stands behind a part of a buffer.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">How many bytes, without the check sequence.</param>
        public static bool Matches(byte[] buffer, int offset, int count)
        {
            int crc = Compute(buffer, offset, count);
            return buffer[offset + count] == (byte)crc && buffer[offset + count + 1] == (byte)(crc >> 8);
        }
    }
}
