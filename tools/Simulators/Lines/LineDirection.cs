using System;
using NanoComm.Hal.Host;

namespace NanoComm.Simulators
{
    /// <summary>
    /// One direction of a serial line on the virtual clock. Times are kept in units of 1/baud ms, in which a byte (ten
    /// bits) takes exactly 10,000: what lies below the scheduler's millisecond is carried along, and no time is lost
    /// or won however many bytes pass.
    /// </summary>
    internal sealed class LineDirection
    {
        private const long UnitsPerByte = 10_000;
        private const int LongestChunk = 64;
        private const long LongestChunkTime = 16;

        private readonly VirtualScheduler _scheduler;
        private readonly int _baudRate;
        private readonly int _chunkLength;
        private readonly Random _random;
        private readonly Action<byte[]> _deliver;
        private long _busyUntil;

        public LineDirection(VirtualScheduler scheduler, int baudRate, Random random, Action<byte[]> deliver)
        {
            _scheduler = scheduler;
            _baudRate = baudRate;
            _chunkLength = (int)Math.Clamp(LongestChunkTime * baudRate / UnitsPerByte, 1, LongestChunk);
            _random = random;
            _deliver = deliver;
        }

        public LineFaults Faults { get; } = new();

        /// <summary>Bytes put in, whatever became of them.</summary>
        public long Bytes { get; private set; }

        /// <summary>The exact time of the last delivery, in units.</summary>
        public long DeliveredAt { get; private set; } = long.MinValue;

        /// <summary>Sends bytes.</summary>
        /// <param name="bytes">What is sent.</param>
        /// <param name="heardAt">The exact time at which the sender last heard something: when that is within this
        /// millisecond, it answers from then on.</param>
        public void Send(ReadOnlySpan<byte> bytes, long heardAt)
        {
            Bytes += bytes.Length;
            long now = _scheduler.Milliseconds * _baudRate;
            bool isAnswer = heardAt > now - _baudRate && heardAt <= now;
            _busyUntil = Math.Max(_busyUntil, isAnswer ? heardAt : now);
            if (Happens(Faults.Delay))
            {
                _busyUntil += (long)Faults.DelayMilliseconds * _baudRate;
            }

            int kept = Happens(Faults.Cut) ? _random.Next(bytes.Length) : bytes.Length;
            for (int i = 0; i < bytes.Length; i += _chunkLength)
            {
                int length = Math.Min(_chunkLength, bytes.Length - i);
                _busyUntil += length * UnitsPerByte;
                byte[] chunk = LineNoise.Spoil(Faults, _random, bytes.Slice(i, Math.Clamp(kept - i, 0, length)));
                Schedule(chunk, _busyUntil);
            }
        }

        private void Schedule(byte[] chunk, long end)
        {
            if (chunk.Length == 0)
            {
                return;
            }

            _scheduler.At((end + _baudRate - 1) / _baudRate, () =>
            {
                if (!Faults.IsCut)
                {
                    DeliveredAt = end;
                    _deliver(chunk);
                }
            });
        }

        private bool Happens(double probability) => LineNoise.Happens(probability, _random);
    }
}
