namespace NanoComm.Bytes
{
    /// <summary>The check sequence of ISO 3309 with 32 bits (FCS-32, as in Ethernet and zlib).</summary>
    public static class Crc32
    {
        /// <summary>Bytes of a check sequence.</summary>
        public const int Length = 4;

        // What four bits shifted out add to the register; polynomial EDB88320, the reflected 04C11DB7. A table for
        // eight bits would be faster by half and cost a kilobyte.
        private static readonly uint[] NibbleTable =
        {
            0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
            0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
        };

        /// <summary>Computes the check sequence of a part of a buffer.</summary>
        /// <param name="buffer">The buffer.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">How many bytes.</param>
        public static uint Compute(byte[] buffer, int offset, int count)
        {
            uint[] table = NibbleTable;
            uint crc = 0xFFFFFFFF;
            for (int end = offset + count; offset < end; offset++)
            {
                crc ^= buffer[offset];
                crc = (crc >> 4) ^ table[crc & 0x0F];
                crc = (crc >> 4) ^ table[crc & 0x0F];
            }

            return ~crc;
        }
    }
}
