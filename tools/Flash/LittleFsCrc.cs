using System;

namespace NanoComm.Flash
{
    /// <summary>The CRC-32 of littlefs (SPEC.md): polynomial 0x04C11DB7, bits reflected, from all ones on, not inverted at the
    /// end.</summary>
    internal static class LittleFsCrc
    {
        public const uint Start = 0xFFFFFFFF;

        private const uint Polynomial = 0xEDB88320;

        private static readonly uint[] Table = MakeTable();

        public static uint Add(uint crc, ReadOnlySpan<byte> bytes)
        {
            foreach (byte b in bytes)
            {
                crc = (crc >> 8) ^ Table[(crc ^ b) & 0xFF];
            }

            return crc;
        }

        private static uint[] MakeTable()
        {
            var table = new uint[256];
            for (uint i = 0; i < table.Length; i++)
            {
                uint row = i;
                for (int bit = 0; bit < 8; bit++)
                {
                    row = (row >> 1) ^ ((row & 1) == 0 ? 0 : Polynomial);
                }

                table[i] = row;
            }

            return table;
        }
    }
}
