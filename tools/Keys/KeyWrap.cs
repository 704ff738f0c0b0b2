using System;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>AES key wrap (RFC 3394) of one 16-byte key.</summary>
    internal static class KeyWrap
    {
        /// <summary>Length of a key, wrapped or wrapping.</summary>
        public const int KeyLength = 16;

        /// <summary>Length of a wrapped key.</summary>
        public const int WrappedLength = KeyLength + Half;

        private const int Half = 8;
        private const int Rounds = 6;
        private const byte InitialValue = 0xA6;

        /// <summary>Wraps.</summary>
        /// <param name="wrappingKey">16 bytes.</param>
        /// <param name="key">16 bytes.</param>
        /// <param name="wrapped">24 bytes, the result.</param>
        public static void Wrap(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> key, Span<byte> wrapped)
        {
            // One transform for all blocks: setting one up takes several times as long as a block.
            using Aes aes = Aes.Create();
            aes.Mode = CipherMode.ECB;
            aes.Padding = PaddingMode.None;
            aes.SetKey(wrappingKey);
            using ICryptoTransform cipher = aes.CreateEncryptor();
            wrapped[..Half].Fill(InitialValue);
            key.CopyTo(wrapped[Half..]);
            var block = new byte[KeyLength];
            byte step = 0;
            for (int round = 0; round < Rounds; round++)
            {
                for (int half = Half; half < WrappedLength; half += Half)
                {
                    wrapped[..Half].CopyTo(block);
                    wrapped.Slice(half, Half).CopyTo(block.AsSpan(Half));
                    cipher.TransformBlock(block, 0, KeyLength, block, 0);
                    step++;
                    block[Half - 1] ^= step;
                    block.AsSpan(0, Half).CopyTo(wrapped);
                    block.AsSpan(Half).CopyTo(wrapped.Slice(half, Half));
                }
            }

            CryptographicOperations.ZeroMemory(block);
        }
    }
}
