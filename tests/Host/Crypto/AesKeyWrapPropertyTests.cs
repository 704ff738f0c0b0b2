using System;
using NanoComm.Crypto;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Crypto
{
    /// <summary>Our key wrap against another one, and against an attacker.</summary>
    [TestFixture]
    public class AesKeyWrapPropertyTests
    {
        private const int Seed = 3394;
        private const int Cases = 2000;

        [Test]
        public void WrappedKeysAreTheOtherImplementationsAndComeBack()
        {
            var random = new Random(Seed);
            for (int i = 0; i < Cases; i++)
            {
                byte[] kek = Bytes(random, 16);
                byte[] key = Bytes(random, 8 * random.Next(2, (AesKeyWrap.MaxKeyLength / 8) + 1));
                using var cipher = new AesBlockCipher(kek);
                var wrap = new AesKeyWrap(cipher);
                var wrapped = new byte[key.Length + AesKeyWrap.Overhead];
                var unwrapped = new byte[key.Length];

                wrap.Wrap(key, 0, key.Length, wrapped, 0);
                Assert.That(wrapped, Is.EqualTo(ShiftRegisterKeyWrap.Wrap(kek, key)), $"case {i}");

                Assert.That(wrap.Unwrap(wrapped, 0, wrapped.Length, unwrapped, 0), $"case {i}");
                Assert.That(unwrapped, Is.EqualTo(key), $"case {i}");
            }
        }

        [TestCase(16)]
        [TestCase(32)]
        [TestCase(64)]
        public void AnyBitChangedIsRefusedAndTheOutputStaysAsItIs(int length)
        {
            var random = new Random(Seed + length);
            using var cipher = new AesBlockCipher(Bytes(random, 16));
            var wrap = new AesKeyWrap(cipher);
            byte[] message = new byte[length + AesKeyWrap.Overhead];
            wrap.Wrap(Bytes(random, length), 0, length, message, 0);
            byte[] before = Bytes(random, length);

            for (int bit = 0; bit < message.Length * 8; bit++)
            {
                byte[] changed = (byte[])message.Clone();
                changed[bit / 8] ^= (byte)(0x80 >> (bit % 8));
                byte[] output = (byte[])before.Clone();
                Assert.That(wrap.Unwrap(changed, 0, changed.Length, output, 0), Is.False, $"bit {bit}");
                Assert.That(output, Is.EqualTo(before), $"bit {bit}");
            }

            using var otherCipher = new AesBlockCipher(Bytes(random, 16));
            var other = new AesKeyWrap(otherCipher);
            Assert.That(other.Unwrap(message, 0, message.Length, before, 0), Is.False, "other KEK");
        }

        [Test]
        public void NeitherWrappingNorUnwrappingAllocates()
        {
            using var cipher = new AesBlockCipher(new byte[16]);
            var wrap = new AesKeyWrap(cipher);
            var buffer = new byte[24];

            bool authentic = RoundTripAndTamper(wrap, buffer);
            long before = GC.GetAllocatedBytesForCurrentThread();
            authentic &= RoundTripAndTamper(wrap, buffer);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.That(authentic);
            Assert.That(allocated, Is.Zero);
        }

        private static bool RoundTripAndTamper(AesKeyWrap wrap, byte[] buffer)
        {
            wrap.Wrap(buffer, 0, 16, buffer, 0);
            buffer[3] ^= 1;
            bool refused = !wrap.Unwrap(buffer, 0, 24, buffer, 0);
            buffer[3] ^= 1;
            return refused & wrap.Unwrap(buffer, 0, 24, buffer, 0);
        }

        private static byte[] Bytes(Random random, int count)
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }
    }
}
