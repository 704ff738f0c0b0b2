using System;
using System.Security.Cryptography;

namespace NanoComm.Hal.Host
{
    /// <summary>HMAC-SHA256 of the .NET library. A call allocates nothing.</summary>
    public sealed class HmacSha256 : IMac
    {
        private readonly byte[] _key;

        /// <summary>Makes it.</summary>
        /// <param name="key">Of any length; copied.</param>
        public HmacSha256(byte[] key)
        {
            _key = (byte[])key.Clone();
        }

        /// <inheritdoc/>
        public int Length => HMACSHA256.HashSizeInBytes;

        /// <inheritdoc/>
        public void Compute(byte[] buffer, int offset, int length, byte[] mac)
        {
            HMACSHA256.HashData(_key, buffer.AsSpan(offset, length), mac);
        }

        /// <inheritdoc/>
        public void Forget()
        {
            CryptographicOperations.ZeroMemory(_key);
        }
    }
}
