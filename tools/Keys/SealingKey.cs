using System;
using System.Security.Cryptography;
using System.Threading;

namespace NanoComm.Keys
{
    /// <summary>AES-256-GCM under one key, for what lies in files: nonce 12 | ciphertext | tag 16.</summary>
    internal sealed class SealingKey : IDisposable
    {
        public const int KeyLength = 32;

        private const int NonceLength = 12;
        private const int TagLength = 16;

        // One at a time: units are sealed while others are opened.
        private readonly Lock _inUse = new();
        private readonly AesGcm _gcm;

        private SealingKey(ReadOnlySpan<byte> key)
        {
            _gcm = new AesGcm(key, TagLength);
        }

        /// <summary>Takes a key, and wipes the caller's bytes of it.</summary>
        public static SealingKey TakeOver(byte[] key)
        {
            var sealing = new SealingKey(key);
            CryptographicOperations.ZeroMemory(key);
            return sealing;
        }

        /// <summary>Seals, under a random nonce: good for 2^32 pieces under one key (SP 800-38D 8.3).</summary>
        public byte[] Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associated)
        {
            var sealedBytes = new byte[NonceLength + plaintext.Length + TagLength];
            Span<byte> nonce = sealedBytes.AsSpan(0, NonceLength);
            RandomNumberGenerator.Fill(nonce);
            using Lock.Scope scope = _inUse.EnterScope();
            _gcm.Encrypt(nonce, plaintext, sealedBytes.AsSpan(NonceLength, plaintext.Length),
                sealedBytes.AsSpan(NonceLength + plaintext.Length), associated);
            return sealedBytes;
        }

        /// <summary>Opens.</summary>
        /// <returns>Null when the key or the associated data is another, or a byte was altered.</returns>
        public byte[] Open(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associated)
        {
            if (sealedBytes.Length < NonceLength + TagLength)
            {
                return null;
            }

            var plaintext = new byte[sealedBytes.Length - NonceLength - TagLength];
            using Lock.Scope scope = _inUse.EnterScope();
            try
            {
                _gcm.Decrypt(sealedBytes[..NonceLength], sealedBytes[NonceLength..^TagLength], sealedBytes[^TagLength..],
                    plaintext, associated);
                return plaintext;
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
        }

        public void Dispose()
        {
            _gcm.Dispose();
        }
    }
}
