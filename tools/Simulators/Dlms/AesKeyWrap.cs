using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>AES key wrap of 16-byte keys (RFC 3394); .NET only has the padded variant of RFC 5649.</summary>
    public static class AesKeyWrap
    {
        /// <summary>Length of a wrapped key.</summary>
        public const int WrappedLength = Suite0.KeyLength + Half;

        private const int Half = 8;
        private const int Rounds = 6;
        private const ulong InitialValue = 0xA6A6A6A6A6A6A6A6;

        /// <summary>Unwraps a key (RFC 3394, 2.2.2).</summary>
        /// <returns>The key, or null when it was not wrapped under this one.</returns>
        public static byte[] Unwrap(byte[] kek, ReadOnlySpan<byte> wrapped)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(wrapped.Length, WrappedLength);
            using var aes = Aes.Create();
            aes.Key = kek;
            ulong check = BinaryPrimitives.ReadUInt64BigEndian(wrapped);
            byte[] key = wrapped[Half..].ToArray();
            var block = new byte[2 * Half];
            int halves = key.Length / Half;
            for (int step = Rounds * halves; step > 0; step--)
            {
                Span<byte> half = key.AsSpan((step - 1) % halves * Half, Half);
                BinaryPrimitives.WriteUInt64BigEndian(block, check ^ (ulong)step);
                half.CopyTo(block.AsSpan(Half));
                aes.DecryptEcb(block, block, PaddingMode.None);
                check = BinaryPrimitives.ReadUInt64BigEndian(block);
                block.AsSpan(Half).CopyTo(half);
            }

            return check == InitialValue ? key : null;
        }
    }
}
