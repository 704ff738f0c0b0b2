using NanoComm.Dlms;
using NanoComm.MeterLink;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class CosemNumberTests
    {
        [TestMethod]
        [DataRow("0F7F", "127")]
        [DataRow("0FFF", "-1")]
        [DataRow("0F80", "-128")]
        [DataRow("11FF", "255")]
        [DataRow("161E", "30")]
        [DataRow("107FFF", "32767")]
        [DataRow("108000", "-32768")]
        [DataRow("12FFFF", "65535")]
        [DataRow("057FFFFFFF", "2147483647")]
        [DataRow("0580000000", "-2147483648")]
        [DataRow("06FFFFFFFF", "4294967295")]
        [DataRow("0605F5E0FF", "99999999")]
        [DataRow("14FFFFFFFFFFFFFFFF", "-1")]
        [DataRow("147FFFFFFFFFFFFFFF", "9223372036854775807")]
        [DataRow("150000000000000001", "1")]
        [DataRow("157FFFFFFFFFFFFFFF", "9223372036854775807")]
        public static void IntegersOfEachType(string data, string expected)
        {
            byte[] buffer = Hex.Parse("AA" + data + "AA");
            int length = buffer.Length - 2;
            Assert.AreEqual(length, CosemNumber.Read(buffer, 1, buffer.Length, out long value));
            Assert.AreEqual(expected, value.ToString());
            Assert.AreEqual(length, CosemNumber.Read(buffer, 1, 1 + length, out value), "no byte to spare");
            Assert.AreEqual(expected, value.ToString());
            Assert.AreEqual(0, CosemNumber.Read(buffer, 1, length, out value), "cut short");
            Assert.AreEqual(0L, value);
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("00")]
        [DataRow("0301")]
        [DataRow("0401FF")]
        [DataRow("0901FF")]
        [DataRow("0A0131")]
        [DataRow("0101 1101")]
        [DataRow("0201 1101")]
        [DataRow("158000000000000000")]
        [DataRow("15FFFFFFFFFFFFFFFF")]
        [DataRow("1700000000")]
        public static void AnythingElseIsNoNumber(string data)
        {
            byte[] buffer = Hex.Parse(data);
            Assert.AreEqual(0, CosemNumber.Read(buffer, 0, buffer.Length, out long value));
            Assert.AreEqual(0L, value);
        }

        [TestMethod]
        public static void AnItemIsOneNumberAndNothingElse()
        {
            GetItem item = DlmsFixture.Register(1);
            Assert.IsFalse(CosemNumber.Read(item, out long value), "not read");
            byte[] buffer = Hex.Parse("FFFF 12 1234 1101 FFFF");
            item.Put(buffer, 2, 3);
            Assert.IsTrue(CosemNumber.Read(item, out value));
            Assert.AreEqual(0x1234L, value);
            item.Put(buffer, 2, 5);
            Assert.IsFalse(CosemNumber.Read(item, out value), "something behind it");
            item.Put(buffer, 2, 2);
            Assert.IsFalse(CosemNumber.Read(item, out value), "cut short");
            item.Refuse(DataAccessResult.ObjectUndefined);
            Assert.IsFalse(CosemNumber.Read(item, out value), "refused");
        }

        // The last eight digits; two numbers of 32 bits stand for "none".
        [TestMethod]
        [DataRow("0600000000", "0")]
        [DataRow("0605F5E0FF", "99999999")]
        [DataRow("0605F5E100", "0")]
        [DataRow("06FFFFFFFD", "94967293")]
        [DataRow("06FFFFFFFE", "4294967294")]
        [DataRow("06FFFFFFFF", "4294967294")]
        [DataRow("05FFFFFFFF", "4294967294")]
        [DataRow("150000000100000000", "94967296")]
        [DataRow("157FFFFFFFFFFFFFFF", "54775807")]
        public static void EnergyHasEightDigits(string data, string expected)
        {
            byte[] buffer = Hex.Parse(data);
            Assert.AreEqual(buffer.Length, CosemNumber.Read(buffer, 0, buffer.Length, out long value));
            Assert.AreEqual(expected, CosemNumber.ToEnergy(value).ToString());
        }

        [TestMethod]
        [DataRow(1234, 0, "1234")]
        [DataRow(-1234, 0, "-1234")]
        [DataRow(1234, 1, "12340")]
        [DataRow(-1234, 3, "-1234000")]
        [DataRow(2147483647, 9, "2147483647000000000")]
        [DataRow(1234, -1, "123")]
        [DataRow(1235, -1, "124")]
        [DataRow(1249, -2, "12")]
        [DataRow(1250, -2, "13")]
        [DataRow(-1234, -1, "-123")]
        [DataRow(-1235, -1, "-124")]
        [DataRow(4, -1, "0")]
        [DataRow(-4, -1, "0")]
        [DataRow(5, -1, "1")]
        [DataRow(-5, -1, "-1")]
        [DataRow(2147483647, -9, "2")]
        [DataRow(0, -9, "0")]
        [DataRow(0, 9, "0")]
        public static void PowersOfTenRoundHalfAwayFromZero(int value, int exponent, string expected)
        {
            Assert.AreEqual(expected, CosemNumber.Scale(value, exponent).ToString());
        }

        [TestMethod]
        public static void TheLargestNumberTimesTheLargestPowerFits()
        {
            Assert.AreEqual("4294967295000000000", CosemNumber.Scale(0xFFFFFFFF, 9).ToString());
            Assert.AreEqual("-2147483648000000000", CosemNumber.Scale(int.MinValue, 9).ToString());
        }
    }
}
