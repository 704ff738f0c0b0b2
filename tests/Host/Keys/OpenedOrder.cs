using System;
using System.Buffers.Binary;
using System.Linq;
using System.Security.Cryptography;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>An order as its unit reads it (docs/orders.md), with the cryptography of .NET and nothing of the key tools.</summary>
    internal sealed class OpenedOrder
    {
        private readonly byte[] _text;

        private OpenedOrder(byte[] id, byte[] text)
        {
            Id = Convert.ToHexString(id);
            _text = text;
        }

        public string Id { get; }

        public int Kind => _text[0];

        public SystemTitle Meter => new(_text.AsSpan(1, 8));

        public uint Number => BinaryPrimitives.ReadUInt32BigEndian(_text.AsSpan(9));

        public uint NotAfter => BinaryPrimitives.ReadUInt32BigEndian(_text.AsSpan(13));

        public byte[] Body => _text[18..(18 + _text[17])];

        /// <summary>Opens it; the padding is looked at too.</summary>
        public static OpenedOrder Read(byte[] file, byte[] dk)
        {
            Assert.That(file, Has.Length.EqualTo(219));
            Assert.That(file[..6], Is.EqualTo((byte[])[.. "NCO1"u8, 0, 213]));
            byte[] part = file[6..];
            byte[] key = Unwrap(dk, part[42..66]);
            Assert.That(part[66..73], Is.EqualTo(new byte[] { 0x81, 0x91, 0x30, 0, 0, 0, 0 }));
            var text = new byte[128];
            using var gcm = new AesGcm(key, 12);
            byte[] nonce = [.. part[19..27], 0, 0, 0, 0];
            gcm.Decrypt(nonce, part[73..201], part[201..], text, (byte[])[0x30, .. new byte[16], .. part[1..38]]);
            Assert.That(text[(18 + text[17])..].All(b => b == 0), "padded with zeros");
            return new OpenedOrder(part[2..18], text);
        }

        // RFC 3394, 2.2.2.
        private static byte[] Unwrap(byte[] wrapping, byte[] wrapped)
        {
            using var aes = Aes.Create();
            aes.Key = wrapping;
            byte[] a = wrapped[..8];
            byte[][] r = [wrapped[8..16], wrapped[16..]];
            for (int t = 12; t >= 1; t--)
            {
                int i = (t - 1) % 2;
                BinaryPrimitives.WriteUInt64BigEndian(a, BinaryPrimitives.ReadUInt64BigEndian(a) ^ (ulong)t);
                byte[] b = aes.DecryptEcb([.. a, .. r[i]], PaddingMode.None);
                r[i] = b[8..];
                a = b[..8];
            }

            Assert.That(a, Is.All.EqualTo(0xA6), "the key is wrapped under this one");
            return [.. r[0], .. r[1]];
        }
    }
}
