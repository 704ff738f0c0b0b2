using System;
using System.Buffers.Binary;
using NanoComm.Metering;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Metering
{
    [TestFixture]
    public sealed class MeterTimeCalendarTests
    {
        // The device has no time for 3.6 million days; the unit tests take the interesting ones.
        [Test]
        public void EveryDayFromYear1To9999AgreesWithDateTime()
        {
            var epoch = new DateTime(2000, 1, 1);
            var bytes = new byte[7];
            for (DateTime day = DateTime.MinValue; ; day = day.AddDays(1))
            {
                long time = MeterTime.FromCalendar(day.Year, day.Month, day.Day, 12, 34, 56);
                MeterTime.Write(time, bytes, 0, 7);
                int date = (day.Year << 16) | (day.Month << 8) | day.Day;
                if (time != (long)(day - epoch).TotalSeconds + 45296
                    || BinaryPrimitives.ReadInt32BigEndian(bytes) != date
                    || bytes[4] != 12 || bytes[5] != 34 || bytes[6] != 56
                    || MeterTime.DayOf(time) != (day - epoch).Days
                    || MeterTime.DaysInMonth(day.Year, day.Month) != DateTime.DaysInMonth(day.Year, day.Month))
                {
                    Assert.Fail($"{day:yyyy-MM-dd}: {time}, {Convert.ToHexString(bytes)}");
                }

                if (day == DateTime.MaxValue.Date)
                {
                    Assert.Pass();
                }
            }
        }
    }
}
