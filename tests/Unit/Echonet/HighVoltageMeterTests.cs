using NanoComm.Echonet;
using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>The objects of a high-voltage unit: 0x028A and 0x028F of the same readings.</summary>
    [TestClass]
    public static class HighVoltageMeterTests
    {
        private const int One = Eoj.HighVoltageMeter;
        private const int Both = Eoj.BidirectionalHighVoltageMeter;
        private const string NoEnergy = EchonetFixture.NoEnergy;
        private const string Read = "07EB021C0C2205";
        private const string Minute = "07EB021C0C2200";
        private const string HalfHour = "07EB021C0C1E00";
        private const string NoTime = "FFFFFFFFFFFF01";

        [TestMethod]
        [DataRow((int)Epc.MaximumDemand, "000003E9")]
        [DataRow((int)Epc.CumulativeDemand, "000003EB")]
        [DataRow((int)Epc.FixedTimeDemand, HalfHour + "00001450")]
        [DataRow((int)Epc.DemandDigits, "05")]
        [DataRow((int)Epc.DemandUnit, "00")]
        [DataRow((int)Epc.CumulativeDemandUnit, "0A")]
        [DataRow((int)Epc.PowerFactorReactive, Read + "000003ED")]
        [DataRow((int)Epc.FixedTimeReactive, HalfHour + "000013EC")]
        [DataRow((int)Epc.ReactiveDigits, "07")]
        [DataRow((int)Epc.ReactiveUnit, "02")]
        [DataRow((int)Epc.Coefficient, "00000001")]
        [DataRow((int)Epc.Multiplier, "01")]
        [DataRow((int)Epc.FixedDate, "0F")]
        [DataRow((int)Epc.HistoryDay, "FF")]
        [DataRow((int)Epc.ActiveEnergy, Read + "0001E240")]
        [DataRow((int)Epc.FixedTimeActive, HalfHour + "00001388")]
        [DataRow((int)Epc.PowerFactorActive, Read + "0001E240")]
        [DataRow((int)Epc.ActiveDigits, "06")]
        [DataRow((int)Epc.ActiveUnit, "01")]
        public static void ValuesOfTheNormalDirection(int epc, string edt)
        {
            Assert.AreEqual(edt, WithHalfHour(One).Get(epc));
        }

        [TestMethod]
        [DataRow((int)Epc.RouteBId, "0000000BA1A2A3A4A5A6A7A8A9AAABAC")]
        [DataRow((int)Epc.MaximumDemand, "000003E9000003EA")]
        [DataRow((int)Epc.CumulativeDemand, "000003EB000003EC")]
        [DataRow((int)Epc.FixedTimeDemand, HalfHour + "0000145000001838")]
        [DataRow((int)Epc.DemandDigits, "05")]
        [DataRow((int)Epc.DemandUnit, "00")]
        [DataRow((int)Epc.CumulativeDemandUnit, "0A")]
        [DataRow((int)Epc.PowerFactorReactive, Read + "000003ED000003EE")]
        [DataRow((int)Epc.FixedTimeReactive, HalfHour + "000013EC000017D4")]
        [DataRow((int)Epc.ReactiveDigits, "07")]
        [DataRow((int)Epc.ReactiveUnit, "02")]
        [DataRow((int)Epc.OneMinuteEnergy, Minute + "0001E23F00000314")]
        [DataRow((int)Epc.OneMinuteReactive, Minute + "000003F1000003F2")]
        [DataRow((int)Epc.Coefficient, "00000001")]
        [DataRow((int)Epc.Multiplier, "01")]
        [DataRow((int)Epc.LagEnergy, Read + "000003ED000003EE")]
        [DataRow((int)Epc.LeadEnergy, Read + "000003EF000003F0")]
        [DataRow((int)Epc.FixedDate, "0F")]
        [DataRow((int)Epc.HistoryDay, "FF")]
        [DataRow((int)Epc.ActiveEnergy, Read + "0001E24000000315")]
        [DataRow((int)Epc.FixedTimeActive, HalfHour + "0000138800001770")]
        [DataRow((int)Epc.PowerFactorActive, Read + "0001E24000000315")]
        [DataRow((int)Epc.ActiveDigits, "06")]
        [DataRow((int)Epc.ActiveUnit, "01")]
        [DataRow((int)Epc.BidirectionalPower, "000005DC")]
        [DataRow((int)Epc.BidirectionalCurrents, "00000044FFFFFFF4")]
        [DataRow((int)Epc.MinutesTime, NoTime)]
        public static void ValuesOfBothDirections(int epc, string edt)
        {
            Assert.AreEqual(edt, WithHalfHour(Both).Get(epc));
        }

        [TestMethod]
        [DataRow(0xD3, "000002")]
        [DataRow(0xD4, "0003")]
        [DataRow(0xD5, "02028A01028F01")]
        [DataRow(0xD6, "02028A01028F01")]
        [DataRow(0xD7, "02028A028F")]
        public static void TheNodeHasBothObjects(int epc, string edt)
        {
            EchonetFixture fixture = WithHalfHour(Eoj.NodeProfile);
            Assert.AreEqual(edt, fixture.Get(epc));
        }

        [TestMethod]
        public static void NeitherIsThereBeforeTheMeteringUnit()
        {
            var fixture = new EchonetFixture(MeterClass.HighVoltage);
            Assert.AreEqual("", fixture.Ask("10810001 05FF01 028A01 62 01 80 00"));
            Assert.AreEqual("", fixture.Ask("10810001 05FF01 028F01 62 01 80 00"));
            fixture.Asked = Eoj.NodeProfile;
            Assert.AreEqual("00", fixture.Get(Epc.SelfNodeInstanceListS));
            fixture.Identify();
            Assert.AreEqual("02028A01028F01", fixture.Get(Epc.SelfNodeInstanceListS));
        }

        // One meter, whatever object is asked.
        [TestMethod]
        [DataRow((int)Epc.IdentificationNumber)]
        [DataRow((int)Epc.ManufacturerCode)]
        [DataRow((int)Epc.ProductCode)]
        [DataRow((int)Epc.ProductionNumber)]
        [DataRow((int)Epc.StandardVersion)]
        [DataRow((int)Epc.InstallationLocation)]
        public static void BothTellTheSameIdentity(int epc)
        {
            EchonetFixture fixture = WithHalfHour(One);
            string edt = fixture.Get(epc);
            Assert.AreNotEqual("", edt);
            fixture.Asked = Both;
            Assert.AreEqual(edt, fixture.Get(epc));
        }

        [TestMethod]
        [DataRow("028A00", "028A01")]
        [DataRow("028F00", "028F01")]
        [DataRow("028A01", "028A01")]
        [DataRow("028F01", "028F01")]
        [DataRow("028800", "")]
        [DataRow("028801", "")]
        [DataRow("028A02", "")]
        [DataRow("028F02", "")]
        [DataRow("028B00", "")]
        public static void EachClassAnswersForItself(string deoj, string seoj)
        {
            string answer = WithHalfHour(One).Ask("10810001 05FF01" + deoj + "62 01 8A 00");
            Assert.AreEqual(seoj == "" ? "" : "10810001" + seoj + "05FF0172018A0300000B", answer);
        }

        [TestMethod]
        public static void RegistersFollowTheLiveReadingWithItsTime()
        {
            EchonetFixture fixture = WithHalfHour(Both);
            Assert.AreEqual(Read + "0001E24000000315", fixture.Get(Epc.ActiveEnergy));
            fixture.Now += 1000;
            fixture.TakeLive(123457, -1500);
            Assert.AreEqual("07EB021C0C2206" + "0001E24100000315", fixture.Get(Epc.ActiveEnergy));
            Assert.AreEqual("07EB021C0C2206" + "000003ED000003EE", fixture.Get(Epc.LagEnergy));
            Assert.AreEqual("FFFFFA24", fixture.Get(Epc.BidirectionalPower));
            fixture.Now += 900;
            Assert.AreEqual("07EB021C0C2206" + "0001E24100000315", fixture.Get(Epc.ActiveEnergy), "when it was read");
            fixture.Asked = One;
            Assert.AreEqual("07EB021C0C2206" + "0001E241", fixture.Get(Epc.ActiveEnergy));
            Assert.AreEqual("07EB021C0C2206" + "0001E241", fixture.Get(Epc.PowerFactorActive));
            Assert.AreEqual("07EB021C0C2206" + "000003ED", fixture.Get(Epc.PowerFactorReactive));
        }

        [TestMethod]
        public static void AStaleReadingIsNoData()
        {
            EchonetFixture fixture = WithHalfHour(Both);
            fixture.Now += MeterData.LiveMilliseconds;
            Assert.AreEqual("7FFFFFFE", fixture.Get(Epc.BidirectionalPower));
            Assert.AreEqual("7FFFFFFE7FFFFFFE", fixture.Get(Epc.BidirectionalCurrents));
            Assert.AreEqual(Read + "0001E24000000315", fixture.Get(Epc.ActiveEnergy));
            fixture.Now += (MeterData.FreshSeconds * 1000) - MeterData.LiveMilliseconds;
            Assert.AreEqual("07EB021C0C2405" + NoEnergy + NoEnergy, fixture.Get(Epc.ActiveEnergy));
            Assert.AreEqual("07EB021C0C2405" + NoEnergy + NoEnergy, fixture.Get(Epc.LeadEnergy));
            Assert.AreEqual("07EB021C0C2400" + NoEnergy + NoEnergy, fixture.Get(Epc.OneMinuteReactive));
            Assert.AreEqual(NoEnergy + NoEnergy, fixture.Get(Epc.MaximumDemand));
            Assert.AreEqual("41", fixture.Get(Epc.FaultStatus));
            fixture.Asked = One;
            Assert.AreEqual(NoEnergy, fixture.Get(Epc.CumulativeDemand), "the class has no value of its own for it");
            Assert.AreEqual("41", fixture.Get(Epc.FaultStatus));
        }

        [TestMethod]
        public static void AHalfHourThatIsOverdueIsNoData()
        {
            EchonetFixture fixture = WithHalfHour(Both);
            fixture.Now += 2 * MeterTime.HalfHour * 1000;
            Assert.AreEqual("07EB021C0D1E00" + NoEnergy + NoEnergy, fixture.Get(Epc.FixedTimeActive));
            Assert.AreEqual("07EB021C0D1E00" + NoEnergy + NoEnergy, fixture.Get(Epc.FixedTimeReactive));
            Assert.AreEqual("07EB021C0D1E00" + NoEnergy + NoEnergy, fixture.Get(Epc.FixedTimeDemand));
        }

        [TestMethod]
        public static void TheLargestRegistersAndWhatComesAfterThem()
        {
            EchonetFixture fixture = WithHalfHour(Both);
            var reading = new MeterReading(MeterClass.HighVoltage);
            reading.SetRegisters(EchonetFixture.ReadingTime, 99999999, 0);
            reading.SetInstantaneous(-2147483647, 2147483645, -2147483647);
            reading.High[HighVoltageReading.LagNormal] = 99999999;
            reading.High[HighVoltageReading.LagReverse] = 100000000;
            reading.High[HighVoltageReading.MaximumDemandReverse] = 99999999;
            fixture.Data.PublishLive(reading, fixture.Now);
            Assert.AreEqual(Read + "05F5E0FF00000000", fixture.Get(Epc.ActiveEnergy));
            Assert.AreEqual(Read + "05F5E0FF" + NoEnergy, fixture.Get(Epc.LagEnergy));
            Assert.AreEqual("80000001", fixture.Get(Epc.BidirectionalPower));
            Assert.AreEqual("7FFFFFFD80000001", fixture.Get(Epc.BidirectionalCurrents));

            reading.SetRegisters(EchonetFixture.ReadingTime, 0, 1);
            reading.High[HighVoltageReading.LagNormal] = 0;
            fixture.Data.PublishLive(reading, fixture.Now);
            Assert.AreEqual(Read + "0000000000000001", fixture.Get(Epc.ActiveEnergy));
            Assert.AreEqual(Read + "00000000" + NoEnergy, fixture.Get(Epc.LagEnergy));
        }

        [TestMethod]
        public static void ADayIsOfEachSeriesAndDirection()
        {
            EchonetFixture fixture = WithHalfHour(Both);
            fixture.TakeHalfHour(At(0, 0), 1000);
            fixture.TakeHalfHour(At(12, 0), 2000);
            AssertDay(fixture, Epc.NormalHistory, 0);
            AssertDay(fixture, Epc.ReverseHistory, 1000);
            AssertDay(fixture, Epc.NormalReactiveHistory, 100);
            AssertDay(fixture, Epc.ReverseReactiveHistory, 1100);
            AssertDay(fixture, Epc.NormalDemandHistory, 200);
            AssertDay(fixture, Epc.ReverseDemandHistory, 1200);
            fixture.Asked = One;
            AssertDay(fixture, Epc.NormalHistory, 0);
            AssertDay(fixture, Epc.NormalReactiveHistory, 100);
            AssertDay(fixture, Epc.NormalDemandHistory, 200);
        }

        [TestMethod]
        [DataRow("00", true)]
        [DataRow("63", true)]
        [DataRow("FF", true)]
        [DataRow("64", false)]
        [DataRow("FE", false)]
        [DataRow("", false)]
        [DataRow("0000", false)]
        public static void TheDayIs0To99OfBothObjects(string edt, bool accepted)
        {
            AssertSet(One, Epc.HistoryDay, "07", edt, accepted);
            AssertSet(Both, Epc.HistoryDay, "07", edt, accepted);
        }

        [TestMethod]
        [DataRow("07EB021C0C0001", true)]
        [DataRow("07EB021C0C3B0A", true)]
        [DataRow("FFFFFFFFFFFF01", true)]
        [DataRow("07EB021C0C0000", false)]
        [DataRow("07EB021C0C000B", false)]
        [DataRow("07EB021C0C3C01", false)]
        [DataRow("07EB021D000001", false)]
        [DataRow("07EB021C0C00", false)]
        [DataRow("FFFFFFFFFFFF0A", false)]
        [DataRow("", false)]
        public static void TheMinutesTimeIsAMinuteAnd1To10Rows(string edt, bool accepted)
        {
            AssertSet(Both, Epc.MinutesTime, "07EB021B0C1F05", edt, accepted);
        }

        [TestMethod]
        public static void MinutesRunBackwardOfBothSeries()
        {
            EchonetFixture fixture = WithHalfHour(Both);
            fixture.Data.Minutes.Put(At(12, 33), 1, 2);
            fixture.Data.High.ReactiveMinutes.Put(At(12, 34), 3, 4);
            fixture.Data.High.ReactiveMinutes.Put(At(12, 32), 5, 6);
            Assert.AreEqual(NoTime + NoEnergy + NoEnergy, fixture.Get(Epc.ActiveMinutes));
            Assert.AreEqual(NoTime + NoEnergy + NoEnergy, fixture.Get(Epc.ReactiveMinutes));
            Assert.IsTrue(fixture.Set(Epc.MinutesTime, "07EB021C0C2203"));
            Assert.AreEqual(
                "07EB021C0C2203" + "0001E23F00000314" + "0000000100000002" + NoEnergy + NoEnergy,
                fixture.Get(Epc.ActiveMinutes));
            Assert.AreEqual(
                "07EB021C0C2203" + "0000000300000004" + NoEnergy + NoEnergy + "0000000500000006",
                fixture.Get(Epc.ReactiveMinutes));
        }

        [TestMethod]
        public static void TwentyTerminalsHaveTheirOwnSelectorsOfEachObject()
        {
            EchonetFixture fixture = WithHalfHour(One);
            var terminals = new Terminal[20];
            for (int i = 0; i < terminals.Length; i++)
            {
                terminals[i] = new Terminal(fixture.Node);
                fixture.Asked = One;
                Assert.IsTrue(fixture.Set(Epc.HistoryDay, i.ToString("X2"), terminals[i]));
                fixture.Asked = Both;
                Assert.AreEqual("FF", fixture.Get(Epc.HistoryDay, terminals[i]), "of the other object");
                Assert.IsTrue(fixture.Set(Epc.HistoryDay, (40 + i).ToString("X2"), terminals[i]));
                Assert.IsTrue(fixture.Set(Epc.MinutesTime, "07EB021C0C" + i.ToString("X2") + "02", terminals[i]));
            }

            for (int i = 0; i < terminals.Length; i++)
            {
                fixture.Asked = One;
                Assert.AreEqual(i.ToString("X2"), fixture.Get(Epc.HistoryDay, terminals[i]));
                Assert.IsTrue(fixture.Get(Epc.NormalHistory, terminals[i]).StartsWith("00" + i.ToString("X2")));
                fixture.Asked = Both;
                Assert.IsTrue(fixture.Get(Epc.NormalHistory, terminals[i]).StartsWith("00" + (40 + i).ToString("X2")));
                Assert.IsTrue(fixture.Get(Epc.ActiveMinutes, terminals[i])
                    .StartsWith("07EB021C0C" + i.ToString("X2") + "02"));
            }
        }

        [TestMethod]
        [DataRow(One, "6E 01 E1 01 05 01 E1 00", "7E 01 E1 00 01 E1 01 05")]
        [DataRow(Both, "6E 01 E1 01 64 02 E0 00 E1 00", "5E 01 E1 01 64 02 E0 01 0F E1 01 FF")]
        [DataRow(Both, "61 02 80 01 31 E1 01 05", "51 02 80 01 31 E1 00")]
        [DataRow(Both, "60 01 80 01 31", "50 01 80 01 31")]
        [DataRow(One, "62 02 EA 00 E5 00", "52 02 EA 00 E5 01 06")]
        [DataRow(One, "62 01 C0 00", "52 01 C0 00")]
        [DataRow(One, "63 01 E2 00", "53 01 E2 00")]
        public static void ServicesWorkAsAtLowVoltage(int eoj, string request, string answer)
        {
            EchonetFixture fixture = WithHalfHour(eoj);
            string code = eoj.ToString("X6");
            Assert.AreEqual(
                Hex.Compact("10810001" + code + "05FF01" + answer),
                fixture.Ask("10810001 05FF01" + code + request));
        }

        [TestMethod]
        public static void ALocationSetAtOneObjectIsTheOthersToo()
        {
            EchonetFixture fixture = WithHalfHour(One);
            Assert.IsTrue(fixture.Set(Epc.InstallationLocation, "08"));
            fixture.Asked = Both;
            Assert.AreEqual("08", fixture.Get(Epc.InstallationLocation));
        }

        [TestMethod]
        public static void WhatTheMeteringUnitDoesNotHaveIsThereWhenAnotherHasIt()
        {
            EchonetFixture fixture = new EchonetFixture(MeterClass.HighVoltage)
            {
                ReactiveUnit = HighVoltageParameters.NoUnit, Asked = Both,
            };
            fixture.Identify();
            fixture.TakeReading(EchonetFixture.ReadingTime);
            fixture.TakeHalfHour(At(12, 30), 5000);
            Assert.AreEqual("", fixture.Get(Epc.LagEnergy));
            Assert.AreEqual("", fixture.Get(Epc.ReactiveMinutes));
            Assert.AreEqual("", fixture.Get(Epc.NormalReactiveHistory));
            Assert.AreEqual("000003EB000003EC", fixture.Get(Epc.CumulativeDemand));
            AssertIsIn(fixture, Epc.GetMap, Epc.LagEnergy, false);
            AssertIsIn(fixture, Epc.InfMap, Epc.FixedTimeReactive, false);
            AssertIsIn(fixture, Epc.InfMap, Epc.FixedTimeActive, true);

            fixture.ReactiveUnit = 0x03;
            fixture.CumulativeDemandUnit = HighVoltageParameters.NoUnit;
            fixture.Identify();
            fixture.TakeReading(EchonetFixture.ReadingTime);
            Assert.AreEqual("03", fixture.Get(Epc.ReactiveUnit));
            Assert.AreEqual(Read + "000003ED000003EE", fixture.Get(Epc.LagEnergy));
            Assert.AreEqual("", fixture.Get(Epc.CumulativeDemand));
            Assert.AreEqual("", fixture.Get(Epc.CumulativeDemandUnit));
            AssertIsIn(fixture, Epc.GetMap, Epc.LagEnergy, true);
            AssertIsIn(fixture, Epc.InfMap, Epc.FixedTimeReactive, true);
        }

        private static void AssertIsIn(EchonetFixture fixture, int map, int epc, bool isIn)
        {
            byte[] edt = Hex.Parse(fixture.Get(map));
            bool found = edt[0] >= 16 && (edt[1 + (epc & 0x0F)] & (1 << ((epc >> 4) - 8))) != 0;
            for (int i = 1; edt[0] < 16 && i < edt.Length; i++)
            {
                found |= edt[i] == epc;
            }

            Assert.AreEqual(isIn, found, epc.ToString("X2"));
        }

        private static void AssertSet(int eoj, int epc, string before, string edt, bool accepted)
        {
            EchonetFixture fixture = WithHalfHour(eoj);
            Assert.IsTrue(fixture.Set(epc, before));
            Assert.AreEqual(accepted, fixture.Set(epc, edt));
            Assert.AreEqual(accepted ? edt : before, fixture.Get(epc));
        }

        // 00:00, 12:00 and 12:30 are known.
        private static void AssertDay(EchonetFixture fixture, int epc, int more)
        {
            Assert.IsTrue(fixture.Set(Epc.HistoryDay, "FF"));
            Assert.AreEqual("00FF" + Hex.Repeat(NoEnergy, 48), fixture.Get(epc));
            Assert.IsTrue(fixture.Set(Epc.HistoryDay, "00"));
            Assert.AreEqual(
                "0000" + (1000 + more).ToString("X8") + Hex.Repeat(NoEnergy, 23) + (2000 + more).ToString("X8")
                    + (5000 + more).ToString("X8") + Hex.Repeat(NoEnergy, 22),
                fixture.Get(epc));
        }

        private static EchonetFixture WithHalfHour(int asked)
        {
            EchonetFixture fixture = EchonetFixture.WithReading(MeterClass.HighVoltage);
            fixture.TakeHalfHour(At(12, 30), 5000);
            fixture.Asked = asked;
            return fixture;
        }

        private static long At(int hour, int minute)
        {
            return MeterTime.FromCalendar(2027, 2, 28, hour, minute, 0);
        }
    }
}
