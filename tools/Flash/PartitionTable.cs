using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace NanoComm.Flash
{
    /// <summary>
    /// The partition table of an ESP32's flash, as ESP-IDF lays it out (API guide, "Partition Tables"): rows of 32 bytes from
    /// 0x8000 on, little-endian, up to an MD5 of them or to what is erased.
    /// </summary>
    public static class PartitionTable
    {
        /// <summary>Where the table is.</summary>
        public const int Offset = 0x8000;

        private const int MaxLength = 0xC00;
        private const int RowLength = 32;
        private const int TypeAt = 2;
        private const int SubTypeAt = 3;
        private const int OffsetAt = 4;
        private const int LengthAt = 8;
        private const int LabelAt = 12;
        private const int LabelLength = 16;
        private const int SumAt = 16;
        private const ushort Magic = 0x50AA;
        private const ushort SumMagic = 0xEBEB;
        private const ushort Erased = 0xFFFF;

        /// <summary>Reads it.</summary>
        /// <param name="flash">The whole flash, from its first byte.</param>
        /// <returns>The rows, in the table's order.</returns>
        /// <exception cref="InvalidDataException">There is no table, it is damaged, or a partition is not in the flash.</exception>
        public static IReadOnlyList<Partition> Read(ReadOnlySpan<byte> flash)
        {
            if (flash.Length < Offset + MaxLength)
            {
                throw new InvalidDataException($"{flash.Length:N0} bytes are no whole flash");
            }

            ReadOnlySpan<byte> table = flash.Slice(Offset, MaxLength);
            var partitions = new List<Partition>();
            for (int at = 0; at < MaxLength; at += RowLength)
            {
                ReadOnlySpan<byte> row = table.Slice(at, RowLength);
                ushort magic = BinaryPrimitives.ReadUInt16LittleEndian(row);
                if (magic == Erased)
                {
                    break;
                }

                if (magic == SumMagic)
                {
                    CheckSum(table[..at], row[SumAt..]);
                    break;
                }

                partitions.Add(magic == Magic ? ReadRow(row, flash.Length) : throw new InvalidDataException(
                    "there is no partition table at 0x8000: the flash is encrypted, or not that of an ESP32 with ESP-IDF"));
            }

            return partitions.Count > 0 ? partitions : throw new InvalidDataException(
                "the partition table at 0x8000 is erased: the board holds no firmware image");
        }

        // Of the sum's row only the second half is the sum.
        private static void CheckSum(ReadOnlySpan<byte> rows, ReadOnlySpan<byte> sum)
        {
            // The format's own check against bit errors; nothing is proven by it.
#pragma warning disable CA5351
            if (!MD5.HashData(rows).AsSpan().SequenceEqual(sum))
#pragma warning restore CA5351
            {
                throw new InvalidDataException("the partition table at 0x8000 is damaged: its MD5 is another one");
            }
        }

        private static Partition ReadRow(ReadOnlySpan<byte> row, int flashLength)
        {
            uint offset = BinaryPrimitives.ReadUInt32LittleEndian(row[OffsetAt..]);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(row[LengthAt..]);
            string label = Encoding.ASCII.GetString(row.Slice(LabelAt, LabelLength)).TrimEnd('\0');
            return (long)offset + length <= flashLength ? new Partition(label, row[TypeAt], row[SubTypeAt], offset, length)
                : throw new InvalidDataException($"the partition '{label}' ends behind the flash's {flashLength:N0} bytes: the copy is not whole");
        }
    }
}
