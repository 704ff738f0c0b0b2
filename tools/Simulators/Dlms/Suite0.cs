using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// Security suite 0 under one pair of keys: AES-GCM-128 with tags of 12 bytes, initialisation vector = system
    /// title ‖ invocation counter (Green Book 9.2.3.3).
    /// </summary>
    public sealed class Suite0 : IDisposable
    {
        /// <summary>Security control: authenticated and encrypted, global unicast key.</summary>
        public const byte AuthenticatedEncrypted = 0x30;

        /// <summary>Security control: authenticated only.</summary>
        public const byte Authenticated = 0x10;

        /// <summary>Length of a key.</summary>
        public const int KeyLength = 16;

        /// <summary>Length of a system title.</summary>
        public const int TitleLength = 8;

        /// <summary>Length of a tag.</summary>
        public const int TagLength = 12;

        /// <summary>Length of security control and counter in front of the ciphertext.</summary>
        public const int HeaderLength = 5;

        private const int NonceLength = TitleLength + 4;

        private readonly AesGcm _gcm;
        private readonly byte[] _authenticationKey;

        // Security control and authentication key: what the tag of every message authenticates first.
        private readonly byte[] _associated;

        /// <summary>Takes the keys.</summary>
        /// <param name="encryptionKey">Global unicast encryption key, 16 bytes.</param>
        /// <param name="authenticationKey">Authentication key, 16 bytes.</param>
        public Suite0(ReadOnlySpan<byte> encryptionKey, ReadOnlySpan<byte> authenticationKey)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(encryptionKey.Length, KeyLength);
            ArgumentOutOfRangeException.ThrowIfNotEqual(authenticationKey.Length, KeyLength);
            _gcm = new AesGcm(encryptionKey, TagLength);
            _authenticationKey = authenticationKey.ToArray();
            _associated = [AuthenticatedEncrypted, .. authenticationKey];
        }

        /// <summary>Encrypts and authenticates.</summary>
        /// <returns>Security control ‖ counter ‖ ciphertext ‖ tag.</returns>
        public byte[] Protect(ReadOnlySpan<byte> title, uint counter, ReadOnlySpan<byte> plaintext)
        {
            var result = new byte[HeaderLength + plaintext.Length + TagLength];
            result[0] = AuthenticatedEncrypted;
            BinaryPrimitives.WriteUInt32BigEndian(result.AsSpan(1), counter);
            _gcm.Encrypt(Nonce(title, counter, stackalloc byte[NonceLength]), plaintext, result.AsSpan(HeaderLength, plaintext.Length),
                result.AsSpan(HeaderLength + plaintext.Length), _associated);
            return result;
        }

        /// <summary>Verifies and decrypts.</summary>
        /// <param name="title">The sender's system title.</param>
        /// <param name="bytes">Security control ‖ counter ‖ ciphertext ‖ tag.</param>
        /// <param name="counter">The sender's counter.</param>
        /// <param name="associated">What else the tag authenticates.</param>
        /// <returns>The plaintext, or null when the security control is another one or the tag does not
        /// verify.</returns>
        public byte[] Unprotect(ReadOnlySpan<byte> title, ReadOnlySpan<byte> bytes, out uint counter,
            ReadOnlySpan<byte> associated = default)
        {
            counter = 0;
            if (bytes.Length < HeaderLength + TagLength || bytes[0] != AuthenticatedEncrypted)
            {
                return null;
            }

            counter = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
            var plaintext = new byte[bytes.Length - HeaderLength - TagLength];
            try
            {
                _gcm.Decrypt(Nonce(title, counter, stackalloc byte[NonceLength]), bytes[HeaderLength..^TagLength], bytes[^TagLength..],
                    plaintext, associated.IsEmpty ? _associated : [.. _associated, .. associated]);
                return plaintext;
            }
            catch (AuthenticationTagMismatchException)
            {
                return null;
            }
        }

        /// <summary>Authenticates a challenge (HLS mechanism 5).</summary>
        /// <returns>The tag.</returns>
        public byte[] Gmac(ReadOnlySpan<byte> title, uint counter, ReadOnlySpan<byte> challenge)
        {
            var tag = new byte[TagLength];
            _gcm.Encrypt(Nonce(title, counter, stackalloc byte[NonceLength]), [], [], tag.AsSpan(),
                [Authenticated, .. _authenticationKey, .. challenge]);
            return tag;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _gcm.Dispose();
            CryptographicOperations.ZeroMemory(_authenticationKey);
            CryptographicOperations.ZeroMemory(_associated);
        }

        private static Span<byte> Nonce(ReadOnlySpan<byte> title, uint counter, Span<byte> nonce)
        {
            title.CopyTo(nonce);
            BinaryPrimitives.WriteUInt32BigEndian(nonce[TitleLength..], counter);
            return nonce;
        }
    }
}
