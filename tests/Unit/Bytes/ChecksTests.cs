using NanoComm.Bytes;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>The check sequences, by the values that catalogues of CRCs give for "123456789".</summary>
    [TestClass]
    public static class ChecksTests
    {
        private const string Digits = "313233343536373839";

        [TestMethod]
        public static void Crc16IsX25()
        {
            byte[] buffer = Hex.Parse("FF" + Digits + "0000");
            Assert.AreEqual(0x906E, Crc16.Compute(buffer, 1, 9));
            Assert.AreEqual(0, Crc16.Compute(buffer, 1, 0));

            Crc16.Append(buffer, 1, 9);
            Assert.AreEqual("6E90", Hex.Format(buffer, 10, 2), "low byte first");
            Assert.IsTrue(Crc16.Matches(buffer, 1, 9));
            for (int i = 1; i < buffer.Length; i++)
            {
                buffer[i] ^= 1;
                Assert.IsFalse(Crc16.Matches(buffer, 1, 9));
                buffer[i] ^= 1;
            }
        }

        [TestMethod]
        public static void Crc32IsThatOfIso3309()
        {
            byte[] buffer = Hex.Parse("FF" + Digits + "FF");
            Assert.AreEqual(0xCBF43926, Crc32.Compute(buffer, 1, 9));
            Assert.AreEqual((uint)0, Crc32.Compute(buffer, 1, 0));
        }

        // Every entry of the table, by the definition: bit by bit.
        [TestMethod]
        public static void Crc32OfEveryByte()
        {
            var buffer = new byte[1];
            for (int value = 0; value < 256; value++)
            {
                buffer[0] = (byte)value;
                uint expected = 0xFFFFFFFF ^ (uint)value;
                for (int bit = 0; bit < 8; bit++)
                {
                    expected = (expected & 1) != 0 ? (expected >> 1) ^ 0xEDB88320 : expected >> 1;
                }

                Assert.AreEqual(~expected, Crc32.Compute(buffer, 0, 1), value.ToString());
            }
        }
    }
}
