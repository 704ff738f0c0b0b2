using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NUnit.Framework;
using NanoComm.Simulators;

using Row = (uint Normal, uint Reverse);
using Rows = System.Collections.Generic.SortedDictionary<System.DateTime, (uint Normal, uint Reverse)>;

namespace NanoComm.Tests.Host.Simulators
{
    [TestFixture]
    public sealed class SimulatedMeteringUnitTests
    {
        private static readonly DateTime Start = new(2026, 3, 1, 10, 0, 0);

        private ManualClock _clock;
        private SimulatedMeteringUnit _unit;

        [SetUp]
        public void SetUp()
        {
            _clock = new ManualClock { Milliseconds = 123456 };
            _unit = new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start, 1);
        }

        [Test]
        public void TheClockRunsFromTheStartWithTheMonotonicClock()
        {
            Assert.That(_unit.ClockTime, Is.EqualTo(Start));
            _clock.Milliseconds += 61999;
            Assert.That(_unit.ClockTime, Is.EqualTo(Start.AddSeconds(61)));
        }

        [TestCase(60, 1000, 60)]
        [TestCase(60, 16, 0)]
        [TestCase(60, 17, 1)]
        [TestCase(3600, 86400000, 3600L * 86400)]
        public void TheClockRunsFasterWhenAskedTo(int speed, long milliseconds, long seconds)
        {
            var unit = new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start, speed);
            _clock.Milliseconds += milliseconds;

            Assert.That(unit.Read().Clock, Is.EqualTo(Start.AddSeconds(seconds)));
            Assert.That(unit.Read().Normal, Is.EqualTo(_unit.NormalAt(Start.AddSeconds(seconds))), "energy flows as fast");
        }

        // Summed second by second from the CSV file, the stated solar curve and the stated rise within a minute by a
        // script that shares nothing with the simulation: W·s from 2020-01-01 on, in whole W·h, modulo 100,000,000. A meter that is started again years
        // later must go on with these, to the last digit.
        [TestCase("2026-11-23T03:37:07", 49331591u, 36478307u, 6081415u, 228, 14, 9)]
        [TestCase("2026-11-23T03:30:00", 49331556u, 36478307u, 6081404u, 337, 25, 17)]
        [TestCase("2026-03-01T10:00:00", 44106929u, 32612125u, 5437273u, -910, -55, -37)]
        [TestCase("2026-03-01T12:00:59", 44106929u, 32616528u, 5437457u, -4653, -279, -186)]
        [TestCase("2027-02-27T23:59:59", 51232831u, 37884214u, 6315445u, 1615, 97, 65)]
        [TestCase("2028-02-29T12:34:56", 58408468u, 43194043u, 7200507u, -3767, -226, -151)]
        [TestCase("2099-12-31T18:00:01", 72441504u, 23310627u, 70567214u, 584, 35, 23)]
        [TestCase("2020-01-01T00:00:00", 0u, 0u, 0u, 267, 18, 12)]
        [TestCase("2019-12-31T23:59:59", 99999998u, 0u, 99999999u, 4565, 274, 183)]
        public void TheRecordedHouseholdAlwaysReadsTheSame(string at, uint normal, uint reverse, uint reactive, int power,
            int currentR, int currentT)
        {
            DateTime start = DateTime.Parse(at, CultureInfo.InvariantCulture);
            var unit = new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, start, 1);

            Assert.That(unit.Read(), Is.EqualTo(
                new MeterValues(start, normal, reverse, power, (short)currentR, (short)currentT)));
            Assert.That(unit.ReactiveNormalAt(start), Is.EqualTo(reactive));
            Assert.That(unit.ReactiveReverseAt(start), Is.Zero, "the household is inductive throughout");
        }

        [Test]
        public void ASpeedBelowOneIsRefused()
        {
            Assert.Throws<ArgumentOutOfRangeException>(
                () => new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start, 0));
        }

        [Test]
        public void RegistersCountWattHoursAndKeepTheFraction()
        {
            // 500 W, rising from 382 W by 4 W a second: 12,000 units of 1 W·h in a day.
            SimulatedMeteringUnit unit = Constant("0.500", SolarCurve.None, new DateTime(2020, 1, 2));
            uint first = unit.Read().Normal;
            Assert.That(first, Is.EqualTo(12000));

            uint[] registers = Enumerable.Range(1, 36).Select(_ =>
            {
                _clock.AdvanceSeconds(1);
                return unit.Read().Normal - first;
            }).ToArray();

            Assert.That(registers, Is.EqualTo(Enumerable.Range(1, 36).Select(s => (uint)(((s * 382) + (2 * s * (s - 1))) / 3600))));
            Assert.That(unit.Read().Reverse, Is.Zero);
        }

        [Test]
        public void FeedingInCountsInTheReverseRegisterAlone()
        {
            // No load, 4,000 W in the minute from noon on, and a quarter less in its first second.
            SimulatedMeteringUnit unit = Constant("0", SolarCurve.Default, new DateTime(2026, 3, 1, 12, 0, 0));
            uint normal = unit.Read().Normal;
            uint reverse = unit.Read().Reverse;
            Assert.That(unit.Read().Power, Is.EqualTo(-3056));
            _clock.AdvanceSeconds(60);

            Assert.That(unit.Read().Normal, Is.EqualTo(normal));
            Assert.That(unit.Read().Reverse - reverse, Is.EqualTo(4000 * 60 / 3600).Within(1));
        }

        [Test]
        public void RegistersReturnToZeroAfterEightDigits()
        {
            // 50 kW fill the register in 2,000 h from the anchor.
            SimulatedMeteringUnit unit = Constant("50", SolarCurve.None, new DateTime(2020, 3, 24, 7, 59, 59));
            Assert.That(unit.Read().Normal, Is.EqualTo(99999982), "the last second of a minute has a quarter more");
            _clock.AdvanceSeconds(1);
            Assert.That(unit.Read().Normal, Is.Zero);
            _clock.AdvanceSeconds(60);
            Assert.That(unit.Read().Normal, Is.EqualTo(833));

            DateTime wrap = new(2020, 3, 24, 8, 0, 0);
            Assert.That(Minutes(unit, wrap.AddMinutes(-1), wrap).Values.Select(r => r.Normal),
                Is.EqualTo(new uint[] { 99999166, 0 }));
        }

        [Test]
        public void BeforeTheAnchorRegistersCountUpToZero()
        {
            SimulatedMeteringUnit unit = Constant("3.600", SolarCurve.None, new DateTime(2019, 12, 31, 23, 59, 59));

            Assert.That(unit.Read().Normal, Is.EqualTo(99999998), "4,485 W in that second");
            _clock.AdvanceSeconds(1);
            Assert.That(unit.Read().Normal, Is.Zero);
        }

        [Test]
        public void ASimulationStartedAgainGoesOnWithTheSameRegisters()
        {
            _clock.AdvanceSeconds(5 * 3600);
            var again = new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start.AddHours(5), 7);

            Assert.That(again.Read().Normal, Is.EqualTo(_unit.Read().Normal));
            Assert.That(again.Read().Reverse, Is.EqualTo(_unit.Read().Reverse));
        }

        // The first second of a minute. S = √(P² + Q²); 60 % on R and 40 % on T, at 100 V, in 0.1 A, with the sign of P.
        [TestCase("3", "4", 0, 2292, 277, 184)]
        [TestCase("0.5", "0", 0, 382, 23, 15)]
        [TestCase("0", "0", 12, -3056, -183, -122)]
        [TestCase("0", "3", 12, -3056, -257, -171)]
        [TestCase("0", "0", 0, 0, 0, 0)]
        [TestCase("50", "-50", 0, 37551, 3752, 2501)]
        public void PowerAndCurrentsFollowTheStatedRule(
            string kilowatts, string kilovars, int hour, int watts, int currentR, int currentT)
        {
            SimulatedMeteringUnit unit =
                Constant(kilowatts, SolarCurve.Default, new DateTime(2026, 3, 1, hour, 0, 0), kilovars);

            MeterValues now = unit.Read();

            Assert.That(now.Power, Is.EqualTo(watts));
            Assert.That(now.CurrentR, Is.EqualTo(currentR));
            Assert.That(now.CurrentT, Is.EqualTo(currentT));
        }

        [Test]
        public void PowerRisesWithinAMinuteFromAQuarterBelowItsMeanToAQuarterAboveIt()
        {
            SimulatedMeteringUnit unit = Constant("2.360", SolarCurve.None, new DateTime(2026, 3, 1));
            var powers = new int[120];
            for (int i = 0; i < powers.Length; i++)
            {
                powers[i] = unit.Read().Power;
                _clock.AdvanceSeconds(1);
            }

            Assert.That(powers[..60], Is.EqualTo(Enumerable.Range(0, 60).Select(s => 1770 + (20 * s))));
            Assert.That(powers[60..], Is.EqualTo(powers[..60]));
            Assert.That(powers[..60].Average(), Is.EqualTo(2360));
        }

        [Test]
        public void RowsAreTheRegistersAtTheirInstants()
        {
            _clock.AdvanceSeconds(3600 + 59);

            Rows rows = Minutes(_unit, Start.AddHours(-1), Start.AddHours(2));

            Assert.That(rows.Keys, Is.EqualTo(Grid(Start.AddHours(-1), Start.AddHours(1), MeterInterval.Minute)));
            AssertRegisters(rows);
        }

        [Test]
        public void ARowEqualsWhatWasReadInItsSecond()
        {
            for (int minute = 0; minute < 90; minute++)
            {
                MeterValues now = _unit.Read();
                Assert.That(NewestMinute(_unit), Is.EqualTo(new IntervalRow(now.Clock, _unit.Instant)),
                    "a row is there at once");
                Assert.That(Minutes(_unit, now.Clock, now.Clock)[now.Clock], Is.EqualTo((now.Normal, now.Reverse)));
                _clock.AdvanceSeconds(60);
            }
        }

        [Test]
        public void TheNewestMinuteRowStaysUntilTheNext()
        {
            _clock.AdvanceSeconds(59);

            Assert.That(NewestMinute(_unit), Is.EqualTo(new IntervalRow(Start, Start)));
        }

        [Test]
        public void HalfHourRowsEqualMinuteRows()
        {
            _clock.AdvanceSeconds(3 * 86400);
            Rows minutes = Minutes(_unit, Start.AddDays(-1), Start.AddDays(3));
            Rows halfHours = HalfHours(_unit, Start.AddDays(-1), Start.AddDays(3));

            Assert.That(halfHours, Has.Count.EqualTo((4 * 48) + 1));
            Assert.That(minutes, Has.Count.EqualTo((4 * 1440) + 1));
            foreach ((DateTime time, Row row) in halfHours)
            {
                Assert.That(minutes[time], Is.EqualTo(row));
            }
        }

        [Test]
        public void HistoryGoesBack99DaysAndNoFurther()
        {
            DateTime oldest = new(2025, 11, 22);

            Rows rows = HalfHours(_unit, oldest.AddDays(-1), Start.AddDays(1));

            Assert.That(rows.Keys, Is.EqualTo(Grid(oldest, Start, MeterInterval.HalfHour)));
            AssertRegisters(rows);
            Assert.That(rows.Values.Zip(rows.Values.Skip(1)),
                Has.All.Matches<(Row Earlier, Row Later)>(
                    p => p.Earlier.Normal <= p.Later.Normal && p.Earlier.Reverse <= p.Later.Reverse));
        }

        [Test]
        public void MinutesGoBack24HoursAndNoFurther()
        {
            Assert.That(Minutes(_unit, Start.AddDays(-2), Start).Keys,
                Is.EqualTo(Grid(Start.AddDays(-1), Start, MeterInterval.Minute)));
        }

        [Test]
        public void DroppedRowsAreMissingAndTheirNeighboursAreNot()
        {
            _unit.DropMinute(time => time.Minute is 2 or 3);
            _unit.DropMinute(time => time == Start.AddMinutes(5));
            _unit.DropHalfHour(time => time == Start.AddMinutes(30));
            _unit.DropHalfHour(time => time == Start.AddMinutes(-30));
            _clock.AdvanceSeconds(3600);

            Assert.That(Minutes(_unit, Start, Start.AddMinutes(6)).Keys.Select(t => (t - Start).TotalMinutes),
                Is.EqualTo(new[] { 0, 1, 4, 6 }));
            Assert.That(HalfHours(_unit, Start.AddHours(-1), Start.AddHours(1)).Keys.Select(t => (t - Start).TotalHours),
                Is.EqualTo(new[] { -1, 0, 1 }));
        }

        [Test]
        public void ADroppedMinuteIsNotTheNewestEither()
        {
            _unit.DropMinute(time => time.Minute is 1 or 2);
            _clock.AdvanceSeconds(150);
            Assert.That(NewestMinute(_unit).Label, Is.EqualTo(Start));

            _unit.DropMinute(_ => true);
            Assert.That(_unit.NewestRows(MeterInterval.Minute, 1), Is.Empty);
        }

        [TestCase(0)]
        [TestCase(-1)]
        [TestCase(1)]
        public void BetweenTwoLabelsAreThoseOfTheNewestRowsThatLieThere(int hoursStepped)
        {
            _unit.DropMinute(time => time.Minute % 7 == 3);
            _clock.AdvanceSeconds((3 * 3600) + 17);
            if (hoursStepped != 0)
            {
                _unit.StepClock(TimeSpan.FromHours(hoursStepped));
                _clock.AdvanceSeconds(2 * 3600);
            }

            DateTime now = _unit.Read().Clock;
            var random = new Random(1);
            int found = 0;
            for (int i = 0; i < 500; i++)
            {
                DateTime from = now.AddSeconds(random.Next(-30 * 3600, 3600));
                DateTime to = from.AddSeconds(random.Next(-3600, 5 * 3600));
                int count = random.Next(3) == 0 ? random.Next(1, 2000) : 1440;

                IReadOnlyList<IntervalRow> rows = _unit.NewestRowsBetween(MeterInterval.Minute, count, from, to);

                Assert.That(rows, Is.EqualTo(
                    _unit.NewestRows(MeterInterval.Minute, count).Where(row => row.Label >= from && row.Label <= to)));
                found += rows.Count;
            }

            Assert.That(found, Is.GreaterThan(10_000));
        }

        [Test]
        public void AfterAStepBackALabelKeepsItsLaterRow()
        {
            _clock.AdvanceSeconds((45 * 60) + 30);
            uint before = _unit.Read().Normal;

            _unit.StepClock(TimeSpan.FromHours(-1));

            Assert.That(_unit.Read().Clock, Is.EqualTo(Time(1, 9, 45, 30)));
            Assert.That(_unit.Read().Normal, Is.EqualTo(before), "no energy flows in a step");
            Assert.That(NewestMinute(_unit).Label, Is.EqualTo(Time(1, 10, 45, 0)), "the row recorded last");

            _clock.AdvanceSeconds(30 * 60);
            Assert.That(_unit.Read().Clock, Is.EqualTo(Time(1, 10, 15, 30)));
            Assert.That(NewestMinute(_unit).Label, Is.EqualTo(Time(1, 10, 15, 0)));

            // Up to 09:45 and from 10:16 on as first recorded, between them an hour later.
            Rows rows = Minutes(_unit, Time(1, 9, 0, 0), Time(1, 12, 0, 0));
            Assert.That(rows.Keys, Is.EqualTo(Grid(Time(1, 9, 0, 0), Time(1, 10, 45, 0), MeterInterval.Minute)));
            foreach ((DateTime label, Row row) in rows)
            {
                bool again = label >= Time(1, 9, 46, 0) && label <= Time(1, 10, 15, 0);
                AssertRow(row, again ? label.AddHours(1) : label);
            }

            rows = HalfHours(_unit, Time(1, 9, 30, 0), Time(1, 10, 30, 0));
            Assert.That(rows, Has.Count.EqualTo(3));
            AssertRow(rows[Time(1, 9, 30, 0)], Time(1, 9, 30, 0));
            AssertRow(rows[Time(1, 10, 0, 0)], Time(1, 11, 0, 0));
            AssertRow(rows[Time(1, 10, 30, 0)], Time(1, 10, 30, 0));
        }

        [Test]
        public void AfterAStepForwardTheLabelsInBetweenHaveNoRows()
        {
            _clock.AdvanceSeconds((45 * 60) + 30);
            _unit.StepClock(TimeSpan.FromDays(1));
            _clock.AdvanceSeconds(60);

            Assert.That(_unit.Read().Clock, Is.EqualTo(Time(2, 10, 46, 30)));
            Rows rows = Minutes(_unit, Time(1, 10, 44, 0), Time(2, 11, 0, 0));
            Assert.That(rows.Keys, Is.EqualTo(new[] { Time(1, 10, 44, 0), Time(1, 10, 45, 0), Time(2, 10, 46, 0) }));
            AssertRow(rows[Time(1, 10, 45, 0)], Time(1, 10, 45, 0));
            AssertRow(rows[Time(2, 10, 46, 0)], Time(1, 10, 46, 0));
            Assert.That(HalfHours(_unit, Time(1, 11, 0, 0), Time(2, 11, 0, 0)), Is.Empty);
        }

        [Test]
        public void ARowThatWasThereStaysWhenTheClockStepsInItsSecond()
        {
            _clock.AdvanceSeconds(60);
            Assert.That(Minutes(_unit, Start.AddMinutes(1), Start.AddMinutes(1)), Has.Count.EqualTo(1));

            _unit.StepClock(TimeSpan.FromHours(1));

            DateTime first = Start.AddMinutes(1);
            DateTime second = Start.AddMinutes(61);
            AssertRow(Minutes(_unit, first, first)[first], first);
            AssertRow(Minutes(_unit, second, second)[second], first);
        }

        [Test]
        public void StepsAddUp()
        {
            _unit.StepClock(TimeSpan.FromHours(-1));
            _clock.AdvanceSeconds(10);
            _unit.StepClock(TimeSpan.FromHours(1));
            _clock.AdvanceSeconds(110);

            Assert.That(_unit.ClockTime, Is.EqualTo(Start.AddMinutes(2)));
            Assert.That(_unit.Instant, Is.EqualTo(Start.AddMinutes(2)));
            AssertRegisters(Minutes(_unit, Start, Start.AddMinutes(2)));
        }

        private static DateTime Time(int day, int hour, int minute, int second)
        {
            return new DateTime(2026, 3, day, hour, minute, second);
        }

        private static IEnumerable<DateTime> Grid(DateTime from, DateTime to, MeterInterval interval)
        {
            for (DateTime time = from; time <= to; time = time.AddSeconds((int)interval))
            {
                yield return time;
            }
        }

        private static IntervalRow NewestMinute(SimulatedMeteringUnit unit)
        {
            return unit.NewestRows(MeterInterval.Minute, 1).Single();
        }

        private static Rows Minutes(SimulatedMeteringUnit unit, DateTime from, DateTime to)
        {
            return RowsOf(unit, MeterInterval.Minute, from, to);
        }

        private static Rows HalfHours(SimulatedMeteringUnit unit, DateTime from, DateTime to)
        {
            return RowsOf(unit, MeterInterval.HalfHour, from, to);
        }

        // A label that came twice would throw.
        private static Rows RowsOf(SimulatedMeteringUnit unit, MeterInterval interval, DateTime from, DateTime to)
        {
            var rows = new Rows();
            foreach (IntervalRow row in unit.RowsBetween(interval, from, to))
            {
                rows.Add(row.Label, (unit.NormalAt(row.Recorded), unit.ReverseAt(row.Recorded)));
            }

            return rows;
        }

        private SimulatedMeteringUnit Constant(
            string kilowatts, SolarCurve solar, DateTime start, string kilovars = "0")
        {
            using var file = new HouseholdFile(HouseholdFile.Lines(1, kilowatts, kilovars));
            return new SimulatedMeteringUnit(new NetProfile(HouseholdData.Load(file.Name), solar), _clock, start, 1);
        }

        private void AssertRegisters(Rows rows)
        {
            Assert.That(rows, Is.Not.Empty);
            foreach ((DateTime time, Row row) in rows)
            {
                AssertRow(row, time);
            }
        }

        private void AssertRow(Row row, DateTime instant)
        {
            Assert.That(row, Is.EqualTo((_unit.NormalAt(instant), _unit.ReverseAt(instant))));
        }
    }
}
