using NanoComm.Crypto;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class AesKeyWrapTests
    {
        // RFC 3394, 4.1: 128 bits of key data under a 128-bit key.
        private const string Kek = "000102030405060708090A0B0C0D0E0F";
        private const string Key = "00112233445566778899AABBCCDDEEFF";
        private const string Wrapped = "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5";

        [TestMethod]
        public static void UnwrapsTheKeyOfTheRfc()
        {
            byte[] wrapped = Hex.Parse("EE" + Wrapped);
            byte[] key = new byte[18];

            Assert.IsTrue(Make().Unwrap(wrapped, 1, 24, key, 1));

            Assert.AreEqual("00" + Key + "00", Hex.Format(key, 0, key.Length));
            Assert.AreEqual("EE" + Wrapped, Hex.Format(wrapped, 0, wrapped.Length));
        }

        [TestMethod]
        public static void UnwrapsInTheSameArray()
        {
            byte[] buffer = Hex.Parse(Wrapped);

            Assert.IsTrue(Make().Unwrap(buffer, 0, 24, buffer, 0));

            Assert.AreEqual(Key, Hex.Format(buffer, 0, 16));
        }

        [TestMethod]
        public static void RefusesAChangeInAnySemiblockAndLeavesTheKeyAlone()
        {
            byte[] key = Hex.Parse(Key);
            AesKeyWrap wrap = Make();
            for (int i = 0; i < 24; i += 7)
            {
                byte[] wrapped = Hex.Parse(Wrapped);
                wrapped[i] ^= 0x10;
                Assert.IsFalse(wrap.Unwrap(wrapped, 0, 24, key, 0), i.ToString());
                Assert.AreEqual(Key, Hex.Format(key, 0, 16), i.ToString());
            }
        }

        [TestMethod]
        [DataRow(-8)]
        [DataRow(0)]
        [DataRow(16)]
        [DataRow(23)]
        [DataRow(25)]
        [DataRow(80)]
        public static void RefusesOtherLengths(int length)
        {
            Assert.IsFalse(Make().Unwrap(new byte[80], 0, length, new byte[80], 0));
        }

        private static AesKeyWrap Make()
        {
            return new AesKeyWrap(new PortableAes(Hex.Parse(Kek)));
        }
    }
}
