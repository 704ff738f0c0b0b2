using System;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hal
{
    [TestFixture]
    public sealed class AesBlockCipherTests
    {
        // FIPS 197, appendix C.1.
        private const string Key = "000102030405060708090A0B0C0D0E0F";
        private const string Plain = "00112233445566778899AABBCCDDEEFF";
        private const string Cipher = "69C4E0D86A7B0430D8CDB78070B4C55A";

        [Test]
        public void It_is_the_cipher_of_the_standard()
        {
            using var cipher = new AesBlockCipher(Convert.FromHexString(Key));
            byte[] buffer = Convert.FromHexString(Plain);

            cipher.Encrypt(buffer, 0, 1);
            Assert.That(Convert.ToHexString(buffer), Is.EqualTo(Cipher));
            cipher.Decrypt(buffer, 0, 1);
            Assert.That(Convert.ToHexString(buffer), Is.EqualTo(Plain));
        }

        [Test]
        public void Blocks_are_each_on_their_own_and_nothing_around_them_is_touched()
        {
            using var cipher = new AesBlockCipher(Convert.FromHexString(Key));
            byte[] buffer = Convert.FromHexString("EE" + Plain + Plain + Plain + "EE");

            cipher.Encrypt(buffer, 1, 3);
            Assert.That(Convert.ToHexString(buffer), Is.EqualTo("EE" + Cipher + Cipher + Cipher + "EE"));
            cipher.Decrypt(buffer, 17, 1);
            Assert.That(Convert.ToHexString(buffer), Is.EqualTo("EE" + Cipher + Plain + Cipher + "EE"));
            cipher.Decrypt(buffer, 1, 0);
            Assert.That(Convert.ToHexString(buffer), Is.EqualTo("EE" + Cipher + Plain + Cipher + "EE"));
        }

        [Test]
        public void The_key_is_copied_and_must_be_16_bytes()
        {
            byte[] key = Convert.FromHexString(Key);
            using var cipher = new AesBlockCipher(key);
            Array.Clear(key);
            byte[] buffer = Convert.FromHexString(Plain);

            cipher.Encrypt(buffer, 0, 1);

            Assert.That(Convert.ToHexString(buffer), Is.EqualTo(Cipher));
            Assert.Throws<ArgumentException>(() => _ = new AesBlockCipher(new byte[15]));
            Assert.Throws<ArgumentException>(() => _ = new AesBlockCipher(new byte[32]));
        }

        [Test]
        public void A_call_allocates_nothing()
        {
            using var cipher = new AesBlockCipher(Convert.FromHexString(Key));
            var buffer = new byte[64];
            Work(cipher, buffer);

            long before = GC.GetAllocatedBytesForCurrentThread();
            Work(cipher, buffer);

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        private static void Work(AesBlockCipher cipher, byte[] buffer)
        {
            for (int i = 0; i < 1000; i++)
            {
                cipher.Encrypt(buffer, 0, 4);
                cipher.Decrypt(buffer, 0, 4);
            }
        }
    }
}
