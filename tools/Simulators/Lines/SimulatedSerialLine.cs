using System;
using System.Collections.Generic;
using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.Simulators
{
    /// <summary>
    /// A serial line on the virtual clock, 8N1: this object is the firmware's end, <see cref="FarEnd"/> the
    /// simulator's. Bytes arrive when they would have passed at that baud rate, in chunks of up to 64 bytes or 16 ms,
    /// as UART drivers hand them out.
    /// </summary>
    public sealed class SimulatedSerialLine : ISerialLine
    {
        /// <summary>Bytes that wait here for the firmware; more are lost, as in a UART driver. What stands behind a TCP
        /// address keeps far more: see <see cref="Room"/>.</summary>
        public const int BufferLength = 2048;

        private readonly Queue<byte> _arrived = new();
        private readonly LineDirection _toFar;
        private readonly LineDirection _toNear;
        private readonly End _farEnd;
        private ISignal _received;

        /// <summary>Lays a line.</summary>
        /// <param name="scheduler">The virtual clock.</param>
        /// <param name="baudRate">Bits per second, 300 and up.</param>
        public SimulatedSerialLine(VirtualScheduler scheduler, int baudRate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(baudRate, 300);
            BaudRate = baudRate;
            _farEnd = new End(this);
            _toFar = new LineDirection(scheduler, baudRate, new Random(scheduler.HostRandom.Next()), _farEnd.Arrive);
            _toNear = new LineDirection(scheduler, baudRate, new Random(scheduler.HostRandom.Next()), Arrive);
        }

        /// <summary>How many of them there is room for.</summary>
        public int Room { get; set; } = BufferLength;

        /// <inheritdoc/>
        public int BaudRate { get; }

        /// <summary>The simulator's end.</summary>
        public IByteLine FarEnd => _farEnd;

        /// <summary>Faults from the firmware to the simulator.</summary>
        public LineFaults ToFar => _toFar.Faults;

        /// <summary>Faults from the simulator to the firmware.</summary>
        public LineFaults ToNear => _toNear.Faults;

        /// <summary>Bytes that the firmware has sent.</summary>
        public long BytesToFar => _toFar.Bytes;

        /// <summary>Bytes that the simulator has sent.</summary>
        public long BytesToNear => _toNear.Bytes;

        /// <summary>Bytes lost because the firmware did not read them.</summary>
        public long Overrun { get; private set; }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            _received = received;
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer, int offset, int count)
        {
            int read = 0;
            while (read < count && _arrived.TryDequeue(out byte b))
            {
                buffer[offset + read++] = b;
            }

            return read;
        }

        /// <inheritdoc/>
        public bool Write(byte[] buffer, int offset, int count)
        {
            _toFar.Send(buffer.AsSpan(offset, count), _toNear.DeliveredAt);
            return true;
        }

        /// <inheritdoc/>
        public void DiscardInput()
        {
            _arrived.Clear();
        }

        private void Arrive(byte[] bytes)
        {
            foreach (byte b in bytes)
            {
                if (_arrived.Count < Room)
                {
                    _arrived.Enqueue(b);
                }
                else
                {
                    Overrun++;
                }
            }

            _received?.Set();
        }

        private sealed class End(SimulatedSerialLine line) : IByteLine
        {
            public event Action<ReadOnlyMemory<byte>> Received;

            public void Send(ReadOnlyMemory<byte> bytes)
            {
                line._toNear.Send(bytes.Span, line._toFar.DeliveredAt);
            }

            public void Arrive(byte[] bytes)
            {
                Received?.Invoke(bytes);
            }
        }
    }
}
