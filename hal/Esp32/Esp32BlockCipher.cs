using System;
using System.Security.Cryptography;

namespace NanoComm.Hal.Esp32
{
    /// <summary>AES by the firmware image (mbed TLS on the ESP32's AES unit).</summary>
    public sealed class Esp32BlockCipher : IBlockCipher
    {
        private const int BlockLength = 16;
        private const int KeyLength = 16;

        private readonly Aes _aes;

        /// <summary>Makes it.</summary>
        /// <param name="key">16 bytes; copied.</param>
        /// <exception cref="ArgumentException">The key has another length.</exception>
        public Esp32BlockCipher(byte[] key)
        {
            if (key.Length != KeyLength)
            {
                throw new ArgumentException();
            }

            var copy = new byte[KeyLength];
            Array.Copy(key, copy, KeyLength);
            _aes = new Aes(CipherMode.ECB);
            _aes.Key = copy;
        }

        /// <inheritdoc/>
        public void Encrypt(byte[] buffer, int offset, int blocks)
        {
            Array.Copy(_aes.Encrypt(Part(buffer, offset, blocks)), 0, buffer, offset, blocks * BlockLength);
        }

        /// <inheritdoc/>
        public void Decrypt(byte[] buffer, int offset, int blocks)
        {
            Array.Copy(_aes.Decrypt(Part(buffer, offset, blocks)), 0, buffer, offset, blocks * BlockLength);
        }

        /// <inheritdoc/>
        public void Forget()
        {
            // It is the array itself, of which the image makes a schedule for each call.
            Array.Clear(_aes.Key, 0, KeyLength);
        }

        // The image takes and gives whole arrays.
        private static byte[] Part(byte[] buffer, int offset, int blocks)
        {
            var part = new byte[blocks * BlockLength];
            Array.Copy(buffer, offset, part, 0, part.Length);
            return part;
        }
    }
}
