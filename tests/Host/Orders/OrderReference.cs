using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using NanoComm.Tests.Host.Keys;

namespace NanoComm.Tests.Host.Orders
{
    /// <summary>
    /// Orders and answers as docs/orders.md says, calculated with the cryptography of .NET and nothing of firmware,
    /// simulator or key tools: what the page's vectors are held to.
    /// </summary>
    internal static class OrderReference
    {
        private const int TextLength = 128;
        private const int TagLength = 12;

        private static readonly byte[] Never = [0, 0, 0, 0];

        /// <summary>The plaintext.</summary>
        public static byte[] Text(byte kind, byte[] number, byte[] notAfter, byte[] body)
        {
            byte[] text = new byte[TextLength];
            byte[] used = [kind, .. PairingVectors.Get("MU title"), .. number, .. notAfter, (byte)body.Length, .. body];
            used.CopyTo(text, 0);
            return text;
        }

        /// <summary>The order file.</summary>
        public static byte[] File(byte[] id, byte[] key, byte[] text)
        {
            byte[] originator = PairingVectors.Get("title of the KMS");
            byte[] recipient = PairingVectors.Get("CU title");
            byte[] header = [0x10, .. id, 0x08, .. originator, 0x08, .. recipient, 0x00, 0x00];
            byte[] nonce = [.. originator, .. Never];
            byte[] associated = [0x30, .. new byte[16], .. header];
            byte[] cipher = new byte[text.Length];
            byte[] tag = new byte[TagLength];
            using (var gcm = new AesGcm(key, TagLength))
            {
                gcm.Encrypt(nonce, text, cipher, tag, associated);
            }

            byte[] service = [0x30, .. Never, .. cipher, .. tag];
            byte[] apdu =
            [
                0xDD, .. header, 0x01, 0x01, 0x00, 0x18, .. Wrap(PairingVectors.Get("DK"), key),
                0x81, (byte)service.Length, .. service,
            ];
            return [.. "NCO1"u8, (byte)(apdu.Length >> 8), (byte)apdu.Length, .. apdu];
        }

        /// <summary>An answer.</summary>
        public static byte[] Answer(byte[] id, byte[] number, byte result, byte[] time, byte[] body)
        {
            byte[] said = [0x02, .. PairingVectors.Get("CU title"), .. id, .. number, result, .. time, .. body];
            return [.. said, .. Code(said)];
        }

        /// <summary>HMAC-SHA256 under the CU's proof key.</summary>
        public static byte[] Code(byte[] said) => HMACSHA256.HashData(PairingVectors.Get("proof key of the CU"), said);

        /// <summary>AES key wrap (RFC 3394, 2.2.1) of a key of 16 bytes.</summary>
        public static byte[] Wrap(byte[] wrapping, byte[] key)
        {
            using var aes = Aes.Create();
            aes.Key = wrapping;
            byte[] a = BitConverter.GetBytes(0xA6A6A6A6A6A6A6A6);
            byte[][] r = [key[..8], key[8..]];
            for (int t = 1; t <= 12; t++)
            {
                int i = (t - 1) % 2;
                byte[] b = aes.EncryptEcb([.. a, .. r[i]], PaddingMode.None);
                r[i] = b[8..];
                a = b[..8];
                BinaryPrimitives.WriteUInt64BigEndian(a, BinaryPrimitives.ReadUInt64BigEndian(a) ^ (ulong)t);
            }

            return [.. a, .. r[0], .. r[1]];
        }
    }
}
