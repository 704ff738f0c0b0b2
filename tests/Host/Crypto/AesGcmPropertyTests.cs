using System;
using NanoComm.Hal.Host;
using NUnit.Framework;
using PlatformGcm = System.Security.Cryptography.AesGcm;

namespace NanoComm.Tests.Host.Crypto
{
    /// <summary>Our GCM against the platform's, and against an attacker.</summary>
    [TestFixture]
    public class AesGcmPropertyTests
    {
        private const int IvLength = NanoComm.Crypto.AesGcm.IvLength;
        private const int TagLength = NanoComm.Crypto.AesGcm.TagLength;
        private const int Seed = 20250;
        private const int Keys = 200;
        private const int MessagesPerKey = 100;
        private const int LongestText = 600;
        private const int LongestAad = 100;

        [Test]
        public void MessagesAreThePlatformsBothWays()
        {
            var random = new Random(Seed);
            for (int k = 0; k < Keys; k++)
            {
                byte[] key = Bytes(random, 16);
                using var cipher = new AesBlockCipher(key);
                using var platform = new PlatformGcm(key, TagLength);
                var gcm = new NanoComm.Crypto.AesGcm(cipher);
                byte[] aad = Array.Empty<byte>();
                for (int m = 0; m < MessagesPerKey; m++)
                {
                    if (m % 10 == 1)
                    {
                        aad = Bytes(random, random.Next(LongestAad + 1));
                        byte[] around = Bytes(random, aad.Length + 6);
                        aad.CopyTo(around, 3);
                        gcm.SetAad(around, 3, aad.Length);
                        random.NextBytes(around);
                    }

                    byte[] iv = Bytes(random, IvLength);
                    byte[] plain = Bytes(random, random.Next(LongestText + 1));
                    byte[] expected = Seal(platform, iv, plain, aad);
                    int offset = random.Next(5);
                    byte[] margin = Bytes(random, offset + 3);
                    byte[] buffer = Framed(margin, offset, plain, new byte[TagLength]);

                    gcm.Encrypt(iv, buffer, offset, plain.Length);
                    Expect(buffer, Framed(margin, offset, expected, Array.Empty<byte>()), k, m);

                    bool authentic = gcm.Decrypt(iv, buffer, offset, plain.Length);
                    Assert.That(authentic, $"key {k}, message {m}");
                    Expect(buffer, Framed(margin, offset, plain, expected[plain.Length..]), k, m);
                }
            }
        }

        [Test]
        public void GmacIsThePlatformsTagOfNoText()
        {
            var random = new Random(Seed);
            for (int i = 0; i < 1000; i++)
            {
                byte[] key = Bytes(random, 16);
                using var cipher = new AesBlockCipher(key);
                using var platform = new PlatformGcm(key, TagLength);
                var gcm = new NanoComm.Crypto.AesGcm(cipher);
                byte[] iv = Bytes(random, IvLength);
                byte[] aad = Bytes(random, random.Next(LongestAad + 1));
                byte[] expected = Seal(platform, iv, Array.Empty<byte>(), aad);
                var tag = new byte[TagLength];

                gcm.SetAad(iv, 0, IvLength);
                gcm.Gmac(iv, aad, 0, aad.Length, tag, 0);

                Assert.That(tag, Is.EqualTo(expected), $"case {i}");
                Assert.That(gcm.VerifyGmac(iv, aad, 0, aad.Length, tag, 0), $"case {i}");
                FlipBit(tag, random.Next(TagLength * 8));
                Assert.That(gcm.VerifyGmac(iv, aad, 0, aad.Length, tag, 0), Is.False, $"case {i}");
            }
        }

        [TestCase(0)]
        [TestCase(13)]
        [TestCase(16)]
        [TestCase(61)]
        [TestCase(270)]
        public void AnyBitChangedIsRefusedAndTheBufferStaysAsItIs(int length)
        {
            var random = new Random(Seed + length);
            using var cipher = new AesBlockCipher(Bytes(random, 16));
            var gcm = new NanoComm.Crypto.AesGcm(cipher);
            byte[] iv = Bytes(random, IvLength);
            byte[] aad = Bytes(random, 17);
            byte[] message = Bytes(random, length + TagLength);
            gcm.SetAad(aad, 0, aad.Length);
            gcm.Encrypt(iv, message, 0, length);

            for (int bit = 0; bit < message.Length * 8; bit++)
            {
                byte[] changed = (byte[])message.Clone();
                FlipBit(changed, bit);
                ExpectRefusal(gcm, iv, changed, length, $"message bit {bit}");
            }

            for (int bit = 0; bit < IvLength * 8; bit++)
            {
                byte[] changed = (byte[])iv.Clone();
                FlipBit(changed, bit);
                ExpectRefusal(gcm, changed, message, length, $"IV bit {bit}");
            }

            for (int bit = 0; bit < aad.Length * 8; bit++)
            {
                byte[] changed = (byte[])aad.Clone();
                FlipBit(changed, bit);
                gcm.SetAad(changed, 0, aad.Length);
                ExpectRefusal(gcm, iv, message, length, $"AAD bit {bit}");
            }

            gcm.SetAad(aad, 0, aad.Length - 1);
            ExpectRefusal(gcm, iv, message, length, "AAD cut short");

            gcm.SetAad(aad, 0, aad.Length);
            Assert.That(gcm.Decrypt(iv, message, 0, length), "the message itself");
        }

        [Test]
        public void NoMessageAllocates()
        {
            using var cipher = new AesBlockCipher(new byte[16]);
            var gcm = new NanoComm.Crypto.AesGcm(cipher);
            var iv = new byte[IvLength];
            var buffer = new byte[LongestText + TagLength];

            bool authentic = Messages(gcm, iv, buffer);
            long before = GC.GetAllocatedBytesForCurrentThread();
            authentic &= Messages(gcm, iv, buffer);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.That(authentic);
            Assert.That(allocated, Is.Zero);
        }

        private static bool Messages(NanoComm.Crypto.AesGcm gcm, byte[] iv, byte[] buffer)
        {
            bool authentic = true;
            gcm.SetAad(iv, 0, IvLength);
            for (int length = 0; length <= LongestText; length += 13)
            {
                gcm.Encrypt(iv, buffer, 0, length);
                authentic &= gcm.Decrypt(iv, buffer, 0, length);
                buffer[length] ^= 1;
                authentic &= !gcm.Decrypt(iv, buffer, 0, length);
            }

            gcm.Gmac(iv, buffer, 0, 33, buffer, 40);
            return authentic & gcm.VerifyGmac(iv, buffer, 0, 33, buffer, 40);
        }

        private static void ExpectRefusal(NanoComm.Crypto.AesGcm gcm, byte[] iv, byte[] message, int length,
            string what)
        {
            byte[] buffer = (byte[])message.Clone();
            Assert.That(gcm.Decrypt(iv, buffer, 0, length), Is.False, what);
            Assert.That(buffer.AsSpan().SequenceEqual(message), what);
        }

        private static void Expect(byte[] actual, byte[] expected, int key, int message)
        {
            if (!actual.AsSpan().SequenceEqual(expected))
            {
                Assert.That(actual, Is.EqualTo(expected), $"key {key}, message {message}");
            }
        }

        private static byte[] Seal(PlatformGcm platform, byte[] iv, byte[] plain, byte[] aad)
        {
            var message = new byte[plain.Length + TagLength];
            platform.Encrypt(iv, plain, message.AsSpan(0, plain.Length), message.AsSpan(plain.Length), aad);
            return message;
        }

        private static byte[] Framed(byte[] margin, int offset, byte[] text, byte[] tag)
        {
            var buffer = new byte[margin.Length + text.Length + tag.Length];
            margin.AsSpan(0, offset).CopyTo(buffer);
            text.CopyTo(buffer, offset);
            tag.CopyTo(buffer, offset + text.Length);
            margin.AsSpan(offset).CopyTo(buffer.AsSpan(offset + text.Length + tag.Length));
            return buffer;
        }

        private static void FlipBit(byte[] bytes, int bit)
        {
            bytes[bit / 8] ^= (byte)(0x80 >> (bit % 8));
        }

        private static byte[] Bytes(Random random, int count)
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }
    }
}
