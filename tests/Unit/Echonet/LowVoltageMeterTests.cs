using NanoComm.Echonet;
using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class LowVoltageMeterTests
    {
        private const string NoEnergy = EchonetFixture.NoEnergy;
        private const string NoDay = "FFFFFFFFFFFF01";
        private const string NoRow = NoEnergy + NoEnergy;
        private const string InfMap = "05808188EAEB";
        private const string SetMap = "0481E5EDEF";
        private const string GetMap = "2071414161404000624301414041434242";
        private const long FreshMilliseconds = 120000;

        [TestMethod]
        [DataRow((int)Epc.OperationStatus, "30")]
        [DataRow((int)Epc.InstallationLocation, "00")]
        [DataRow((int)Epc.StandardVersion, "00005200")]
        [DataRow((int)Epc.IdentificationNumber, "FE00000B0102030405060708090A0B0C0D")]
        [DataRow((int)Epc.FaultStatus, "41")]
        [DataRow((int)Epc.FaultDescription, "001E")]
        [DataRow((int)Epc.ManufacturerCode, "00000B")]
        [DataRow((int)Epc.ProductCode, "4E4331303000000000000000")]
        [DataRow((int)Epc.ProductionNumber, "4D5532303237303030313233")]
        [DataRow((int)Epc.CurrentTime, "0000")]
        [DataRow((int)Epc.CurrentDate, "00010101")]
        [DataRow((int)Epc.InfMap, InfMap)]
        [DataRow((int)Epc.SetMap, SetMap)]
        [DataRow((int)Epc.GetMap, GetMap)]
        [DataRow((int)Epc.RouteBId, "0000000BA1A2A3A4A5A6A7A8A9AAABAC")]
        [DataRow((int)Epc.OneMinuteEnergy, "00010101000000" + NoRow)]
        [DataRow((int)Epc.Coefficient, "00000001")]
        [DataRow((int)Epc.EffectiveDigits, "06")]
        [DataRow((int)Epc.NormalEnergy, NoEnergy)]
        [DataRow((int)Epc.EnergyUnit, "01")]
        [DataRow((int)Epc.ReverseEnergy, NoEnergy)]
        [DataRow((int)Epc.History1Day, "FF")]
        [DataRow((int)Epc.InstantaneousPower, "7FFFFFFE")]
        [DataRow((int)Epc.InstantaneousCurrents, "7FFE7FFE")]
        [DataRow((int)Epc.NormalFixedTimeEnergy, "00010101000000" + NoEnergy)]
        [DataRow((int)Epc.ReverseFixedTimeEnergy, "00010101000000" + NoEnergy)]
        [DataRow((int)Epc.History2, NoDay + NoRow)]
        [DataRow((int)Epc.History2Time, NoDay)]
        [DataRow((int)Epc.History3, NoDay + NoRow)]
        [DataRow((int)Epc.History3Time, NoDay)]
        public static void BeforeAnyReadingThereIsNoDataAndAFault(int epc, string edt)
        {
            var fixture = new EchonetFixture();
            fixture.Identify();
            Assert.AreEqual(edt, fixture.Get(epc));
        }

        [TestMethod]
        [DataRow((int)Epc.NormalHistory1)]
        [DataRow((int)Epc.ReverseHistory1)]
        public static void BeforeAnyDayIsChosenHistory1IsEmpty(int epc)
        {
            string empty = "00FF" + Hex.Repeat(NoEnergy, 48);
            var fixture = new EchonetFixture();
            fixture.Identify();
            Assert.AreEqual(empty, fixture.Get(epc));
            Assert.AreEqual(empty, WithHalfHour().Get(epc));

            // A chosen day is told back also while the metering clock is not known.
            Assert.IsTrue(fixture.Set(Epc.History1Day, "00"));
            Assert.AreEqual("0000" + Hex.Repeat(NoEnergy, 48), fixture.Get(epc));
        }

        [TestMethod]
        [DataRow((int)Epc.OperationStatus, "30")]
        [DataRow((int)Epc.FaultStatus, "42")]
        [DataRow((int)Epc.FaultDescription, "0000")]
        [DataRow((int)Epc.CurrentTime, "0C22")]
        [DataRow((int)Epc.CurrentDate, "07EB021C")]
        [DataRow((int)Epc.OneMinuteEnergy, "07EB021C0C22000001E23F00000314")]
        [DataRow((int)Epc.Coefficient, "00000001")]
        [DataRow((int)Epc.EffectiveDigits, "06")]
        [DataRow((int)Epc.NormalEnergy, "0001E240")]
        [DataRow((int)Epc.EnergyUnit, "01")]
        [DataRow((int)Epc.ReverseEnergy, "00000315")]
        [DataRow((int)Epc.InstantaneousPower, "000005DC")]
        [DataRow((int)Epc.InstantaneousCurrents, "0044FFF4")]
        [DataRow((int)Epc.NormalFixedTimeEnergy, "07EB021C0C1E000001E208")]
        [DataRow((int)Epc.ReverseFixedTimeEnergy, "07EB021C0C1E000000030C")]
        public static void AReadingIsShownAsItIs(int epc, string edt)
        {
            EchonetFixture fixture = WithHalfHour();
            Assert.AreEqual(edt, fixture.Get(epc), "at once");
            if (epc != Epc.CurrentTime)
            {
                bool isLive = epc == Epc.InstantaneousPower || epc == Epc.InstantaneousCurrents;
                fixture.Now += (isLive ? MeterData.LiveMilliseconds : FreshMilliseconds) - 1;
                Assert.AreEqual(edt, fixture.Get(epc), "missed polls are bridged");
            }
        }

        [TestMethod]
        [DataRow((int)Epc.OperationStatus, "30")]
        [DataRow((int)Epc.FaultStatus, "41")]
        [DataRow((int)Epc.FaultDescription, "001E")]
        [DataRow((int)Epc.ProductionNumber, "4D5532303237303030313233")]
        [DataRow((int)Epc.CurrentTime, "0C24")]
        [DataRow((int)Epc.CurrentDate, "07EB021C")]
        [DataRow((int)Epc.OneMinuteEnergy, "07EB021C0C2400" + NoRow)]
        [DataRow((int)Epc.Coefficient, "00000001")]
        [DataRow((int)Epc.EffectiveDigits, "06")]
        [DataRow((int)Epc.NormalEnergy, NoEnergy)]
        [DataRow((int)Epc.EnergyUnit, "01")]
        [DataRow((int)Epc.ReverseEnergy, NoEnergy)]
        [DataRow((int)Epc.InstantaneousPower, "7FFFFFFE")]
        [DataRow((int)Epc.InstantaneousCurrents, "7FFE7FFE")]
        [DataRow((int)Epc.NormalFixedTimeEnergy, "07EB021C0C1E000001E208")]
        [DataRow((int)Epc.ReverseFixedTimeEnergy, "07EB021C0C1E000000030C")]
        public static void AStaleReadingIsNoData(int epc, string edt)
        {
            EchonetFixture fixture = WithHalfHour();
            fixture.Now += FreshMilliseconds;
            Assert.AreEqual(edt, fixture.Get(epc));
        }

        [TestMethod]
        [DataRow((int)Epc.NormalFixedTimeEnergy, "000001E208")]
        [DataRow((int)Epc.ReverseFixedTimeEnergy, "000000030C")]
        public static void AHalfHourStandsUntilTheNextIsOverdue(int epc, string secondsAndEnergy)
        {
            EchonetFixture fixture = WithHalfHour();
            long overdue = At(13, 2, 0);
            fixture.Now += ((overdue - EchonetFixture.ReadingTime) * 1000) - 1;
            Assert.AreEqual("07EB021C0C1E" + secondsAndEnergy, fixture.Get(epc));
            fixture.Now += 1;
            Assert.AreEqual("07EB021C0D0000" + NoEnergy, fixture.Get(epc));
        }

        // Registers stand for two minutes, power and currents for ten seconds.
        [TestMethod]
        public static void PowerAndCurrentsOlderThanTenSecondsReadNoData()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            string power = fixture.Get(Epc.InstantaneousPower);
            fixture.Now += MeterData.LiveMilliseconds - 1;
            Assert.AreEqual(power, fixture.Get(Epc.InstantaneousPower));
            fixture.Now += 1;
            Assert.AreEqual("7FFFFFFE", fixture.Get(Epc.InstantaneousPower));
            Assert.AreEqual("7FFE7FFE", fixture.Get(Epc.InstantaneousCurrents));
            Assert.AreEqual("0001E240", fixture.Get(Epc.NormalEnergy));
            Assert.AreEqual("42", fixture.Get(Epc.FaultStatus));

            fixture.TakeLive(123457, -2);
            Assert.AreEqual("FFFFFFFE", fixture.Get(Epc.InstantaneousPower));
            Assert.AreEqual("0001E241", fixture.Get(Epc.NormalEnergy));
            fixture.TakeLive(123458, 3);
            Assert.AreEqual("00000003", fixture.Get(Epc.InstantaneousPower));
            Assert.AreEqual("0001E242", fixture.Get(Epc.NormalEnergy));
        }

        // Live values that go on without the minute's reading keep the registers; the minute has its own age.
        [TestMethod]
        public static void AMinuteThatIsOverdueReadsNoDataHoweverLiveTheRestIs()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            for (int i = 0; i < 130; i++)
            {
                fixture.Now += 1000;
                fixture.TakeLive(123456, 1500);
            }

            Assert.AreEqual("0001E240", fixture.Get(Epc.NormalEnergy));
            Assert.AreEqual("42", fixture.Get(Epc.FaultStatus));
            Assert.AreEqual("FFFFFFFEFFFFFFFE", fixture.Get(Epc.OneMinuteEnergy).Substring(14));
        }

        [TestMethod]
        public static void ExtremeValuesAreEncodedInFull()
        {
            var fixture = new EchonetFixture();
            var parameters = new MeterParameters();
            Assert.IsTrue(parameters.Set(Hex.Parse("41"), 999999, 0x0D, 8));
            var reading = new MeterReading();
            reading.SetRegisters(EchonetFixture.ReadingTime, 99999999, 0);
            reading.SetInstantaneous(-2147483647, -32767, MeterReading.NoCurrent);
            var clock = new MeterClock(1);
            clock.Set(EchonetFixture.ReadingTime, fixture.Now);
            fixture.Data.Publish(parameters, reading, clock, fixture.Now);

            Assert.AreEqual("410000000000000000000000", fixture.Get(Epc.ProductionNumber));
            Assert.AreEqual("000F423F", fixture.Get(Epc.Coefficient));
            Assert.AreEqual("0D", fixture.Get(Epc.EnergyUnit));
            Assert.AreEqual("08", fixture.Get(Epc.EffectiveDigits));
            Assert.AreEqual("05F5E0FF", fixture.Get(Epc.NormalEnergy));
            Assert.AreEqual("00000000", fixture.Get(Epc.ReverseEnergy));
            Assert.AreEqual("80000001", fixture.Get(Epc.InstantaneousPower));
            Assert.AreEqual("80017FFE", fixture.Get(Epc.InstantaneousCurrents), "single-phase two-wire");
            Assert.AreEqual("07EB021C0C2200" + NoRow, fixture.Get(Epc.OneMinuteEnergy), "no minute profile");
        }

        [TestMethod]
        [DataRow(32765, "7FFD")]
        [DataRow(32766, "7FFE")]
        [DataRow(1000000, "7FFE")]
        [DataRow(-32767, "8001")]
        [DataRow(-32768, "7FFE")]
        [DataRow(-1000000, "7FFE")]
        [DataRow(MeterReading.NoCurrent, "7FFE")]
        public static void ACurrentThatTheClassCannotTellIsNoData(int tenths, string edt)
        {
            var fixture = new EchonetFixture();
            var reading = new MeterReading();
            reading.SetInstantaneous(0, tenths, tenths);
            fixture.Data.Publish(new MeterParameters(), reading, new MeterClock(1), fixture.Now);
            Assert.AreEqual(edt + edt, fixture.Get(Epc.InstantaneousCurrents));
        }

        [TestMethod]
        public static void Get9FIsExactlyWhatCanBeRead()
        {
            EchonetFixture fixture = WithHalfHour();
            for (int epc = 0; epc <= 0xFF; epc++)
            {
                Assert.AreEqual(IsIn(GetMap, epc), fixture.Get(epc).Length > 0, epc.ToString("X2"));
            }
        }

        [TestMethod]
        public static void Set9EIsExactlyWhatCanBeWritten()
        {
            EchonetFixture fixture = WithHalfHour();
            string[] goodSomewhere =
            {
                "08", "00", "30", "31", "41", "0000", "0C22", "07EB021C", "07EB021C0C1E01", "00000001",
                "01" + Hex.Repeat("00", 16),
            };
            for (int epc = 0; epc <= 0xFF; epc++)
            {
                string present = fixture.Get(epc);
                bool written = present.Length > 0 && fixture.Set(epc, present);
                for (int i = 0; i < goodSomewhere.Length; i++)
                {
                    written |= fixture.Set(epc, goodSomewhere[i]);
                }

                bool expected = epc == 0x81 || epc == 0xE5 || epc == 0xED || epc == 0xEF;
                Assert.AreEqual(expected, written, epc.ToString("X2"));
            }
        }

        [TestMethod]
        public static void Inf9DIsExactlyWhatCanBeAnnounced()
        {
            EchonetFixture fixture = WithHalfHour();
            for (int epc = 0; epc <= 0xFF; epc++)
            {
                string edt = fixture.Get(epc);
                bool expected = epc == 0x80 || epc == 0x81 || epc == 0x88 || epc == 0xEA || epc == 0xEB;
                Assert.AreEqual(
                    expected ? EchonetFixture.Answer(Esv.Inf, epc, edt) : EchonetFixture.Answer(Esv.InfSna, epc, ""),
                    fixture.Ask(EchonetFixture.Request(Esv.InfReq, epc, "")),
                    epc.ToString("X2"));
            }
        }

        [TestMethod]
        [DataRow("00", true)]
        [DataRow("63", true)]
        [DataRow("FF", true)]
        [DataRow("64", false)]
        [DataRow("FE", false)]
        [DataRow("", false)]
        [DataRow("0000", false)]
        public static void DayIs0To99(string edt, bool accepted)
        {
            EchonetFixture fixture = WithHalfHour();
            Assert.IsTrue(fixture.Set(Epc.History1Day, "07"));
            Assert.AreEqual(accepted, fixture.Set(Epc.History1Day, edt));
            Assert.AreEqual(accepted ? edt : "07", fixture.Get(Epc.History1Day));
        }

        [TestMethod]
        [DataRow("07EB021C0C0001", true)]
        [DataRow("07EB021C0C1E0C", true)]
        [DataRow("07EC021D171E01", true)]
        [DataRow("FFFFFFFFFFFF01", true)]
        [DataRow("07EB021C0C0000", false)]
        [DataRow("07EB021C0C000D", false)]
        [DataRow("07EB021C0C0F01", false)]
        [DataRow("07EB021C0C3C01", false)]
        [DataRow("07EB021C180001", false)]
        [DataRow("07EB021D000001", false)]
        [DataRow("07EB021C0C00", false)]
        [DataRow("07EB021C0C000100", false)]
        [DataRow("07EB000C0C0001", false)]
        [DataRow("07EB0D0C0C0001", false)]
        [DataRow("07EB02000C0001", false)]
        [DataRow("0000021C0C0001", false)]
        [DataRow("FFFFFFFFFFFF02", false)]
        [DataRow("FFFFFFFFFF0001", false)]
        [DataRow("", false)]
        public static void History2TimeIsAHalfHourAnd1To12Rows(string edt, bool accepted)
        {
            AssertSelector(Epc.History2Time, "07EB021B0C1E05", edt, accepted);
        }

        [TestMethod]
        [DataRow("07EB021C0C0001", true)]
        [DataRow("07EB021C0C3B0A", true)]
        [DataRow("07EC021D173B01", true)]
        [DataRow("FFFFFFFFFFFF01", true)]
        [DataRow("07EB021C0C0000", false)]
        [DataRow("07EB021C0C000B", false)]
        [DataRow("07EB021C0C3C01", false)]
        [DataRow("07EB021D000001", false)]
        [DataRow("07EB021C0C00", false)]
        [DataRow("FFFFFFFFFFFF0A", false)]
        public static void History3TimeIsAMinuteAnd1To10Rows(string edt, bool accepted)
        {
            AssertSelector(Epc.History3Time, "07EB021B0C1F05", edt, accepted);
        }

        [TestMethod]
        public static void EachTerminalHasItsOwnSelectors()
        {
            EchonetFixture fixture = WithHalfHour();
            var other = new Terminal(fixture.Node);
            Assert.IsTrue(fixture.Set(Epc.History1Day, "01"));
            Assert.IsTrue(fixture.Set(Epc.History2Time, "07EB021C0C0002"));
            Assert.IsTrue(fixture.Set(Epc.History3Time, "07EB021C0C0103"));
            Assert.AreEqual("FF", fixture.Get(Epc.History1Day, other));
            Assert.AreEqual(NoDay, fixture.Get(Epc.History2Time, other));
            Assert.AreEqual(NoDay, fixture.Get(Epc.History3Time, other));

            Assert.IsTrue(fixture.Set(Epc.History1Day, "02", other));
            Assert.AreEqual("01", fixture.Get(Epc.History1Day));
            Assert.IsTrue(fixture.Get(Epc.NormalHistory1).StartsWith("0001"));
            Assert.IsTrue(fixture.Get(Epc.NormalHistory1, other).StartsWith("0002"));
            Assert.IsTrue(fixture.Get(Epc.History2).StartsWith("07EB021C0C0002"));
            Assert.AreEqual(NoDay + NoRow, fixture.Get(Epc.History2, other));
            Assert.AreEqual(NoDay + NoRow, fixture.Get(Epc.History3, other));
        }

        [TestMethod]
        public static void History1RunsForwardFromMidnightToTheSlotReached()
        {
            EchonetFixture fixture = WithDays();
            Assert.IsTrue(fixture.Set(Epc.History1Day, "00"));
            string today = "0000";
            string reverse = "0000";
            for (int slot = 0; slot < 48; slot++)
            {
                // 12:30 is slot 25, and 12:34 it is.
                today += slot <= 25 ? Energy(20000 + slot) : NoEnergy;
                reverse += slot <= 25 ? Energy(520000 + slot) : NoEnergy;
            }

            Assert.AreEqual(today, fixture.Get(Epc.NormalHistory1));
            Assert.AreEqual(reverse, fixture.Get(Epc.ReverseHistory1));

            Assert.IsTrue(fixture.Set(Epc.History1Day, "01"));
            Assert.AreEqual("0001" + Day(10000), fixture.Get(Epc.NormalHistory1));
            Assert.AreEqual("0001" + Day(510000), fixture.Get(Epc.ReverseHistory1));
        }

        [TestMethod]
        public static void History1RollsOverAtMidnightOfTheMetersClock()
        {
            EchonetFixture fixture = WithDays();
            Assert.IsTrue(fixture.Set(Epc.History1Day, "01"));
            fixture.Now += ((At(23, 59, 59) - EchonetFixture.ReadingTime) * 1000) + 999;
            Assert.AreEqual("0001" + Day(10000), fixture.Get(Epc.NormalHistory1));

            fixture.Now += 1;
            Assert.AreEqual("07EB0301", fixture.Get(Epc.CurrentDate));
            string yesterday = fixture.Get(Epc.NormalHistory1);
            Assert.IsTrue(yesterday.StartsWith("0001" + Energy(20000) + Energy(20001)), yesterday);
            Assert.IsTrue(fixture.Set(Epc.History1Day, "00"));
            Assert.AreEqual("0000" + Hex.Repeat(NoEnergy, 48), fixture.Get(Epc.NormalHistory1));
            Assert.IsTrue(fixture.Set(Epc.History1Day, "02"));
            Assert.AreEqual("0002" + Day(10000), fixture.Get(Epc.NormalHistory1));
        }

        [TestMethod]
        public static void HistoryReaches99DaysBack()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            long today = MeterTime.Floor(EchonetFixture.ReadingTime, MeterTime.Day);
            fixture.TakeHalfHour(At(12, 30, 0), 1, 2);
            fixture.TakeHalfHour(today - (98 * MeterTime.Day), 3, 4);
            Assert.IsTrue(fixture.Set(Epc.History1Day, "62"));
            Assert.AreEqual("0062" + "00000003" + Hex.Repeat(NoEnergy, 47), fixture.Get(Epc.NormalHistory1));

            // The window is 100 days long, so on the 99th day back it begins at the present time of day.
            fixture.TakeHalfHour(today - (99 * MeterTime.Day) + (26 * MeterTime.HalfHour), 5, 6);
            Assert.IsTrue(fixture.Set(Epc.History1Day, "63"));
            Assert.AreEqual(
                "0063" + Hex.Repeat(NoEnergy, 26) + "00000006" + Hex.Repeat(NoEnergy, 21),
                fixture.Get(Epc.ReverseHistory1));
        }

        [TestMethod]
        public static void AMissingHalfHourIsNoDataBetweenItsNeighbours()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            fixture.TakeHalfHour(At(11, 30, 0), 7, 8);
            fixture.TakeHalfHour(At(12, 30, 0), 9, 10);
            fixture.Data.HalfHours.MarkAsked(At(12, 0, 0), At(12, 0, 0));
            Assert.IsTrue(fixture.Set(Epc.History1Day, "00"));
            Assert.AreEqual(
                "0000" + Hex.Repeat(NoEnergy, 23) + "00000007" + NoEnergy + "00000009" + Hex.Repeat(NoEnergy, 22),
                fixture.Get(Epc.NormalHistory1));
            Assert.IsTrue(fixture.Set(Epc.History2Time, "07EB021C0C1E03"));
            Assert.AreEqual(
                "07EB021C0C1E03" + "000000090000000A" + NoRow + "0000000700000008",
                fixture.Get(Epc.History2));
        }

        [TestMethod]
        public static void History2RunsBackwardAcrossMidnight()
        {
            EchonetFixture fixture = WithDays();
            Assert.IsTrue(fixture.Set(Epc.History2Time, "07EB021C001E0C"));
            string rows = Row(20001) + Row(20000);
            for (int slot = 47; slot > 37; slot--)
            {
                rows += Row(10000 + slot);
            }

            Assert.AreEqual("07EB021C001E0C" + rows, fixture.Get(Epc.History2));
        }

        [TestMethod]
        public static void History2OfTimesThatAreNotHeldIsNoData()
        {
            EchonetFixture fixture = WithDays();
            Assert.IsTrue(fixture.Set(Epc.History2Time, "07EB021C0D0002"));
            Assert.AreEqual("07EB021C0D0002" + NoRow + Row(20025), fixture.Get(Epc.History2), "13:00 is to come");
            Assert.IsTrue(fixture.Set(Epc.History2Time, "07D00101000001"));
            Assert.AreEqual("07D00101000001" + NoRow, fixture.Get(Epc.History2), "long ago");
        }

        [TestMethod]
        public static void HistoryCrossesFebruary29()
        {
            var fixture = new EchonetFixture();
            fixture.Identify();
            fixture.TakeReading(MeterTime.FromCalendar(2028, 3, 1, 0, 31, 0));
            long march = MeterTime.FromCalendar(2028, 3, 1, 0, 0, 0);
            fixture.TakeHalfHour(march + MeterTime.HalfHour, 5, 50);
            fixture.TakeHalfHour(march, 4, 40);
            fixture.TakeHalfHour(MeterTime.FromCalendar(2028, 2, 29, 23, 30, 0), 3, 30);
            fixture.TakeHalfHour(MeterTime.FromCalendar(2028, 2, 29, 0, 0, 0), 2, 20);
            fixture.TakeHalfHour(MeterTime.FromCalendar(2028, 2, 28, 23, 30, 0), 1, 10);

            Assert.IsTrue(fixture.Set(Epc.History1Day, "01"));
            Assert.AreEqual(
                "0001" + "00000002" + Hex.Repeat(NoEnergy, 46) + "00000003",
                fixture.Get(Epc.NormalHistory1));
            Assert.IsTrue(fixture.Set(Epc.History1Day, "02"));
            Assert.AreEqual("0002" + Hex.Repeat(NoEnergy, 47) + "00000001", fixture.Get(Epc.NormalHistory1));
            Assert.IsTrue(fixture.Set(Epc.History2Time, "07EC0301001E03"));
            Assert.AreEqual(
                "07EC0301001E03" + "0000000500000032" + "0000000400000028" + "000000030000001E",
                fixture.Get(Epc.History2));
        }

        [TestMethod]
        public static void History3RunsBackwardMinuteByMinute()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            fixture.Data.Minutes.Put(At(12, 33, 0), 123450, 787);
            fixture.Data.Minutes.Put(At(12, 31, 0), 123440, 785);
            Assert.IsTrue(fixture.Set(Epc.History3Time, "07EB021C0C220A"));
            string edt = fixture.Get(Epc.History3);
            Assert.AreEqual(
                "07EB021C0C220A" + "0001E23F00000314" + "0001E23A00000313" + NoRow + "0001E23000000311"
                    + Hex.Repeat(NoRow, 6),
                edt);
            Assert.AreEqual(2 * 87, edt.Length);
        }

        [TestMethod]
        public static void SixtyMinutesAreHeld()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            fixture.Data.Minutes.Put(At(11, 35, 0), 1, 2);
            fixture.Data.Minutes.Put(At(11, 34, 0), 3, 4);
            Assert.IsTrue(fixture.Set(Epc.History3Time, "07EB021C0B2302"));
            Assert.AreEqual("07EB021C0B2302" + "0000000100000002" + NoRow, fixture.Get(Epc.History3));
        }

        private static void AssertSelector(int epc, string before, string edt, bool accepted)
        {
            EchonetFixture fixture = WithHalfHour();
            Assert.IsTrue(fixture.Set(epc, before));
            Assert.AreEqual(accepted, fixture.Set(epc, edt));
            Assert.AreEqual(accepted ? edt : before, fixture.Get(epc));
        }

        private static bool IsIn(string map, int epc)
        {
            return epc >= 0x80 && (Hex.Parse(map)[1 + (epc & 0x0F)] & (1 << ((epc >> 4) - 8))) != 0;
        }

        private static long At(int hour, int minute, int second)
        {
            return MeterTime.FromCalendar(2027, 2, 28, hour, minute, second);
        }

        private static string Energy(int value)
        {
            return value.ToString("X8");
        }

        private static string Row(int normal)
        {
            return Energy(normal) + Energy(500000 + normal);
        }

        private static string Day(int first)
        {
            string day = "";
            for (int slot = 0; slot < 48; slot++)
            {
                day += Energy(first + slot);
            }

            return day;
        }

        private static EchonetFixture WithHalfHour()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            fixture.TakeHalfHour(At(12, 30, 0), 123400, 780);
            return fixture;
        }

        // All half-hours of yesterday (10000 + slot) and today's until 12:30 (20000 + slot), reverse 500000 more.
        private static EchonetFixture WithDays()
        {
            EchonetFixture fixture = EchonetFixture.WithReading();
            long today = At(0, 0, 0);
            for (int slot = 0; slot < 48; slot++)
            {
                fixture.TakeHalfHour(today - MeterTime.Day + (slot * MeterTime.HalfHour), (uint)(10000 + slot),
                    (uint)(510000 + slot));
            }

            for (int slot = 0; slot <= 25; slot++)
            {
                fixture.TakeHalfHour(today + (slot * MeterTime.HalfHour), (uint)(20000 + slot),
                    (uint)(520000 + slot));
            }

            return fixture;
        }
    }
}
