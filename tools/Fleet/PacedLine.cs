using System;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Simulators;

namespace NanoComm.Fleet
{
    /// <summary>
    /// A serial line of a unit of a crowd, 8N1: this object is the firmware's end, <see cref="FarEnd"/> the simulator's. The
    /// simulator hears what is sent at once, and its answer lies here at once; when its bytes would have come is what the
    /// unit's clock is moved on by. So an exchange takes the time of a real line, and holds nobody up.
    /// </summary>
    public sealed class PacedLine : ISerialLine
    {
        private const int BitsPerByte = 10;
        private const int FirstRoom = 64;
        private const int MicrosecondsPerMillisecond = 1000;

        private readonly CrowdLoops _loops;
        private readonly End _farEnd;
        private byte[] _bytes = new byte[FirstRoom];
        private int _read;
        private int _count;

        // On the unit's clock, in microseconds: when the far end has heard the last byte; when the byte at index 0 is here.
        private long _sent;
        private long _first;

        /// <summary>Lays a line.</summary>
        /// <param name="loops">The unit's, which wait for it.</param>
        /// <param name="baudRate">Bits per second, 300 and up.</param>
        public PacedLine(CrowdLoops loops, int baudRate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(baudRate, 300);
            _loops = loops;
            BaudRate = baudRate;
            _farEnd = new End(this);
            loops.NextArrival = NextArrival;
        }

        /// <inheritdoc/>
        public int BaudRate { get; }

        /// <summary>The simulator's end.</summary>
        public IByteLine FarEnd => _farEnd;

        /// <summary>How long the far end takes for an answer, in milliseconds, 0 and up.</summary>
        public int Delay { get; set; }

        /// <summary>Whether nothing passes.</summary>
        public bool IsCut { get; set; }

        private long Now => _loops.Clock.Milliseconds * MicrosecondsPerMillisecond;

        private long BytesArrived => Math.Clamp((Now - _first) / ByteTime + 1, 0, _count);

        private int ByteTime => BitsPerByte * 1_000_000 / BaudRate;

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            // Nobody waits for the line but in an exchange, which asks when it has something.
        }

        /// <inheritdoc/>
        public int Read(byte[] buffer, int offset, int count)
        {
            if (_read == _count || Now < _first)
            {
                return 0;
            }

            int taken = (int)Math.Min(count, BytesArrived - _read);
            Array.Copy(_bytes, _read, buffer, offset, taken);
            _read += taken;
            return taken;
        }

        /// <inheritdoc/>
        public bool Write(byte[] buffer, int offset, int count)
        {
            _sent = Math.Max(_sent, Now) + ((long)count * ByteTime);
            if (!IsCut)
            {
                _farEnd.Hear(buffer.AsMemory(offset, count));
            }

            return true;
        }

        /// <inheritdoc/>
        public void DiscardInput()
        {
            _read = 0;
            _count = 0;
        }

        private static long ToMilliseconds(long microseconds)
        {
            return (microseconds + MicrosecondsPerMillisecond - 1) / MicrosecondsPerMillisecond;
        }

        // The first byte of an answer, which tells that there is one, and then the last.
        private long NextArrival()
        {
            return _read == _count ? Deadline.Never
                : ToMilliseconds(_read == 0 && Now < _first ? _first : _first + ((long)(_count - 1) * ByteTime));
        }

        private void Arrive(ReadOnlySpan<byte> bytes)
        {
            if (IsCut)
            {
                return;
            }

            if (_read == _count)
            {
                DiscardInput();
                _first = _sent + ((long)Delay * MicrosecondsPerMillisecond) + ByteTime;
            }

            if (_count + bytes.Length > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _count + bytes.Length));
            }

            bytes.CopyTo(_bytes.AsSpan(_count));
            _count += bytes.Length;
        }

        private sealed class End(PacedLine line) : IByteLine
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
