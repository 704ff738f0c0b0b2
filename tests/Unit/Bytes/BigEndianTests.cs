using NanoComm.Bytes;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class BigEndianTests
    {
        [TestMethod]
        [DataRow(0x000000, "000000")]
        [DataRow(0x028801, "028801")]
        [DataRow(0xFFFEFD, "FFFEFD")]
        public static void AnObjectCodeIsThreeBytes(int eoj, string bytes)
        {
            var buffer = new byte[5];
            BigEndian.WriteU24(buffer, 1, eoj);
            Assert.AreEqual("00" + bytes + "00", Hex.Format(buffer, 0, buffer.Length));
            Assert.AreEqual(eoj, BigEndian.ReadU24(buffer, 1));
        }

        [TestMethod]
        [DataRow(1, "EEEEFEEEEEEE")]
        [DataRow(2, "EEEEFFFEEEEE")]
        [DataRow(3, "EEEE00FFFEEE")]
        [DataRow(4, "EEEE8000FFFE")]
        public static void ANumberTakesAsManyBytesAsItIsTo(int size, string bytes)
        {
            byte[] buffer = Hex.Parse("EEEEEEEEEEEE");
            BigEndian.Write(buffer, 2, 0x8000FFFE, size);
            Assert.AreEqual(bytes, Hex.Format(buffer, 0, buffer.Length));
        }

        [TestMethod]
        public static void FourBytesAreReadAsWritten()
        {
            byte[] buffer = Hex.Parse("EEEEEEEEEEEE");
            BigEndian.WriteU32(buffer, 1, 0x8000FFFE);
            Assert.AreEqual("EE8000FFFEEE", Hex.Format(buffer, 0, buffer.Length));
            Assert.AreEqual(0x8000FFFE, BigEndian.ReadU32(buffer, 1));
        }

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
