using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>A GET response on its way in blocks.</summary>
    public sealed class LongGet
    {
        private readonly byte[] _data;
        private readonly int _blockLength;
        private int _sent;

        /// <summary>Begins before the first block.</summary>
        /// <param name="data">All of it.</param>
        /// <param name="blockLength">Bytes in a block.</param>
        public LongGet(byte[] data, int blockLength)
        {
            _data = data;
            _blockLength = blockLength;
        }

        /// <summary>Number of the last block sent, 0 before the first.</summary>
        public uint Number { get; private set; }

        /// <summary>Whether all was sent.</summary>
        public bool IsDone => _sent == _data.Length;

        /// <summary>Takes the next block.</summary>
        public ReadOnlySpan<byte> Next()
        {
            int length = Math.Min(_blockLength, _data.Length - _sent);
            ReadOnlySpan<byte> block = _data.AsSpan(_sent, length);
            _sent += length;
            Number++;
            return block;
        }
    }
}
