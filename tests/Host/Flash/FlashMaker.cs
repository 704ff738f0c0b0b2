using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NanoComm.Tests.Host.Flash
{
    /// <summary>A board's flash of 4 MB: the partition table of the firmware image, and a volume where it says.</summary>
    internal static class FlashMaker
    {
        private const int Length = 4 << 20;
        private const int Table = 0x8000;
        private const int Config = 0x3C0000;
        private const int RowLength = 32;

        private static readonly (string Label, byte Type, byte SubType, uint Offset, uint Length)[] Rows =
        [
            ("nvs", 1, 2, 0x9000, 0x6000),
            ("phy_init", 1, 1, 0xF000, 0x1000),
            ("factory", 0, 0, 0x10000, 0x1D0000),
            ("deploy", 1, 0x84, 0x1E0000, 0x1C0000),
            ("config", 1, 0x83, Config, 0x40000),
        ];

        /// <summary>Makes it.</summary>
        /// <param name="volume">The records' volume; null for an erased one.</param>
        public static byte[] Make(byte[] volume = null)
        {
            var flash = new byte[Length];
            Array.Fill(flash, (byte)0xFF);
            Span<byte> table = flash.AsSpan(Table);
            for (int i = 0; i < Rows.Length; i++)
            {
                Span<byte> row = table.Slice(i * RowLength, RowLength);
                row.Clear();
                row[0] = 0xAA;
                row[1] = 0x50;
                row[2] = Rows[i].Type;
                row[3] = Rows[i].SubType;
                BinaryPrimitives.WriteUInt32LittleEndian(row[4..], Rows[i].Offset);
                BinaryPrimitives.WriteUInt32LittleEndian(row[8..], Rows[i].Length);
                Encoding.ASCII.GetBytes(Rows[i].Label, row[12..]);
            }

            Span<byte> sum = table.Slice(Rows.Length * RowLength, RowLength);
            sum[0] = sum[1] = 0xEB;
            MD5.HashData(table[..(Rows.Length * RowLength)], sum[16..]);
            volume?.CopyTo(flash, Config);
            return flash;
        }
    }
}
