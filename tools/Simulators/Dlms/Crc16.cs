using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>CRC-16/X-25, the check sequence of HDLC frames (ISO/IEC 13239 4.2.5.2).</summary>
    public static class Crc16
    {
        private const ushort Polynomial = 0x8408;

        private static readonly ushort[] Table = MakeTable();

        /// <summary>The check sequence; it goes on the line low byte first.</summary>
        public static ushort Compute(ReadOnlySpan<byte> bytes)
        {
            ushort crc = 0xFFFF;
            foreach (byte b in bytes)
            {
                crc = (ushort)((crc >> 8) ^ Table[(crc ^ b) & 0xFF]);
            }

            return (ushort)~crc;
        }

        private static ushort[] MakeTable()
        {
            var table = new ushort[256];
            for (int i = 0; i < table.Length; i++)
            {
                ushort value = (ushort)i;
                for (int bit = 0; bit < 8; bit++)
                {
                    value = (ushort)((value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1);
                }

                table[i] = value;
            }

            return table;
        }
    }
}
