using System;
using NanoComm.Simulators;

namespace NanoComm.Hil
{
    /// <summary>A line whose bytes come on some thread, brought onto the bench's.</summary>
    public sealed class PostedLine : IByteLine
    {
        private readonly IByteLine _line;

        /// <summary>Brings a line's bytes over.</summary>
        /// <param name="clock">The bench's time.</param>
        /// <param name="line">The line, not begun to be read.</param>
        public PostedLine(RealBenchClock clock, IByteLine line)
        {
            _line = line;
            line.Received += bytes =>
            {
                byte[] copy = bytes.ToArray();
                clock.Post(() => Received?.Invoke(copy));
            };
        }

        /// <inheritdoc/>
        public event Action<ReadOnlyMemory<byte>> Received;

        /// <inheritdoc/>
        public void Send(ReadOnlyMemory<byte> bytes) => _line.Send(bytes);
    }
}
