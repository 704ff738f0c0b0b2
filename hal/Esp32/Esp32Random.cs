using System;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// The ESP32's hardware generator, which is what System.Random is on this chip. It is truly random while a radio
    /// is on, and a good pseudo-random generator otherwise.
    /// </summary>
    public sealed class Esp32Random : IRandomSource
    {
        private readonly Random _random = new Random();

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            var bytes = new byte[count];
            _random.NextBytes(bytes);
            Array.Copy(bytes, 0, buffer, offset, count);
        }
    }
}
