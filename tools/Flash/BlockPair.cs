using System;
using System.Buffers.Binary;

namespace NanoComm.Flash
{
    /// <summary>The two blocks that a metadata pair is in. In which order they are named does not matter.</summary>
    internal readonly record struct BlockPair
    {
        public const int Length = 8;

        public static readonly BlockPair Null = new(uint.MaxValue, uint.MaxValue);

        private BlockPair(uint first, uint second)
        {
            (First, Second) = first <= second ? (first, second) : (second, first);
        }

        public uint First { get; }

        public uint Second { get; }

        /// <summary>A pair without a block in it, be it one of the two, is none.</summary>
        public bool IsNull => Second == uint.MaxValue;

        public static BlockPair Of(uint first, uint second) => new(first, second);

        public static BlockPair Read(ReadOnlySpan<byte> bytes)
        {
            return new BlockPair(BinaryPrimitives.ReadUInt32LittleEndian(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]));
        }
    }
}
