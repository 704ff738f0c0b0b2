using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Numerics;
using System.Text;

namespace NanoComm.Flash
{
    /// <summary>
    /// A littlefs volume, version 2.0 or 2.1, read from a copy of it, by its published specification (SPEC.md of littlefs). It is
    /// only ever looked at: what a power cut left unfinished is read as littlefs would finish it. Nothing that is in the copy,
    /// however damaged or made up, makes it fail otherwise than by its stated exception, read outside of it, or not end.
    /// </summary>
    public sealed class LittleFsVolume
    {
        private const int UsualBlockSize = 4096;
        private const int LeastBlockSize = 128;
        private const int MaxDepth = 32;
        private const int SuperblockLength = 24;
        private const int BlockSizeAt = 4;
        private const int BlockCountAt = 8;
        private const int VersionMajor = 2;
        private const int PointerLength = 4;
        private const uint MoveTypeMask = 0x70000000;
        private const int MovePairAt = 4;

        private static readonly BlockPair FirstPair = BlockPair.Of(0, 1);

        private readonly ReadOnlyMemory<byte> _bytes;
        private readonly Dictionary<BlockPair, MetadataBlock> _pairs = [];
        private readonly HashSet<BlockPair> _seen = [];
        private readonly List<LittleFsFile> _files = [];
        private readonly List<string> _faults = [];
        private int _blockSize;
        private int _blockCount;
        private BlockPair _root = FirstPair;
        private BlockPair _movedFrom = BlockPair.Null;
        private int _movedId;
        private long _budget;

        private LittleFsVolume(ReadOnlyMemory<byte> bytes)
        {
            _bytes = bytes;
        }

        /// <summary>Every file, in the order of the directories.</summary>
        public IReadOnlyList<LittleFsFile> Files => _files;

        /// <summary>What could not be read beside files: directories that are lost, or lead into themselves.</summary>
        public IReadOnlyList<string> Faults => _faults;

        /// <summary>The size of a block in bytes.</summary>
        public int BlockSize => _blockSize;

        /// <summary>Reads a volume.</summary>
        /// <param name="bytes">All of its partition.</param>
        /// <exception cref="InvalidDataException">There is no littlefs volume of version 2 in it.</exception>
        public static LittleFsVolume Read(ReadOnlyMemory<byte> bytes)
        {
            var volume = new LittleFsVolume(bytes);
            volume.ReadSuperblock();
            volume.FollowThread();
            volume.ReadDirectory(volume._root, "", 0);
            return volume;
        }

        // The size of a block stands in a block: the usual one is tried, and then what that says.
        private void ReadSuperblock()
        {
            ReadOnlyMemory<byte> superblock = ReadSuperblock(UsualBlockSize);
            int told = Told();
            if (told != UsualBlockSize && (superblock.IsEmpty || BlockSizeOf(superblock) == told))
            {
                superblock = ReadSuperblock(told);
            }

            if (superblock.Length < SuperblockLength)
            {
                throw new InvalidDataException("there is no littlefs volume");
            }

            uint version = BinaryPrimitives.ReadUInt32LittleEndian(superblock.Span);
            uint blockSize = BlockSizeOf(superblock);
            uint blockCount = BinaryPrimitives.ReadUInt32LittleEndian(superblock.Span[BlockCountAt..]);
            if (version >> 16 != VersionMajor)
            {
                throw new InvalidDataException($"the littlefs volume is of version {version >> 16}.{version & 0xFFFF}, which this program does not know");
            }

            if (blockSize != _blockSize || blockCount == 0 || blockCount > (uint)_blockCount)
            {
                throw new InvalidDataException($"the littlefs volume says that it has {blockCount} blocks of {blockSize} bytes, which do not fit the "
                    + $"{_bytes.Length:N0} bytes of its partition");
            }

            _blockCount = (int)blockCount;

            // More bytes than the volume has cannot be in its files, but a made-up volume may name the same blocks again and again.
            _budget = (long)_blockCount * _blockSize;
        }

        private ReadOnlyMemory<byte> ReadSuperblock(int blockSize)
        {
            _blockSize = blockSize;
            _blockCount = _bytes.Length / blockSize;
            _pairs.Clear();
            return Superblock(Fetch(FirstPair));
        }

        private static uint BlockSizeOf(ReadOnlyMemory<byte> superblock)
        {
            return superblock.Length < SuperblockLength ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(superblock.Span[BlockSizeAt..]);
        }

        // Magic and superblock are the first two entries of a first block, so that the size is at a fixed place there.
        private int Told()
        {
            const int At = 4 + 4 + 8 + 4 + BlockSizeAt;
            uint size = _bytes.Length < At + 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Span[At..]);
            return size >= LeastBlockSize && size <= (uint)_bytes.Length / 2 ? (int)size : UsualBlockSize;
        }

        private static ReadOnlyMemory<byte> Superblock(MetadataBlock block)
        {
            MetadataEntry first = block?.Entries.Count > 0 ? block.Entries[0] : null;
            return first is not null && first.Type == MetadataTag.Superblock && first.Struct == MetadataTag.InlineStruct
                && first.Name.Span.SequenceEqual("littlefs"u8) ? first.Content : default;
        }

        // All pairs hang on one thread. The last one that has a superblock is the root directory, and the states of a move that
        // they have make one together: where a power cut left a file at both its old and its new name, the old one does not count.
        private void FollowThread()
        {
            Span<byte> move = stackalloc byte[MovePairAt + BlockPair.Length];
            move.Clear();
            var seen = new HashSet<BlockPair>();
            MetadataBlock block;
            for (BlockPair pair = FirstPair; !pair.IsNull && seen.Add(pair) && (block = Fetch(pair)) is not null; pair = block.Tail)
            {
                if (!Superblock(block).IsEmpty)
                {
                    _root = pair;
                }

                for (int i = 0; i < block.MoveState.Length; i++)
                {
                    move[i] ^= block.MoveState.Span[i];
                }
            }

            uint tag = BinaryPrimitives.ReadUInt32LittleEndian(move);
            if ((tag & MoveTypeMask) != 0)
            {
                _movedFrom = BlockPair.Read(move[MovePairAt..]);
                _movedId = new MetadataTag(tag).Id;
            }
        }

        private void ReadDirectory(BlockPair pair, string path, int depth)
        {
            string shown = path.Length == 0 ? "/" : path;
            bool isSame = true;
            while (isSame)
            {
                MetadataBlock block = Fetch(pair);
                if (block is null || depth > MaxDepth || !_seen.Add(pair))
                {
                    _faults.Add(block is null ? $"of the folder {shown} a part is lost: no whole commit in blocks {pair.First} and {pair.Second}"
                        : $"the folder {shown} leads into itself, or too deep");
                    return;
                }

                for (int id = 0; id < block.Entries.Count; id++)
                {
                    if (pair != _movedFrom || id != _movedId)
                    {
                        ReadEntry(block.Entries[id], path, depth);
                    }
                }

                isSame = block.IsTailOfDirectory && !block.Tail.IsNull;
                pair = block.Tail;
            }
        }

        private void ReadEntry(MetadataEntry entry, string path, int depth)
        {
            string name = path + (path.Length == 0 ? "" : "/") + Encoding.UTF8.GetString(entry.Name.Span);
            if (entry.Type == MetadataTag.Directory && entry.Struct == MetadataTag.DirectoryStruct && entry.Content.Length == BlockPair.Length)
            {
                ReadDirectory(BlockPair.Read(entry.Content.Span), name, depth + 1);
            }
            else if (entry.Type == MetadataTag.Directory)
            {
                _faults.Add($"the folder {name} has no place");
            }
            else if (entry.Type == MetadataTag.File)
            {
                _files.Add(ReadFile(name, entry));
            }
        }

        private LittleFsFile ReadFile(string name, MetadataEntry entry)
        {
            // A file that was made and never closed has a name and nothing else, or an empty inline content.
            if (entry.Struct is MetadataTag.InlineStruct or 0)
            {
                return Count(name, entry.Content);
            }

            byte[] content = entry.Struct == MetadataTag.SkipListStruct && entry.Content.Length == BlockPair.Length
                ? ReadSkipList(BinaryPrimitives.ReadUInt32LittleEndian(entry.Content.Span),
                    BinaryPrimitives.ReadUInt32LittleEndian(entry.Content.Span[PointerLength..])) : null;
            return content is null ? new LittleFsFile(name, default, "its blocks are not those of a file") : Count(name, content);
        }

        private LittleFsFile Count(string name, ReadOnlyMemory<byte> content)
        {
            _budget -= content.Length;
            return _budget >= 0 ? new LittleFsFile(name, content, null)
                : new LittleFsFile(name, default, "there are more bytes in files than the volume has");
        }

        // Block n begins with a pointer to block n - 2^x for each x that 2^x divides n by; the first of them leads one back. The
        // entry names the last block.
        private byte[] ReadSkipList(uint head, uint length)
        {
            if (length == 0 || length > (uint)_bytes.Length || length > _budget)
            {
                return null;
            }

            List<int> rooms = RoomsFor((int)length);
            int start = rooms.Sum();
            var content = new byte[length];
            int end = (int)length;
            for (int index = rooms.Count - 1; index >= 0; index--)
            {
                if (head >= (uint)_blockCount)
                {
                    return null;
                }

                ReadOnlySpan<byte> block = Block(head).Span;
                start -= rooms[index];
                block.Slice(_blockSize - rooms[index], end - start).CopyTo(content.AsSpan(start));
                end = start;
                head = BinaryPrimitives.ReadUInt32LittleEndian(block);
            }

            return content;
        }

        // What each block of a file has room for, up to the one that holds its last byte.
        private List<int> RoomsFor(int length)
        {
            var rooms = new List<int>();
            for (long room = 0; room < length; room += rooms[^1])
            {
                int index = rooms.Count;
                rooms.Add(_blockSize - (index == 0 ? 0 : PointerLength * (BitOperations.TrailingZeroCount(index) + 1)));
            }

            return rooms;
        }

        // The newer block that holds a whole commit. Revisions wrap.
        private MetadataBlock Fetch(BlockPair pair)
        {
            if (pair.Second >= (uint)_blockCount || pair.First == pair.Second)
            {
                return null;
            }

            if (!_pairs.TryGetValue(pair, out MetadataBlock block))
            {
                bool isFirstNewer = (int)(MetadataBlock.ReadRevision(Block(pair.First).Span)
                    - MetadataBlock.ReadRevision(Block(pair.Second).Span)) > 0;
                uint newer = isFirstNewer ? pair.First : pair.Second;
                uint older = isFirstNewer ? pair.Second : pair.First;
                _pairs[pair] = block = MetadataBlock.Read(Block(newer)) ?? MetadataBlock.Read(Block(older));
            }

            return block;
        }

        private ReadOnlyMemory<byte> Block(uint block)
        {
            return _bytes.Slice((int)block * _blockSize, _blockSize);
        }
    }
}
