using System;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NanoComm.Tests.Host.Crypto
{
    /// <summary>
    /// Key wrap as RFC 3394 describes it first: a register that shifts by 64 bits a step. Written apart from the
    /// firmware's, which follows the RFC's index form, over another AES.
    /// </summary>
    internal static class ShiftRegisterKeyWrap
    {
        /// <summary>Wraps a key.</summary>
        public static byte[] Wrap(byte[] kek, byte[] key)
        {
            using Aes aes = Aes.Create();
            aes.Key = kek;
            int n = key.Length / 8;
            var register = new ulong[n + 1];
            register[0] = 0xA6A6A6A6A6A6A6A6;
            for (int i = 1; i <= n; i++)
            {
                register[i] = BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan((i - 1) * 8));
            }

            var block = new byte[16];
            for (ulong t = 1; t <= (ulong)(6 * n); t++)
            {
                BinaryPrimitives.WriteUInt64BigEndian(block, register[0]);
                BinaryPrimitives.WriteUInt64BigEndian(block.AsSpan(8), register[1]);
                byte[] encrypted = aes.EncryptEcb(block, PaddingMode.None);
                Array.Copy(register, 2, register, 1, n - 1);
                register[0] = BinaryPrimitives.ReadUInt64BigEndian(encrypted) ^ t;
                register[n] = BinaryPrimitives.ReadUInt64BigEndian(encrypted.AsSpan(8));
            }

            var wrapped = new byte[key.Length + 8];
            for (int i = 0; i <= n; i++)
            {
                BinaryPrimitives.WriteUInt64BigEndian(wrapped.AsSpan(i * 8), register[i]);
            }

            return wrapped;
        }
    }
}
