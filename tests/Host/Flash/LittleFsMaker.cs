using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace NanoComm.Tests.Host.Flash
{
    /// <summary>Makes a littlefs volume (SPEC.md, version 2.0) with small files in one folder: as much as a unit's records are after an
    /// erasure. Written for the tests: it shares nothing with the reader.</summary>
    internal static class LittleFsMaker
    {
        private const int BlockSize = 4096;
        private const int Blocks = 64;
        private const int LongestInline = 0x3FE;
        private const uint Superblock = 0x0FF;
        private const uint Folder = 0x002;
        private const uint Regular = 0x001;
        private const uint FolderAt = 0x200;
        private const uint Inline = 0x201;
        private const uint Create = 0x401;
        private const uint Crc = 0x500;
        private const uint SoftTail = 0x600;

        /// <summary>Makes it.</summary>
        /// <param name="folder">The folder's name.</param>
        /// <param name="files">Its files, none longer than 1,022 bytes, all of them in one block.</param>
        public static byte[] Make(string folder, IReadOnlyDictionary<string, byte[]> files)
        {
            var volume = new byte[Blocks * BlockSize];
            Array.Fill(volume, (byte)0xFF);
            byte[] about = Words(0x00020000, BlockSize, Blocks, 0xFF, int.MaxValue, LongestInline);
            byte[] pair = Words(2, 3);
            Commit(volume, [(Create, 0, []), (Superblock, 0, "littlefs"u8.ToArray()), (Inline, 0, about), (Create, 1, []),
                (Folder, 1, Encoding.UTF8.GetBytes(folder)), (FolderAt, 1, pair), (SoftTail, 0x3FF, pair)]);
            var entries = new List<(uint, uint, byte[])>();
            uint id = 0;
            foreach ((string name, byte[] content) in files)
            {
                entries.AddRange([(Create, id, []), (Regular, id, Encoding.UTF8.GetBytes(name)), (Inline, id, content)]);
                id++;
            }

            Commit(volume.AsSpan(2 * BlockSize, BlockSize), entries);
            return volume;
        }

        /// <summary>Makes it of the files of a folder that end as records do.</summary>
        public static byte[] MakeOfRecords(string store)
        {
            var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (string file in Directory.GetFiles(store))
            {
                if (Path.GetExtension(file) is ".rec" or ".new")
                {
                    files.Add(Path.GetFileName(file), File.ReadAllBytes(file));
                }
            }

            return Make("records", files);
        }

        private static void Commit(Span<byte> block, List<(uint Type, uint Id, byte[] Content)> entries)
        {
            int place = 4;
            uint before = uint.MaxValue;
            BinaryPrimitives.WriteUInt32LittleEndian(block, 1);
            foreach ((uint type, uint id, byte[] content) in entries)
            {
                if (content.Length > LongestInline)
                {
                    throw new ArgumentException($"{content.Length} bytes do not stay inline");
                }

                place = Put(block, place, ref before, (type << 20) | (id << 10) | (uint)content.Length);
                content.CopyTo(block[place..]);
                place += content.Length;
            }

            place = Put(block, place, ref before, (Crc << 20) | (0x3FF << 10) | 4);
            BinaryPrimitives.WriteUInt32LittleEndian(block[place..], LittleFsForger.Add(uint.MaxValue, block[..place]));
        }

        private static int Put(Span<byte> block, int place, ref uint before, uint tag)
        {
            BinaryPrimitives.WriteUInt32BigEndian(block[place..], tag ^ before);
            before = tag;
            return place + 4;
        }

        private static byte[] Words(params int[] values)
        {
            var bytes = new byte[4 * values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
            }

            return bytes;
        }
    }
}
