using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Records;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class LearntMeterTests
    {
        private static FakeBoard _board;

        [TestMethod]
        public static void UntilThereIsARecordItIsOfTheUsualClass()
        {
            _board = new FakeBoard { Store = new DurableStore(new FakeFiles()) };
            Assert.AreEqual((int)MeterClass.LowVoltage, (int)Read(MeterClass.LowVoltage).Class);
            Assert.AreEqual((int)MeterClass.HighVoltage, (int)Read(MeterClass.HighVoltage).Class);
            Assert.AreEqual(long.MinValue, Read(MeterClass.HighVoltage).Since);
        }

        [TestMethod]
        public static void WhatItBecameIsThereAtTheNextStart()
        {
            _board = new FakeBoard { Store = new DurableStore(new FakeFiles()) };
            Assert.IsTrue(Read(MeterClass.LowVoltage).Become(MeterClass.HighVoltage));
            Assert.AreEqual((int)MeterClass.HighVoltage, (int)Read(MeterClass.LowVoltage).Class);
            Assert.IsTrue(Read(MeterClass.LowVoltage).Become(MeterClass.LowVoltage));
            Assert.AreEqual((int)MeterClass.LowVoltage, (int)Read(MeterClass.HighVoltage).Class);
        }

        [TestMethod]
        [DataRow(1, 600, 0, 3, false)]
        [DataRow(1, 800, 0, 3, true)]
        [DataRow(1, 600, 1, 3, true)]
        [DataRow(1, 600, 0, 4, true)]
        [DataRow(2, 800, 0, 3, false)]
        public static void AnotherCoefficientOfTheSameMeteringUnitIsNoticed(
            int serial, int coefficient, int multiplier, int unit, bool isRescaled)
        {
            _board = new FakeBoard { Store = new DurableStore(new FakeFiles()) };
            Read(MeterClass.HighVoltage).Keep(Of(1, 600, 0, 3), -5);
            LearntMeter learnt = Read(MeterClass.LowVoltage);
            Assert.AreEqual(-5L, learnt.Since);

            MeterParameters parameters = Of(serial, coefficient, multiplier, unit);
            Assert.AreEqual(isRescaled, learnt.IsRescaled(parameters));
            Assert.AreEqual(serial == 1 && !isRescaled, learnt.IsSame(parameters));
        }

        [TestMethod]
        public static void WhatJustBecameOfAClassKnowsNoCoefficient()
        {
            _board = new FakeBoard { Store = new DurableStore(new FakeFiles()) };
            Read(MeterClass.HighVoltage).Keep(Of(1, 600, 0, 3), 7);
            Read(MeterClass.HighVoltage).Become(MeterClass.HighVoltage);
            Assert.IsFalse(Read(MeterClass.HighVoltage).IsRescaled(Of(1, 800, 0, 3)));
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(28, 1)]
        [DataRow(29, 0)]
        [DataRow(29, 255)]
        [DataRow(30, 1)]
        public static void ARecordOfAnotherFormIsNone(int length, int version)
        {
            _board = new FakeBoard { Store = new DurableStore(new FakeFiles()) };
            var record = new byte[30];
            record[0] = (byte)version;
            record[1] = 1;
            Assert.IsTrue(_board.Store.Write(RecordCatalogue.MeteringUnit, record, length));
            Assert.AreEqual((int)MeterClass.LowVoltage, (int)Read(MeterClass.LowVoltage).Class);
        }

        private static LearntMeter Read(MeterClass usual)
        {
            return new LearntMeter(_board.Store, usual);
        }

        private static MeterParameters Of(int serial, int coefficient, int multiplier, int unit)
        {
            var parameters = new MeterParameters(MeterClass.HighVoltage);
            Assert.IsTrue(parameters.Set(new byte[] { 0x54, (byte)(0x30 + serial) }, (uint)coefficient, (byte)unit, 8));
            Assert.IsTrue(parameters.High.Set((byte)multiplier, 1, 3, 8, 3, 3, 8));
            return parameters;
        }
    }
}
