using System;
using System.Linq;
using System.Security.Cryptography;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>Makes the metering unit's part of tickets from docs/pairing.md, for these tests alone.</summary>
    internal static class PairingTicket
    {
        public static readonly byte[] KmsTitle = Convert.FromHexString("4E434B0000000001");

        /// <summary>The whole part: stage these keys.</summary>
        public static byte[] Make(byte[] kek, byte[] meterTitle, PairingKeys keys, uint notAfter = uint.MaxValue)
        {
            return Seal(kek, SHA256.HashData(keys.TicketId)[..16], keys.TicketId, meterTitle, Order(keys, notAfter));
        }

        /// <summary>The ACTION request in it.</summary>
        public static byte[] Order(PairingKeys keys, uint notAfter)
        {
            return
            [
                0xC3, 0x01, 0xC1, 0x20, 0x00, 0x00, 0x00, 0x60, 0x82, 0x00, 0xFF, 0x01, 0x01, 0x02, 0x05,
                0x06, .. ServerClient.BigEndian(keys.Epoch), 0x09, 0x08, .. keys.ClientTitle,
                0x06, .. ServerClient.BigEndian(notAfter), 0x09, 0x10, .. keys.EncryptionKey,
                0x09, 0x10, .. keys.AuthenticationKey,
            ];
        }

        /// <summary>Any plaintext under a fresh key that is wrapped under the KEK.</summary>
        public static byte[] Seal(byte[] kek, byte[] freshKey, byte[] ticketId, byte[] recipient, byte[] plain)
        {
            byte[] fields = [0x10, .. ticketId, 0x08, .. KmsTitle, 0x08, .. recipient, 0x00, 0x00];
            var text = new byte[plain.Length];
            var tag = new byte[12];
            using var gcm = new AesGcm(freshKey, tag.Length);
            gcm.Encrypt((byte[])[.. KmsTitle, 0, 0, 0, 0], plain, text, tag, (byte[])[0x30, .. new byte[16], .. fields]);
            byte[] ciphered = [0x30, 0, 0, 0, 0, .. text, .. tag];
            return [0xDD, .. fields, 0x01, 0x01, 0x00, 0x18, .. Wrap(kek, freshKey), (byte)ciphered.Length, .. ciphered];
        }

        // RFC 3394, 2.2.1.
        public static byte[] Wrap(byte[] kek, byte[] key)
        {
            using var aes = Aes.Create();
            aes.Key = kek;
            byte[] a = Enumerable.Repeat((byte)0xA6, 8).ToArray();
            byte[][] r = key.Chunk(8).ToArray();
            for (int j = 0; j < 6; j++)
            {
                for (int i = 0; i < r.Length; i++)
                {
                    byte[] b = aes.EncryptEcb((byte[])[.. a, .. r[i]], PaddingMode.None);
                    a = b[..8];
                    a[7] ^= (byte)((j * r.Length) + i + 1);
                    r[i] = b[8..];
                }
            }

            return [.. a, .. r.SelectMany(half => half)];
        }
    }
}
