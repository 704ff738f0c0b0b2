using NanoComm.MeterLink;
using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class CosemTimeTests
    {
        // Day of week, hundredths, deviation and status are whatever the metering unit likes.
        [TestMethod]
        [DataRow("07EA0B16 FF 160500 FF 8000 00")]
        [DataRow("07EA0B16 07 160500 00 FDE4 00")]
        [DataRow("07EA0B16 01 160500 63 021C FF")]
        public static void CivilTimeIsTakenAsItStands(string text)
        {
            Assert.AreEqual(MeterTime.FromCalendar(2026, 11, 22, 22, 5, 0), Read(text));
        }

        [TestMethod]
        [DataRow("FFFF0B16 FF 160500 FF 8000 00")]
        [DataRow("00000B16 FF 160500 FF 8000 00")]
        [DataRow("07EAFF16 FF 160500 FF 8000 00")]
        [DataRow("07EA0D16 FF 160500 FF 8000 00")]
        [DataRow("07EAFD16 FF 160500 FF 8000 00")]
        [DataRow("07EA0BFF FF 160500 FF 8000 00")]
        [DataRow("07EA0BFE FF 160500 FF 8000 00")]
        [DataRow("07EA0B1F FF 160500 FF 8000 00")]
        [DataRow("07EB021D FF 160500 FF 8000 00")]
        [DataRow("07EA0B00 FF 160500 FF 8000 00")]
        [DataRow("07EA0B16 FF FF0500 FF 8000 00")]
        [DataRow("07EA0B16 FF 180500 FF 8000 00")]
        [DataRow("07EA0B16 FF 163C00 FF 8000 00")]
        [DataRow("07EA0B16 FF 1605FF FF 8000 00")]
        [DataRow("07EA0B16 FF 16053C FF 8000 00")]
        public static void WhatIsNotSpecifiedOrNoDateIsUnknown(string text)
        {
            Assert.AreEqual(MeterTime.Unknown, Read(text));
        }

        [TestMethod]
        [DataRow("090C 07EA0B16FF160500FF800000", 14, true)]
        [DataRow("19 07EA0B16FF160500FF800000", 13, true)]
        [DataRow("090C 07EA0B16FF1605FFFF800000", 14, false)]
        [DataRow("090C FFFFFFFFFFFFFFFFFF8000FF", 14, false)]
        [DataRow("0A0C 07EA0B16FF160500FF800000", 0, false)]
        [DataRow("090B 07EA0B16FF160500FF8000", 0, false)]
        [DataRow("00", 0, false)]
        [DataRow("", 0, false)]
        public static void TimesOfEitherType(string data, int length, bool isKnown)
        {
            byte[] buffer = Hex.Parse("AA" + data);
            long expected = MeterTime.FromCalendar(2026, 11, 22, 22, 5, 0);
            Assert.AreEqual(length, CosemTime.Read(buffer, 1, buffer.Length, false, out long time));
            Assert.AreEqual(isKnown ? expected : MeterTime.Unknown, time);
            Assert.AreEqual(0, CosemTime.Read(buffer, 1, length, false, out time), "cut short");
        }

        // A minute needs no seconds; a clock does.
        [TestMethod]
        public static void OfALabelTheSecondsMayBeLeftOpen()
        {
            byte[] buffer = Hex.Parse("090C 07EA0B16FF1605FFFF800000");
            CosemTime.Read(buffer, 0, buffer.Length, true, out long time);
            Assert.AreEqual(MeterTime.FromCalendar(2026, 11, 22, 22, 5, 0), time);
            CosemTime.Read(buffer, 0, buffer.Length, false, out time);
            Assert.AreEqual(MeterTime.Unknown, time);
        }

        [TestMethod]
        [DataRow(2026, 11, 22, 22, 5, 0, "07EA0B16FF160500 00 8000 00")]
        [DataRow(2028, 2, 29, 23, 59, 59, "07EC021DFF173B3B 00 8000 00")]
        [DataRow(2027, 1, 1, 0, 0, 0, "07EB0101FF000000 00 8000 00")]
        [DataRow(1999, 12, 31, 23, 30, 0, "07CF0C1FFF171E00 00 8000 00")]
        public static void WritesAllTwelveBytes(
            int year, int month, int day, int hour, int minute, int second, string expected)
        {
            byte[] buffer = Hex.Parse("EEEEEEEEEEEEEEEEEEEEEEEE");
            long time = MeterTime.FromCalendar(year, month, day, hour, minute, second);
            CosemTime.Write(time, buffer);
            Assert.AreEqual(Hex.Compact(expected), Hex.Format(buffer, 0, CosemTime.Length));
            Assert.AreEqual(time, Read(expected));
        }

        private static long Read(string text)
        {
            byte[] buffer = Hex.Parse("AAAA 090C" + text + "AA");
            Assert.AreEqual(2 + CosemTime.Length, CosemTime.Read(buffer, 2, buffer.Length, false, out long time));
            return time;
        }
    }
}
