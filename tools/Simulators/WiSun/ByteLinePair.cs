using System;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>A serial line between two simulators, at a baud rate, on the clock of an air.</summary>
    public sealed class ByteLinePair
    {
        private const int BitsPerByte = 10;

        private readonly End _one;
        private readonly End _other;

        /// <summary>Lays a line.</summary>
        /// <param name="clock">Its time.</param>
        /// <param name="baudRate">Bits per second.</param>
        public ByteLinePair(IAirClock clock, int baudRate = 115200)
        {
            _one = new End(clock, baudRate);
            _other = new End(clock, baudRate) { Peer = _one };
            _one.Peer = _other;
        }

        /// <summary>One end.</summary>
        public IByteLine One => _one;

        /// <summary>The other end.</summary>
        public IByteLine Other => _other;

        private sealed class End(IAirClock clock, int baudRate) : IByteLine
        {
            private long _busyUntil;

            public event Action<ReadOnlyMemory<byte>> Received;

            public End Peer { get; set; }

            // In units of 1/baud ms, so that what lies below a millisecond is carried along.
            public void Send(ReadOnlyMemory<byte> bytes)
            {
                byte[] copy = bytes.ToArray();
                _busyUntil = Math.Max(_busyUntil, clock.Milliseconds * baudRate)
                    + (copy.Length * BitsPerByte * 1000L);
                clock.At((_busyUntil + baudRate - 1) / baudRate, () => Peer.Received?.Invoke(copy));
            }
        }
    }
}
