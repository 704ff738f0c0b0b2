using System;

namespace NanoComm.Tests.Hil
{
    /// <summary>Changes what a response of the meter tells of minutes: D0, the newest one, and EE, rows back from a time.</summary>
    internal static class MinuteFrame
    {
        private const int Properties = 12;
        private const byte GetRes = 0x72;
        private const byte Newest = 0xD0;
        private const byte Rows = 0xEE;
        private const int RowLength = 8;

        public delegate void Changer(int minute, Span<byte> registers);

        public static byte[] Change(byte[] datagram, Changer change)
        {
            if (datagram.Length < Properties || datagram[10] != GetRes)
            {
                return datagram;
            }

            for (int at = Properties, i = 0; i < datagram[11]; i++)
            {
                Span<byte> edt = datagram.AsSpan(at + 2, datagram[at + 1]);
                if (datagram[at] == Newest && edt.Length >= 7 + RowLength)
                {
                    change(edt[5], edt.Slice(7, RowLength));
                }
                else if (datagram[at] == Rows && edt.Length > 7)
                {
                    for (int row = 0; row < edt[6]; row++)
                    {
                        change((edt[5] + 60 - row) % 60, edt.Slice(7 + (row * RowLength), RowLength));
                    }
                }

                at += 2 + edt.Length;
            }

            return datagram;
        }

        public static void SetNoData(Span<byte> registers)
        {
            registers.Fill(0xFF);
            registers[3] = 0xFE;
            registers[7] = 0xFE;
        }
    }
}
