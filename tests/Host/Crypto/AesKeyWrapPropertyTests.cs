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
        public void KeysThatTheOtherImplementationWrappedComeBack()
        {
            var random = new Random(Seed);
            for (int i = 0; i < Cases; i++)
            {
                byte[] kek = Bytes(random, 16);
                byte[] key = Bytes(random, 8 * random.Next(2, (AesKeyWrap.MaxKeyLength / 8) + 1));
                byte[] wrapped = ShiftRegisterKeyWrap.Wrap(kek, key);
                using var cipher = new AesBlockCipher(kek);
                var unwrapped = new byte[key.Length];

                Assert.That(new AesKeyWrap(cipher).Unwrap(wrapped, 0, wrapped.Length, unwrapped, 0), $"case {i}");
                Assert.That(unwrapped, Is.EqualTo(key), $"case {i}");
            }
        }

        [TestCase(16)]
        [TestCase(32)]
        [TestCase(64)]
        public void AnyBitChangedIsRefusedAndTheOutputStaysAsItIs(int length)
        {
            var random = new Random(Seed + length);
            byte[] kek = Bytes(random, 16);
            using var cipher = new AesBlockCipher(kek);
            var wrap = new AesKeyWrap(cipher);
            byte[] message = ShiftRegisterKeyWrap.Wrap(kek, Bytes(random, length));
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
        public void UnwrappingAllocatesNothing()
        {
            byte[] kek = new byte[16];
            using var cipher = new AesBlockCipher(kek);
            var wrap = new AesKeyWrap(cipher);
            byte[] wrapped = ShiftRegisterKeyWrap.Wrap(kek, new byte[16]);
            byte[] key = new byte[16];

            bool isGood = UnwrapAndTamper(wrap, wrapped, key);
            long before = GC.GetAllocatedBytesForCurrentThread();
            isGood &= UnwrapAndTamper(wrap, wrapped, key);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.That(isGood);
            Assert.That(allocated, Is.Zero);
        }

        private static bool UnwrapAndTamper(AesKeyWrap wrap, byte[] wrapped, byte[] key)
        {
            wrapped[3] ^= 1;
            bool isRefused = !wrap.Unwrap(wrapped, 0, wrapped.Length, key, 0);
            wrapped[3] ^= 1;
            return isRefused & wrap.Unwrap(wrapped, 0, wrapped.Length, key, 0);
        }

        private static byte[] Bytes(Random random, int count)
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }
    }
}
