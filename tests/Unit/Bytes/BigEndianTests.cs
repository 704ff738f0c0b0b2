using NanoComm.Bytes;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class BigEndianTests
    {
        [TestMethod]
        public static void TheHighestByteComesFirst()
        {
            byte[] buffer = Hex.Parse("AA 01020304 BB");
            Assert.AreEqual((uint)0x01020304, BigEndian.ReadU32(buffer, 1));
            Assert.AreEqual(0x0304, BigEndian.ReadU16(buffer, 3));

            BigEndian.WriteU32(buffer, 1, 0xF1F2F3F4);
            Assert.AreEqual("AAF1F2F3F4BB", Hex.Format(buffer, 0, 6));
            BigEndian.WriteU16(buffer, 3, 0x8182);
            Assert.AreEqual("AAF1F28182BB", Hex.Format(buffer, 0, 6));
        }

        [TestMethod]
        public static void TheHighestBitIsAValueAndNoSign()
        {
            byte[] buffer = Hex.Parse("FFFFFFFE");
            Assert.AreEqual(0xFFFFFFFE, BigEndian.ReadU32(buffer, 0));
            Assert.AreEqual(0xFFFE, BigEndian.ReadU16(buffer, 2));
        }

        [TestMethod]
        public static void OfALongerNumberTheLow16BitsAreWritten()
        {
            var buffer = new byte[2];
            BigEndian.WriteU16(buffer, 0, 0x12345);
            Assert.AreEqual("2345", Hex.Format(buffer, 0, 2));
        }
    }
}
