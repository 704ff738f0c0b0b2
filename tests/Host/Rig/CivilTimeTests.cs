using System;
using NanoComm.Metering;
using NanoComm.Rig;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Rig
{
    [TestFixture]
    public sealed class CivilTimeTests
    {
        private static readonly DateTime Epoch = new(2000, 1, 1);

        // 997 days and some seconds: every month, hour and place in the leap years' cycles comes by.
        [Test]
        public void TheTwoCalendarsAgreeFromYear1To9999()
        {
            var step = new TimeSpan(997, 7, 11, 13);
            int times = 0;
            for (DateTime time = DateTime.MinValue; time < DateTime.MaxValue - step; time += step)
            {
                long meterTime = (time - Epoch).Ticks / TimeSpan.TicksPerSecond;

                Assert.That(time.ToMeterTime(), Is.EqualTo(meterTime));
                Assert.That(meterTime.ToCivil(), Is.EqualTo(time));
                times++;
            }

            Assert.That(times, Is.GreaterThan(3600));
        }

        [Test]
        public void AnUnknownTimeBecomesTheSmallestDate()
        {
            Assert.That(MeterTime.Unknown.ToCivil(), Is.EqualTo(DateTime.MinValue));
        }
    }
}
