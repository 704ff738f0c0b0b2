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
    }
}
