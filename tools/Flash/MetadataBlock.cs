using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NanoComm.Flash
{
    /// <summary>
    /// One block of a metadata pair: its revision, and what its whole commits make of it (SPEC.md, "Directories / Metadata
    /// pairs"). A commit counts when its CRC is right; what is behind the last one that counts was never finished.
    /// </summary>
    internal sealed class MetadataBlock
    {
        private const int RevisionLength = 4;
        private const int CheckLength = 4;
        private const uint FirstTag = 0xFFFFFFFF;
        private const uint ValidBit = 0x80000000;
        private const int MaxEntries = 0x3FF;
        private const int MoveStateLength = 12;

        private readonly List<MetadataEntry> _entries = [];

        private MetadataBlock(uint revision)
        {
            Revision = revision;
        }

        public uint Revision { get; }

        public IReadOnlyList<MetadataEntry> Entries => _entries;

        /// <summary>The next metadata pair.</summary>
        public BlockPair Tail { get; private set; } = BlockPair.Null;

        /// <summary>Whether the next metadata pair belongs to the same directory.</summary>
        public bool IsTailOfDirectory { get; private set; }

        /// <summary>What the block adds to the state of a move; empty for nothing.</summary>
        public ReadOnlyMemory<byte> MoveState { get; private set; }

        /// <summary>Reads a block.</summary>
        /// <returns>Null when it holds no whole commit.</returns>
        public static MetadataBlock Read(ReadOnlyMemory<byte> block)
        {
            List<(MetadataTag Tag, ReadOnlyMemory<byte> Data)> tags = Commits(block);
            if (tags is null)
            {
                return null;
            }

            var result = new MetadataBlock(ReadRevision(block.Span));
            foreach ((MetadataTag tag, ReadOnlyMemory<byte> data) in tags)
            {
                result.Apply(tag, data);
            }

            return result;
        }

        /// <summary>The revision of a block, whatever else is in it.</summary>
        public static uint ReadRevision(ReadOnlySpan<byte> block)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(block);
        }

        // The tags of all whole commits; null when there is none.
        private static List<(MetadataTag Tag, ReadOnlyMemory<byte> Data)> Commits(ReadOnlyMemory<byte> block)
        {
            ReadOnlySpan<byte> bytes = block.Span;
            var tags = new List<(MetadataTag, ReadOnlyMemory<byte>)>();
            int committed = -1;
            uint before = FirstTag;
            uint crc = LittleFsCrc.Add(LittleFsCrc.Start, bytes[..RevisionLength]);
            for (int at = RevisionLength; at + MetadataTag.Length <= bytes.Length;)
            {
                uint bits = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]) ^ before;
                var tag = new MetadataTag(bits);
                int data = at + MetadataTag.Length;
                if (!tag.IsValid || data + tag.DataLength > bytes.Length)
                {
                    break;
                }

                crc = LittleFsCrc.Add(crc, bytes.Slice(at, MetadataTag.Length));
                before = bits;
                if (tag.IsCheck)
                {
                    if (tag.DataLength < CheckLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes[data..]) != crc)
                    {
                        break;
                    }

                    committed = tags.Count;
                    crc = LittleFsCrc.Start;
                    before ^= tag.InvertsNext ? ValidBit : 0;
                }
                else
                {
                    crc = LittleFsCrc.Add(crc, bytes.Slice(data, tag.DataLength));
                    tags.Add((tag, block.Slice(data, tag.DataLength)));
                }

                at = data + tag.DataLength;
            }

            return committed < 0 ? null : tags[..committed];
        }

        private void Apply(MetadataTag tag, ReadOnlyMemory<byte> data)
        {
            if (tag.Type == MetadataTag.Create)
            {
                Grow(tag.Id - 1);
                _entries.Insert(Math.Min(tag.Id, _entries.Count), new MetadataEntry());
            }
            else if (tag.Type == MetadataTag.Delete)
            {
                if (tag.Id < _entries.Count)
                {
                    _entries.RemoveAt(tag.Id);
                }
            }
            else if (tag.Kind == MetadataTag.TailKind && data.Length == BlockPair.Length)
            {
                Tail = BlockPair.Read(data.Span);
                IsTailOfDirectory = tag.Type == MetadataTag.HardTail;
            }
            else if (tag.Type == MetadataTag.MoveState)
            {
                MoveState = data.Length == MoveStateLength ? data : default;
            }
            else if (tag.Kind is MetadataTag.NameKind or MetadataTag.StructKind && tag.Id < MaxEntries)
            {
                Describe(tag, data);
            }
        }

        private void Describe(MetadataTag tag, ReadOnlyMemory<byte> data)
        {
            Grow(tag.Id);
            MetadataEntry entry = _entries[tag.Id];
            if (tag.Kind == MetadataTag.NameKind)
            {
                entry.Type = tag.Type;
                entry.Name = data;
            }
            else
            {
                entry.Struct = tag.Type;
                entry.Content = data;
            }
        }

        private void Grow(int id)
        {
            while (_entries.Count <= id)
            {
                _entries.Add(new MetadataEntry());
            }
        }
    }
}
