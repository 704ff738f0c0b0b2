using System;

namespace NanoComm.Hal.Host
{
    /// <summary>The same bytes in every run with the same seed: for simulations, never for keys that count.</summary>
    public sealed class SeededRandom : IRandomSource
    {
        private readonly Random _random;

        /// <summary>Makes a source.</summary>
        /// <param name="seed">Decides every byte.</param>
        public SeededRandom(int seed)
        {
            _random = new Random(seed);
        }

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            _random.NextBytes(buffer.AsSpan(offset, count));
        }
    }
}
