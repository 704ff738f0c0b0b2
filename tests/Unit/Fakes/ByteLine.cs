using System;
using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>A line on which given bytes have arrived.</summary>
    public sealed class ByteLine : ISerialLine
    {
        private readonly byte[] _bytes;
        private int _position;

        public ByteLine(string bytes)
        {
            _bytes = Hex.Parse(bytes);
        }

        /// <summary>How many of the bytes have arrived so far.</summary>
        public int Limit { get; set; } = int.MaxValue;

        public int BaudRate { get; set; } = 9600;

        public void Notify(ISignal received)
        {
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            int end = Limit < _bytes.Length ? Limit : _bytes.Length;
            count = count < end - _position ? count : end - _position;
            Array.Copy(_bytes, _position, buffer, offset, count);
            _position += count;
            return count;
        }

        public bool Write(byte[] buffer, int offset, int count)
        {
            throw new InvalidOperationException();
        }

        public void DiscardInput()
        {
            _position = _bytes.Length;
        }
    }
}
