using System;
using System.Security.Cryptography;

namespace NanoComm.Hal.Host
{
    /// <summary>AES-128 of the .NET library. A call allocates nothing.</summary>
    public sealed class AesBlockCipher : IBlockCipher, IDisposable
    {
        private const int BlockLength = 16;
        private const int KeyLength = 16;

        private readonly ICryptoTransform _encryptor;
        private readonly ICryptoTransform _decryptor;

        /// <summary>Makes a cipher.</summary>
        /// <param name="key">16 bytes; copied.</param>
        /// <exception cref="ArgumentException">The key is not 16 bytes long.</exception>
        public AesBlockCipher(byte[] key)
        {
            if (key.Length != KeyLength)
            {
                throw new ArgumentException("An AES-128 key is 16 bytes long.", nameof(key));
            }

            using Aes aes = Aes.Create();
            aes.Mode = CipherMode.ECB;
            aes.Padding = PaddingMode.None;
            _encryptor = aes.CreateEncryptor(key, null);
            _decryptor = aes.CreateDecryptor(key, null);
        }

        /// <inheritdoc/>
        public void Encrypt(byte[] buffer, int offset, int blocks)
        {
            Transform(_encryptor, buffer, offset, blocks);
        }

        /// <inheritdoc/>
        public void Decrypt(byte[] buffer, int offset, int blocks)
        {
            Transform(_decryptor, buffer, offset, blocks);
        }

        /// <inheritdoc/>
        public void Forget()
        {
            Dispose();
        }

        /// <summary>As <see cref="Forget"/>.</summary>
        public void Dispose()
        {
            _encryptor.Dispose();
            _decryptor.Dispose();
        }

        private static void Transform(ICryptoTransform transform, byte[] buffer, int offset, int blocks)
        {
            if (blocks > 0)
            {
                transform.TransformBlock(buffer, offset, blocks * BlockLength, buffer, offset);
            }
        }
    }
}
