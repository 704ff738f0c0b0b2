using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class MeterClockTests
    {
        private const long Noon = 824558400;

        [TestMethod]
        public static void KnowsNoTimeBeforeItIsSet()
        {
            var clock = new MeterClock(1);

            Assert.IsFalse(clock.IsKnown);
            Assert.AreEqual(MeterTime.Unknown, clock.Now(0));
            Assert.AreEqual(MeterTime.Unknown, clock.Now(1000000));
        }

        [TestMethod]
        [DataRow(1, 0, 0)]
        [DataRow(1, 999, 0)]
        [DataRow(1, 1000, 1)]
        [DataRow(1, 86400000, 86400)]
        [DataRow(60, 16, 0)]
        [DataRow(60, 17, 1)]
        [DataRow(60, 1000, 60)]
        [DataRow(3600, 1000, 3600)]
        public static void RunsAtItsRate(int rate, int milliseconds, int seconds)
        {
            var clock = new MeterClock(rate);
            clock.Set(Noon, 5000);

            Assert.IsTrue(clock.IsKnown);
            Assert.AreEqual(Noon + seconds, clock.Now(5000 + milliseconds));
        }

        // The first millisecond at which the clock stands at the time, or past it where it runs faster than that.
        [TestMethod]
        [DataRow(1)]
        [DataRow(7)]
        [DataRow(60)]
        [DataRow(1000)]
        [DataRow(3600)]
        public static void WhenIsTheInverseOfNow(int rate)
        {
            var clock = new MeterClock(rate);
            clock.Set(Noon, 12345);

            for (int seconds = 1; seconds < 300; seconds++)
            {
                long when = clock.When(Noon + seconds);
                Assert.IsTrue(clock.Now(when) >= Noon + seconds);
                Assert.IsTrue(clock.Now(when - 1) < Noon + seconds);
                if (rate <= 1000)
                {
                    Assert.AreEqual(Noon + seconds, clock.Now(when));
                }
            }

            Assert.AreEqual(12345L, clock.When(Noon));
        }

        [TestMethod]
        [DataRow(1)]
        [DataRow(60)]
        public static void ATimeThatHasPassedWasInThePast(int rate)
        {
            var clock = new MeterClock(rate);
            clock.Set(Noon, 100000);

            Assert.IsTrue(clock.When(Noon - 1) < 100000);
            Assert.IsTrue(clock.When(Noon - 60) < clock.When(Noon - 1));
        }

        // Ten years at an odd rate: rounding never adds up, because every question starts from the last setting.
        [TestMethod]
        public static void DoesNotDrift()
        {
            var clock = new MeterClock(7);
            long tenYears = 315576000000;
            clock.Set(Noon, 1);

            Assert.AreEqual(Noon + (tenYears / 1000 * 7), clock.Now(1 + tenYears));
            Assert.AreEqual(1 + tenYears, clock.When(Noon + (tenYears / 1000 * 7)));
        }

        [TestMethod]
        public static void AReadingReplacesTheOneBefore()
        {
            var clock = new MeterClock(1);
            clock.Set(Noon, 1000);
            clock.Set(Noon - 3600, 2000);

            Assert.AreEqual(Noon - 3600, clock.Now(2000));
            Assert.AreEqual(2000L, clock.When(Noon - 3600));
        }

        [TestMethod]
        public static void ACopyGoesOnByItself()
        {
            var clock = new MeterClock(1);
            var copy = new MeterClock(1);
            clock.Set(Noon, 1000);
            copy.CopyFrom(clock);
            clock.Set(Noon + 500, 1000);

            Assert.AreEqual(Noon + 1, copy.Now(2000));
        }
    }
}
