using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class HighVoltageDataTests
    {
        private const long Noon = 824558400;
        private const byte Serial = 0x4D;

        [TestMethod]
        public static void ALowVoltageReadModelHasNothingOfIt()
        {
            var data = new MeterData(1);
            Assert.IsNull(data.High);
            Assert.IsNull(new MeterReading().High);
            Assert.IsNull(new MeterParameters().High);
            Assert.IsNull(Copy(data, MeterClass.LowVoltage).HighHalfHour);
        }

        // R8 of reactive energy and demand, R6 of reactive energy.
        [TestMethod]
        public static void HoldsAsManyValuesAsOfActiveEnergy()
        {
            var data = new MeterData(1, MeterClass.HighVoltage);
            Assert.AreEqual(data.HalfHours.Interval, data.High.Reactive.Interval);
            Assert.AreEqual(data.HalfHours.Capacity, data.High.Reactive.Capacity);
            Assert.AreEqual(data.HalfHours.Interval, data.High.Demand.Interval);
            Assert.AreEqual(data.HalfHours.Capacity, data.High.Demand.Capacity);
            Assert.AreEqual(data.Minutes.Interval, data.High.ReactiveMinutes.Interval);
            Assert.AreEqual(data.Minutes.Capacity, data.High.ReactiveMinutes.Capacity);
        }

        [TestMethod]
        public static void StartsWithoutData()
        {
            MeterSnapshot snapshot = Copy(new MeterData(1, MeterClass.HighVoltage), MeterClass.HighVoltage);
            for (int i = 0; i < HighVoltageReading.Count; i++)
            {
                Assert.AreEqual(MeterReading.NoEnergy, snapshot.Reading.High[i]);
            }

            Assert.AreEqual(4, snapshot.HighHalfHour.Length);
            for (int i = 0; i < snapshot.HighHalfHour.Length; i++)
            {
                Assert.AreEqual(MeterReading.NoEnergy, snapshot.HighHalfHour[i]);
            }

            Assert.IsFalse(snapshot.Parameters.High.HasReactive);
            Assert.IsFalse(snapshot.Parameters.High.HasCumulativeDemand);
        }

        [TestMethod]
        public static void ReadingAndParametersArePublishedWithThoseOfLowVoltage()
        {
            MeterData data = Identified(0x02, out MeterReading reading);
            for (int i = 0; i < HighVoltageReading.Count; i++)
            {
                reading.High[i] = (uint)(100 + i);
            }

            data.PublishLive(reading, 0);
            MeterSnapshot snapshot = new MeterSnapshot(1, MeterClass.HighVoltage);
            data.CopyTo(snapshot);
            reading.High[HighVoltageReading.LagNormal] = 1;

            Assert.AreEqual(104u, snapshot.Reading.High[HighVoltageReading.LagNormal], "a copy");
            data.PublishLive(reading, 0);
            data.CopyLiveTo(snapshot);
            Assert.AreEqual(1u, snapshot.Reading.High[HighVoltageReading.LagNormal]);
            Assert.AreEqual(109u, snapshot.Reading.High[HighVoltageReading.MinuteLagReverse]);
            HighVoltageParameters parameters = snapshot.Parameters.High;
            Assert.AreEqual(3, (int)parameters.Multiplier);
            Assert.AreEqual(31, (int)parameters.FixedDate);
            Assert.AreEqual(0x01, (int)parameters.DemandUnit);
            Assert.AreEqual(5, (int)parameters.DemandDigits);
            Assert.AreEqual(0x0A, (int)parameters.CumulativeDemandUnit);
            Assert.AreEqual(0x02, (int)parameters.ReactiveUnit);
            Assert.AreEqual(6, (int)parameters.ReactiveDigits);
            Assert.IsTrue(parameters.HasReactive);
            Assert.IsTrue(parameters.HasCumulativeDemand);
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(99999999, 99999999)]
        [DataRow(100000000, -2)]
        [DataRow(-1, -2)]
        [DataRow(-2, -2)]
        public static void ARegisterBeyondItsRangeIsNoData(int value, int stored)
        {
            var reading = new HighVoltageReading();
            reading[HighVoltageReading.LeadReverse] = (uint)value;
            Assert.AreEqual((uint)stored, reading[HighVoltageReading.LeadReverse]);
        }

        [TestMethod]
        [DataRow(0, 1, 0x00, 1, 0xFF, 0xFF, 1, true)]
        [DataRow(3, 31, 0x0D, 8, 0x0D, 0x04, 8, true)]
        [DataRow(4, 1, 0x00, 1, 0x00, 0x00, 1, false)]
        [DataRow(0, 0, 0x00, 1, 0x00, 0x00, 1, false)]
        [DataRow(0, 32, 0x00, 1, 0x00, 0x00, 1, false)]
        [DataRow(0, 1, 0x05, 1, 0x00, 0x00, 1, false)]
        [DataRow(0, 1, 0xFF, 1, 0x00, 0x00, 1, false)]
        [DataRow(0, 1, 0x00, 0, 0x00, 0x00, 1, false)]
        [DataRow(0, 1, 0x00, 9, 0x00, 0x00, 1, false)]
        [DataRow(0, 1, 0x00, 1, 0x09, 0x00, 1, false)]
        [DataRow(0, 1, 0x00, 1, 0x00, 0x0E, 1, false)]
        [DataRow(0, 1, 0x00, 1, 0x00, 0x00, 0, false)]
        [DataRow(0, 1, 0x00, 1, 0x00, 0x00, 9, false)]
        public static void ParametersOutOfRangeAreNotTaken(int multiplier, int fixedDate, int demandUnit,
            int demandDigits, int cumulativeDemandUnit, int reactiveUnit, int reactiveDigits, bool taken)
        {
            var parameters = new HighVoltageParameters();
            Assert.IsTrue(parameters.Set(2, 15, 0x03, 4, 0x03, 0x03, 7));

            Assert.AreEqual(taken, parameters.Set((byte)multiplier, (byte)fixedDate, (byte)demandUnit,
                (byte)demandDigits, (byte)cumulativeDemandUnit, (byte)reactiveUnit, (byte)reactiveDigits));

            Assert.AreEqual(taken ? multiplier : 2, (int)parameters.Multiplier);
            Assert.AreEqual(taken ? fixedDate : 15, (int)parameters.FixedDate);
            Assert.AreEqual(taken ? demandUnit : 0x03, (int)parameters.DemandUnit);
            Assert.AreEqual(taken ? demandDigits : 4, (int)parameters.DemandDigits);
            Assert.AreEqual(taken ? cumulativeDemandUnit : 0x03, (int)parameters.CumulativeDemandUnit);
            Assert.AreEqual(taken ? reactiveUnit : 0x03, (int)parameters.ReactiveUnit);
            Assert.AreEqual(taken ? reactiveDigits : 7, (int)parameters.ReactiveDigits);
        }

        [TestMethod]
        public static void AHalfHourIsPublishedWhenAllOfItWasAskedFor()
        {
            MeterData data = Identified(0x02, out _);
            data.HalfHours.Put(Noon, 5, 6);
            data.PublishHalfHour();
            AssertHalfHour(data, MeterReading.NoEnergy, MeterReading.NoEnergy, MeterReading.NoEnergy);

            data.High.Demand.Put(Noon, 7, 8);
            data.PublishHalfHour();
            AssertHalfHour(data, MeterReading.NoEnergy, MeterReading.NoEnergy, MeterReading.NoEnergy);

            data.High.Reactive.Put(Noon, 9, 10);
            data.PublishHalfHour();
            AssertHalfHour(data, 5, 7, 9);
            MeterSnapshot snapshot = Copy(data, MeterClass.HighVoltage);
            Assert.AreEqual(6u, snapshot.HalfHourReverse);
            Assert.AreEqual(8u, snapshot.HighHalfHour[HighVoltageData.DemandReverse]);
            Assert.AreEqual(10u, snapshot.HighHalfHour[HighVoltageData.ReactiveReverse]);
        }

        [TestMethod]
        public static void ANewDemandAloneIsPublishedOnce()
        {
            MeterData data = Identified(0x02, out _);
            PutAll(data, Noon);
            data.PublishHalfHour();
            int version = data.Version;

            data.PublishHalfHour();
            Assert.AreEqual(version, data.Version);
            data.High.Demand.Put(Noon, 70, 8);
            data.PublishHalfHour();
            Assert.AreEqual(version + 1, data.Version);
            AssertHalfHour(data, 5, 70, 9);
        }

        [TestMethod]
        public static void TheNextHalfHourHasNothingOfTheOneBefore()
        {
            MeterData data = Identified(0x02, out _);
            PutAll(data, Noon);
            data.PublishHalfHour();
            data.HalfHours.MoveTo(Noon + MeterTime.HalfHour);
            data.High.MoveTo(Noon + MeterTime.HalfHour);
            data.PublishHalfHour();
            Assert.AreEqual(Noon + MeterTime.HalfHour, Copy(data, MeterClass.HighVoltage).HalfHourTime);
            AssertHalfHour(data, MeterReading.NoEnergy, MeterReading.NoEnergy, MeterReading.NoEnergy);
        }

        [TestMethod]
        public static void ReactiveEnergyThatDoesNotExistIsNotWaitedFor()
        {
            MeterData data = Identified(HighVoltageParameters.NoUnit, out _);
            data.HalfHours.Put(Noon, 5, 6);
            data.High.Demand.Put(Noon, 7, 8);
            data.PublishHalfHour();
            AssertHalfHour(data, 5, 7, MeterReading.NoEnergy);
        }

        [TestMethod]
        public static void WhatTheMeteringUnitDidNotHaveIsNotWaitedFor()
        {
            MeterData data = Identified(0x02, out _);
            data.HalfHours.Put(Noon, 5, 6);
            data.High.MoveTo(Noon);
            data.High.Demand.MarkAsked(Noon, Noon);
            data.High.Reactive.MarkAsked(Noon, Noon);
            data.PublishHalfHour();
            AssertHalfHour(data, 5, MeterReading.NoEnergy, MeterReading.NoEnergy);
        }

        [TestMethod]
        public static void AnotherMeteringUnitHasNoneOfTheIntervals()
        {
            MeterData data = Identified(0x02, out _);
            PutAll(data, Noon);
            data.High.ReactiveMinutes.Put(Noon, 1, 2);
            data.PublishHalfHour();
            data.Forget();
            AssertHalfHour(data, MeterReading.NoEnergy, MeterReading.NoEnergy, MeterReading.NoEnergy);
            Assert.AreEqual(MeterTime.Unknown, data.High.Reactive.Newest);
            Assert.AreEqual(MeterTime.Unknown, data.High.Demand.Newest);
            Assert.AreEqual(MeterTime.Unknown, data.High.ReactiveMinutes.Newest);
        }

        [TestMethod]
        public static void ASnapshotOfLowVoltageTakesWhatBothClassesHave()
        {
            MeterData data = Identified(0x02, out _);
            PutAll(data, Noon);
            data.PublishHalfHour();
            MeterSnapshot snapshot = Copy(data, MeterClass.LowVoltage);
            Assert.AreEqual(11u, snapshot.Reading.Normal);
            Assert.AreEqual(5u, snapshot.HalfHourNormal);
            Assert.IsNull(snapshot.Reading.High);
        }

        private static void PutAll(MeterData data, long time)
        {
            data.HalfHours.Put(time, 5, 6);
            data.High.Demand.Put(time, 7, 8);
            data.High.Reactive.Put(time, 9, 10);
        }

        private static MeterData Identified(byte reactiveUnit, out MeterReading reading)
        {
            var data = new MeterData(1, MeterClass.HighVoltage);
            var parameters = new MeterParameters(MeterClass.HighVoltage);
            var clock = new MeterClock(1);
            reading = new MeterReading(MeterClass.HighVoltage);
            Assert.IsTrue(parameters.Set(new byte[] { Serial }, 1, 0x02, 8));
            Assert.IsTrue(parameters.High.Set(3, 31, 0x01, 5, 0x0A, reactiveUnit, 6));
            reading.SetRegisters(Noon + 2, 11, 22);
            clock.Set(Noon + 2, 0);
            data.Publish(parameters, reading, clock, 0);
            return data;
        }

        private static void AssertHalfHour(MeterData data, uint active, uint demand, uint reactive)
        {
            MeterSnapshot snapshot = Copy(data, MeterClass.HighVoltage);
            Assert.AreEqual(active, snapshot.HalfHourNormal);
            Assert.AreEqual(demand, snapshot.HighHalfHour[HighVoltageData.DemandNormal]);
            Assert.AreEqual(reactive, snapshot.HighHalfHour[HighVoltageData.ReactiveNormal]);
        }

        private static MeterSnapshot Copy(MeterData data, MeterClass meterClass)
        {
            var snapshot = new MeterSnapshot(data.ClockRate, meterClass);
            data.CopyTo(snapshot);
            return snapshot;
        }
    }
}
