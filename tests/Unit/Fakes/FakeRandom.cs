using NanoComm.Hal;

namespace NanoComm.Tests
{
    /// <summary>Random bytes that count up: 1, 2, 3…</summary>
    public sealed class FakeRandom : IRandomSource
    {
        private byte _next;

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[offset + i] = ++_next;
            }
        }
    }
}
