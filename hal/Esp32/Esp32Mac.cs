using System;
using System.Security.Cryptography;

namespace NanoComm.Hal.Esp32
{
    /// <summary>HMAC-SHA256 by the firmware image (mbed TLS).</summary>
    public sealed class Esp32Mac : IMac
    {
        private readonly byte[] _key;

        /// <summary>Makes it.</summary>
        /// <param name="key">Of any length but 0; copied.</param>
        public Esp32Mac(byte[] key)
        {
            _key = Part(key, 0, key.Length);
        }

        /// <inheritdoc/>
        public int Length
        {
            get { return 32; }
        }

        /// <inheritdoc/>
        public void Compute(byte[] buffer, int offset, int length, byte[] mac)
        {
            Array.Copy(HMACSHA256.HashData(_key, Part(buffer, offset, length)), mac, Length);
        }

        /// <inheritdoc/>
        public void Forget()
        {
            Array.Clear(_key, 0, _key.Length);
        }

        // The image takes and gives whole arrays.
        private static byte[] Part(byte[] buffer, int offset, int length)
        {
            var part = new byte[length];
            Array.Copy(buffer, offset, part, 0, length);
            return part;
        }
    }
}
