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
            using Aes aes = Aes.Create();
            aes.SetKey(wrappingKey);
            wrapped[..Half].Fill(InitialValue);
            key.CopyTo(wrapped[Half..]);
            Span<byte> block = stackalloc byte[KeyLength];
            byte step = 0;
            for (int round = 0; round < Rounds; round++)
            {
                for (int half = Half; half < WrappedLength; half += Half)
                {
                    wrapped[..Half].CopyTo(block);
                    wrapped.Slice(half, Half).CopyTo(block[Half..]);
                    aes.EncryptEcb(block, block, PaddingMode.None);
                    step++;
                    block[Half - 1] ^= step;
                    block[..Half].CopyTo(wrapped);
                    block[Half..].CopyTo(wrapped.Slice(half, Half));
                }
            }

            CryptographicOperations.ZeroMemory(block);
        }
    }
}
