using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class MeterTimeTests
    {
        // Date as digits, days since 2000-01-01: from an independent calendar.
        [TestMethod]
        [DataRow(2000, 1, 1, 0)]
        [DataRow(2000, 2, 29, 59)]
        [DataRow(2000, 3, 1, 60)]
        [DataRow(1999, 12, 31, -1)]
        [DataRow(1900, 3, 1, -36465)]
        [DataRow(2024, 2, 29, 8825)]
        [DataRow(2026, 11, 22, 9822)]
        [DataRow(2100, 2, 28, 36583)]
        [DataRow(2100, 3, 1, 36584)]
        [DataRow(1, 1, 1, -730119)]
        [DataRow(9999, 12, 31, 2921939)]
        public static void DatesAreCountedFrom2000(int year, int month, int day, int days)
        {
            long midnight = days * 86400L;
            var bytes = new byte[4];

            Assert.AreEqual(midnight, MeterTime.FromCalendar(year, month, day, 0, 0, 0));
            Assert.AreEqual(midnight + 86399, MeterTime.FromCalendar(year, month, day, 23, 59, 59));
            Assert.AreEqual(days, MeterTime.DayOf(midnight));
            Assert.AreEqual(days, MeterTime.DayOf(midnight + 86399));

            MeterTime.Write(midnight + 86399, bytes, 0, 4);
            Assert.AreEqual((year << 16) | (month << 8) | day,
                (bytes[0] << 24) | (bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
        }

        [TestMethod]
        [DataRow(0, 1, 1, 0, 0, 0)]
        [DataRow(10000, 1, 1, 0, 0, 0)]
        [DataRow(2026, 0, 1, 0, 0, 0)]
        [DataRow(2026, 13, 1, 0, 0, 0)]
        [DataRow(2026, 1, 0, 0, 0, 0)]
        [DataRow(2026, 1, 32, 0, 0, 0)]
        [DataRow(2026, 4, 31, 0, 0, 0)]
        [DataRow(2027, 2, 29, 0, 0, 0)]
        [DataRow(2100, 2, 29, 0, 0, 0)]
        [DataRow(2000, 2, 30, 0, 0, 0)]
        [DataRow(2026, 1, 1, 24, 0, 0)]
        [DataRow(2026, 1, 1, 0, 60, 0)]
        [DataRow(2026, 1, 1, 0, 0, 60)]
        [DataRow(2026, 1, 1, -1, 0, 0)]
        [DataRow(2026, 1, 1, 0, -1, 0)]
        [DataRow(2026, 1, 1, 0, 0, -1)]
        public static void WhatIsNoDateOrTimeIsUnknown(int year, int month, int day, int hour, int minute, int second)
        {
            Assert.AreEqual(MeterTime.Unknown, MeterTime.FromCalendar(year, month, day, hour, minute, second));
        }

        [TestMethod]
        [DataRow(2000, 2, 29)]
        [DataRow(2023, 2, 28)]
        [DataRow(2024, 2, 29)]
        [DataRow(2100, 2, 28)]
        [DataRow(2026, 1, 31)]
        [DataRow(2026, 4, 30)]
        [DataRow(2026, 7, 31)]
        [DataRow(2026, 8, 31)]
        [DataRow(2026, 9, 30)]
        [DataRow(2026, 12, 31)]
        public static void MonthsHaveTheirDays(int year, int month, int days)
        {
            Assert.AreEqual(days, MeterTime.DaysInMonth(year, month));
        }

        [TestMethod]
        public static void EveryDayOf8YearsFollowsTheOneBefore()
        {
            var bytes = new byte[7];
            long time = MeterTime.FromCalendar(2023, 1, 1, 0, 0, 0);
            for (int year = 2023; year <= 2030; year++)
            {
                for (int month = 1; month <= 12; month++)
                {
                    for (int day = 1; day <= MeterTime.DaysInMonth(year, month); day++)
                    {
                        Assert.AreEqual(time, MeterTime.FromCalendar(year, month, day, 0, 0, 0));
                        MeterTime.Write(time, bytes, 0, 7);
                        Assert.AreEqual((year * 10000) + (month * 100) + day,
                            (((bytes[0] << 8) | bytes[1]) * 10000) + (bytes[2] * 100) + bytes[3]);
                        time += MeterTime.Day;
                    }
                }
            }

            Assert.AreEqual(MeterTime.FromCalendar(2031, 1, 1, 0, 0, 0), time);
        }

        [TestMethod]
        [DataRow(119, 60, 60)]
        [DataRow(120, 60, 120)]
        [DataRow(0, 60, 0)]
        [DataRow(-1, 60, -60)]
        [DataRow(-60, 60, -60)]
        [DataRow(-61, 60, -120)]
        [DataRow(3599, 1800, 1800)]
        [DataRow(-1, 1800, -1800)]
        [DataRow(-1, 86400, -86400)]
        [DataRow(86400, 86400, 86400)]
        public static void FloorRoundsTowardsThePast(int time, int interval, int floor)
        {
            Assert.AreEqual((long)floor, MeterTime.Floor(time, interval));
        }

        // The times are written out: seconds since 2000-01-01 do not fit a data row of integers.
        [TestMethod]
        [DataRow(2026, 11, 22, 10, 20, 30, 7, "FF07EA0B160A141EFF")]
        [DataRow(2026, 11, 22, 10, 20, 30, 6, "FF07EA0B160A14FFFF")]
        [DataRow(2026, 11, 22, 10, 20, 30, 4, "FF07EA0B16FFFFFFFF")]
        [DataRow(2024, 2, 29, 23, 59, 59, 7, "FF07E8021D173B3BFF")]
        [DataRow(1999, 12, 31, 23, 59, 59, 7, "FF07CF0C1F173B3BFF")]
        [DataRow(1, 1, 1, 0, 0, 1, 7, "FF000101010000" + "01FF")]
        [DataRow(9999, 12, 31, 23, 59, 59, 7, "FF270F0C1F173B3BFF")]
        public static void WritesTheBytesAskedForAndNoOthers(
            int year, int month, int day, int hour, int minute, int second, int count, string expected)
        {
            byte[] bytes = Hex.Parse("FFFFFFFFFFFFFFFFFF");

            MeterTime.Write(MeterTime.FromCalendar(year, month, day, hour, minute, second), bytes, 1, count);

            Assert.AreEqual(expected, Hex.Format(bytes, 0, bytes.Length));
        }

        [TestMethod]
        [DataRow(7, "00010101000000")]
        [DataRow(6, "000101010000FF")]
        [DataRow(4, "00010101FFFFFF")]
        public static void AnUnknownTimeIsTheSmallestDate(int count, string expected)
        {
            byte[] bytes = Hex.Parse("FFFFFFFFFFFFFF");

            MeterTime.Write(MeterTime.Unknown, bytes, 0, count);

            Assert.AreEqual(expected, Hex.Format(bytes, 0, bytes.Length));
        }

        [TestMethod]
        [DataRow("FF07EA0B160A14", 2026, 11, 22, 10, 20)]
        [DataRow("FF07E8021D0000", 2024, 2, 29, 0, 0)]
        [DataRow("FF00010101173B", 1, 1, 1, 23, 59)]
        [DataRow("FF270F0C1F173B", 9999, 12, 31, 23, 59)]
        public static void ReadsToTheMinute(string bytes, int year, int month, int day, int hour, int minute)
        {
            Assert.AreEqual(MeterTime.FromCalendar(year, month, day, hour, minute, 0),
                MeterTime.ReadToMinute(Hex.Parse(bytes), 1));
        }

        [TestMethod]
        [DataRow("FFFFFFFFFFFF")]
        [DataRow("000000000000")]
        [DataRow("07EB021D0000")]
        [DataRow("07EA0B161800")]
        [DataRow("07EA0B16003C")]
        [DataRow("27100C1F0000")]
        public static void BytesThatAreNoDateReadAsUnknown(string bytes)
        {
            Assert.AreEqual(MeterTime.Unknown, MeterTime.ReadToMinute(Hex.Parse(bytes), 0));
        }
    }
}
