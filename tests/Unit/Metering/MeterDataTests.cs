using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class MeterDataTests
    {
        private const long Noon = 824558400;

        [TestMethod]
        public static void StartsWithoutData()
        {
            var data = new MeterData(1);
            MeterSnapshot snapshot = Copy(data);

            Assert.AreEqual(0, data.Version);
            Assert.IsFalse(snapshot.IsIdentified);
            Assert.IsFalse(snapshot.Clock.IsKnown);
            Assert.AreEqual(MeterTime.Unknown, snapshot.Reading.Time);
            Assert.AreEqual(MeterReading.NoEnergy, snapshot.Reading.Normal);
            Assert.AreEqual(MeterReading.NoEnergy, snapshot.Reading.Reverse);
            Assert.AreEqual(MeterReading.NoPower, snapshot.Reading.Power);
            Assert.AreEqual(MeterReading.NoCurrent, snapshot.Reading.CurrentR);
            Assert.AreEqual(MeterReading.NoCurrent, snapshot.Reading.CurrentT);
            Assert.AreEqual(MeterTime.Unknown, snapshot.Reading.MinuteTime);
            Assert.AreEqual(MeterTime.Unknown, snapshot.HalfHourTime);
            Assert.AreEqual(MeterReading.NoEnergy, snapshot.HalfHourNormal);
            Assert.AreEqual(MeterReading.NoEnergy, snapshot.HalfHourReverse);
            Assert.AreEqual(0L, snapshot.FreshUntil);
        }

        // R6: 60 minutes. R8: half hours of today and 99 days back.
        [TestMethod]
        public static void HoldsWhatTheRequirementsAskFor()
        {
            var data = new MeterData(1);

            Assert.AreEqual(60, data.Minutes.Interval);
            Assert.AreEqual(60, data.Minutes.Capacity);
            Assert.AreEqual(1800, data.HalfHours.Interval);
            Assert.AreEqual(4800, data.HalfHours.Capacity);
        }

        [TestMethod]
        public static void AReadingIsPublishedAsAWhole()
        {
            var data = new MeterData(1);
            MeterReading reading = Publish(data, 1, 0);
            reading.SetRegisters(0, 0, 0);
            reading.SetInstantaneous(0, 0, 0);
            reading.SetMinute(0, 0, 0);

            MeterReading copy = Copy(data).Reading;

            Assert.AreEqual(Noon + 2, copy.Time);
            Assert.AreEqual(11u, copy.Normal);
            Assert.AreEqual(22u, copy.Reverse);
            Assert.AreEqual(-333, copy.Power);
            Assert.AreEqual(-44, (int)copy.CurrentR);
            Assert.AreEqual(55, (int)copy.CurrentT);
            Assert.AreEqual(Noon, copy.MinuteTime);
            Assert.AreEqual(10u, copy.MinuteNormal);
            Assert.AreEqual(21u, copy.MinuteReverse);
        }

        [TestMethod]
        [DataRow(1, 7000, 127000)]
        [DataRow(60, 7000, 9000)]
        public static void AReadingIsFreshForTwoMinutesOfTheMeteringClock(int rate, int readAt, int freshUntil)
        {
            var data = new MeterData(rate);
            Publish(data, rate, readAt);
            MeterSnapshot snapshot = Copy(data);

            Assert.AreEqual((long)freshUntil, snapshot.FreshUntil);
            Assert.AreEqual(Noon + 2 + MeterData.FreshSeconds, snapshot.Clock.Now(snapshot.FreshUntil));
        }

        [TestMethod]
        public static void LiveValuesAreServedForTenSecondsFromWhenTheyWereAskedFor()
        {
            var data = new MeterData(1);
            MeterReading reading = Publish(data, 1, 7000);
            Assert.AreEqual(10000L, Copy(data).LiveUntil);
            int version = data.Version;
            MeterSnapshot snapshot = Copy(data);

            reading.SetRegisters(reading.Time, 12, 23);
            reading.SetInstantaneous(-334, -45, 56);
            data.PublishLive(reading, 8500);

            Assert.AreEqual(version, data.Version, "nothing else has changed");
            Assert.AreNotEqual(data.LiveVersion, snapshot.LiveVersion);
            data.CopyLiveTo(snapshot);
            Assert.AreEqual(data.LiveVersion, snapshot.LiveVersion);
            Assert.AreEqual(18500L, snapshot.LiveUntil);
            Assert.AreEqual(128500L, snapshot.FreshUntil, "what was read just now is fresh");
            Assert.AreEqual(12u, snapshot.Reading.Normal);
            Assert.AreEqual(-334, snapshot.Reading.Power);
            Assert.AreEqual(Noon + 2, snapshot.Reading.Time);
        }

        // Nobody waits for another power, but for a metering unit that was lost.
        [TestMethod]
        [DataRow(126999, 0)]
        [DataRow(127000, 1)]
        public static void LiveValuesTellOnlyThatAMeteringUnitIsBack(int asked, int sets)
        {
            var data = new MeterData(1);
            MeterReading reading = Publish(data, 1, 7000);
            var signal = new FakeSignal(new FakeClock());
            data.Subscribe(signal);
            int version = data.Version;

            data.PublishLive(reading, asked);

            Assert.AreEqual(sets, signal.Sets);
            Assert.AreEqual(version + sets, data.Version);
        }

        [TestMethod]
        public static void ASnapshotStaysWhileThePublishedOneGoesOn()
        {
            var data = new MeterData(1);
            Publish(data, 1, 0);
            MeterSnapshot snapshot = Copy(data);
            var clock = new MeterClock(1);
            var reading = new MeterReading();
            reading.SetRegisters(Noon + 62, 12, 22);
            clock.Set(Noon + 62, 0);

            data.Publish(new MeterParameters(), reading, clock, 0);

            Assert.AreEqual(Noon + 2, snapshot.Reading.Time);
            Assert.AreEqual(Noon + 2, snapshot.Clock.Now(0));
            Assert.AreEqual(Noon + 62, Copy(data).Clock.Now(0));
            Assert.AreNotEqual(data.Version, snapshot.Version);
            Assert.AreEqual(data.Version, Copy(data).Version);
        }

        [TestMethod]
        public static void ParametersArePublished()
        {
            var data = new MeterData(1);
            var parameters = new MeterParameters();
            Assert.IsTrue(parameters.Set(new byte[] { 0x4D, 0x55, 0x2D, 0x37 }, 100, 0x0A, 6));

            data.Publish(parameters, new MeterReading(), new MeterClock(1), 0);
            parameters.Set(new byte[] { 1 }, 1, 0, 1);
            MeterSnapshot snapshot = Copy(data);

            Assert.IsTrue(snapshot.IsIdentified);
            Assert.AreEqual(100u, snapshot.Parameters.Coefficient);
            Assert.AreEqual(0x0A, (int)snapshot.Parameters.Unit);
            Assert.AreEqual(6, (int)snapshot.Parameters.Digits);
            var serial = new byte[14];
            snapshot.Parameters.CopySerial(serial, 1);
            Assert.AreEqual("004D552D37000000000000000000", Hex.Format(serial, 0, serial.Length));
        }

        [TestMethod]
        [DataRow(1, 1, 0x00, 1, true)]
        [DataRow(12, 999999, 0x04, 8, true)]
        [DataRow(12, 1, 0x0D, 8, true)]
        [DataRow(12, 1, 0x0A, 8, true)]
        [DataRow(0, 1, 0x00, 8, false)]
        [DataRow(13, 1, 0x00, 8, false)]
        [DataRow(12, 0, 0x00, 8, false)]
        [DataRow(12, 1000000, 0x00, 8, false)]
        [DataRow(12, -1, 0x00, 8, false)]
        [DataRow(12, 1, 0x05, 8, false)]
        [DataRow(12, 1, 0x09, 8, false)]
        [DataRow(12, 1, 0x0E, 8, false)]
        [DataRow(12, 1, 0xFF, 8, false)]
        [DataRow(12, 1, 0x00, 0, false)]
        [DataRow(12, 1, 0x00, 9, false)]
        public static void ParametersOutOfRangeAreNotTaken(
            int length, int coefficient, int unit, int digits, bool taken)
        {
            var parameters = new MeterParameters();
            parameters.Set(new byte[] { 0xAA }, 77, 0x02, 5);
            var serial = new byte[12];

            Assert.AreEqual(taken, parameters.Set(new byte[length], (uint)coefficient, (byte)unit, (byte)digits));

            parameters.CopySerial(serial, 0);
            Assert.AreEqual(taken ? (uint)coefficient : 77u, parameters.Coefficient);
            Assert.AreEqual(taken ? unit : 0x02, (int)parameters.Unit);
            Assert.AreEqual(taken ? digits : 5, (int)parameters.Digits);
            Assert.AreEqual(taken ? 0 : 0xAA, (int)serial[0]);
        }

        [TestMethod]
        public static void TheNewestHalfHourIsPublishedWhenItChanges()
        {
            var data = new MeterData(1);
            data.HalfHours.MoveTo(Noon);
            data.PublishHalfHour();
            MeterSnapshot missing = Copy(data);
            Assert.AreEqual(1, data.Version);
            Assert.AreEqual(Noon, missing.HalfHourTime);
            Assert.AreEqual(MeterReading.NoEnergy, missing.HalfHourNormal);

            data.HalfHours.Put(Noon, 5, 6);
            data.PublishHalfHour();
            data.HalfHours.Put(Noon - MeterTime.HalfHour, 3, 4);
            data.PublishHalfHour();

            Assert.AreEqual(2, data.Version, "an older row is no news");
            Assert.AreEqual(Noon, Copy(data).HalfHourTime);
            Assert.AreEqual(5u, Copy(data).HalfHourNormal);
            Assert.AreEqual(6u, Copy(data).HalfHourReverse);
        }

        [TestMethod]
        public static void EverySubscriberHearsEveryPublication()
        {
            var data = new MeterData(1);
            var one = new FakeSignal(new FakeClock());
            var other = new FakeSignal(new FakeClock());
            data.Subscribe(one);
            Publish(data, 1, 0);
            data.Subscribe(other);

            Publish(data, 1, 0);
            data.HalfHours.Put(Noon, 5, 6);
            data.PublishHalfHour();
            data.PublishHalfHour();

            Assert.AreEqual(3, one.Sets);
            Assert.AreEqual(2, other.Sets);
            Assert.AreEqual(3, data.Version);
        }

        private static MeterReading Publish(MeterData data, int rate, long now)
        {
            var clock = new MeterClock(rate);
            var reading = new MeterReading();
            reading.SetRegisters(Noon + 2, 11, 22);
            reading.SetInstantaneous(-333, -44, 55);
            reading.SetMinute(Noon, 10, 21);
            clock.Set(Noon + 2, now);
            data.Publish(new MeterParameters(), reading, clock, 0);
            return reading;
        }

        private static MeterSnapshot Copy(MeterData data)
        {
            var snapshot = new MeterSnapshot(data.ClockRate);
            data.CopyTo(snapshot);
            return snapshot;
        }
    }
}
