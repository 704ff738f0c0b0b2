using System;
using System.Collections.Generic;
using NanoComm.Hal;

namespace NanoComm.Simulators
{
    /// <summary>
    /// A serial line inside this process, in real time: this object is the firmware's end, <see cref="FarEnd"/> the
    /// simulator's. What one end writes is at the other at once; nothing is slowed down to a baud rate.
    /// </summary>
    public sealed class DirectSerialLine : ISerialLine
    {
        private readonly Queue<byte> _arrived = new();
        private readonly End _farEnd;
        private ISignal _received;

        /// <summary>Lays a line.</summary>
        /// <param name="baudRate">What the firmware is told, for its timeouts.</param>
        public DirectSerialLine(int baudRate)
        {
            BaudRate = baudRate;
            _farEnd = new End(this);
        }

        /// <inheritdoc/>
        public int BaudRate { get; }

        /// <summary>What is wrong with it, in both directions: <see cref="LineFaults.IsCut"/> and the faults of bits and bytes;
        /// what has to do with time it does not have.</summary>
        public LineFaults Faults { get; } = new();

        /// <summary>The simulator's end: hears on the thread that writes here.</summary>
        public IByteLine FarEnd => _farEnd;

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            _received = received;
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer, int offset, int count)
        {
            lock (_arrived)
            {
                int read = 0;
                while (read < count && _arrived.TryDequeue(out byte b))
                {
                    buffer[offset + read++] = b;
                }

                return read;
            }
        }

        /// <inheritdoc/>
        public bool Write(byte[] buffer, int offset, int count)
        {
            if (!Faults.IsCut)
            {
                _farEnd.Hear(Faults.SpoilsBytes ? LineNoise.Spoil(Faults, Random.Shared, buffer.AsSpan(offset, count))
                    : buffer.AsMemory(offset, count));
            }

            return true;
        }

        /// <inheritdoc/>
        public void DiscardInput()
        {
            lock (_arrived)
            {
                _arrived.Clear();
            }
        }

        private void Arrive(ReadOnlySpan<byte> bytes)
        {
            if (Faults.IsCut)
            {
                return;
            }

            bytes = Faults.SpoilsBytes ? LineNoise.Spoil(Faults, Random.Shared, bytes) : bytes;
            lock (_arrived)
            {
                foreach (byte b in bytes)
                {
                    _arrived.Enqueue(b);
                }
            }

            _received?.Set();
        }

        private sealed class End(DirectSerialLine line) : IByteLine
        {
            public event Action<ReadOnlyMemory<byte>> Received;

            public void Send(ReadOnlyMemory<byte> bytes)
            {
                line.Arrive(bytes.Span);
            }

            public void Hear(ReadOnlyMemory<byte> bytes)
            {
                Received?.Invoke(bytes);
            }
        }
    }
}
