using System;
using System.Security.Cryptography;

namespace NanoComm.Hal.Host
{
    /// <summary>Random bytes from the operating system, fit for keys.</summary>
    public sealed class SystemRandom : IRandomSource
    {
        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int count)
        {
            RandomNumberGenerator.Fill(buffer.AsSpan(offset, count));
        }
    }
}
