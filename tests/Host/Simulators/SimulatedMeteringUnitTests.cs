using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Simulators;

using Row = (uint Normal, uint Reverse);
using Rows = System.Collections.Generic.SortedDictionary<long, (uint Normal, uint Reverse)>;

namespace NanoComm.Tests.Host.Simulators
{
    [TestFixture]
    public sealed class SimulatedMeteringUnitTests
    {
        private const int Minute = MeterTime.Minute;
        private const int HalfHour = MeterTime.HalfHour;
        private const int Day = MeterTime.Day;

        private static readonly DateTime Start = new(2026, 3, 1, 10, 0, 0);
        private static readonly long StartTime = Time(1, 10, 0, 0);

        private readonly MeterReading _reading = new();
        private ManualClock _clock;
        private SimulatedMeteringUnit _unit;

        [SetUp]
        public void SetUp()
        {
            _clock = new ManualClock { Milliseconds = 123456 };
            _unit = new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start, 1);
        }

        [Test]
        public void SaysWhatItIs()
        {
            var parameters = new MeterParameters();
            var serial = new byte[12];

            Assert.That(_unit.ReadParameters(parameters), Is.EqualTo(MeteringResult.Ok));
            parameters.CopySerial(serial, 0);

            Assert.That(Encoding.ASCII.GetString(serial), Is.EqualTo("SIM000000001"));
            Assert.That(parameters.Unit, Is.EqualTo(0x03), "0.001 kWh");
            Assert.That(parameters.Coefficient, Is.EqualTo(1));
            Assert.That(parameters.Digits, Is.EqualTo(8));
        }

        [Test]
        public void AnotherSerialNumberIsTold()
        {
            var parameters = new MeterParameters();
            var serial = new byte[12];

            _unit.SerialNumber = "MU-7";
            _unit.ReadParameters(parameters);
            parameters.CopySerial(serial, 0);

            Assert.That(serial, Is.EqualTo(Encoding.ASCII.GetBytes("MU-7\0\0\0\0\0\0\0\0")));
            Assert.Throws<ArgumentException>(() => _unit.SerialNumber = "");
            Assert.Throws<ArgumentException>(() => _unit.SerialNumber = "SIM0000000001");
            Assert.Throws<ArgumentException>(() => _unit.SerialNumber = "計量部");
        }

        [Test]
        public void TheClockRunsFromTheStartWithTheMonotonicClock()
        {
            Assert.That(_unit.MeterTimeNow, Is.EqualTo(StartTime));
            _clock.Milliseconds += 61999;
            Assert.That(_unit.MeterTimeNow, Is.EqualTo(StartTime + 61));
        }

        [TestCase(60, 1000, 60)]
        [TestCase(60, 16, 0)]
        [TestCase(60, 17, 1)]
        [TestCase(3600, 86400000, 3600L * 86400)]
        public void TheClockRunsFasterWhenAskedTo(int speed, long milliseconds, long seconds)
        {
            var unit = new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start, speed);
            _clock.Milliseconds += milliseconds;

            unit.ReadNow(_reading);

            Assert.That(_reading.Time, Is.EqualTo(StartTime + seconds));
            Assert.That(_reading.Normal, Is.EqualTo(_unit.NormalAt(StartTime + seconds)), "energy flows as fast");
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
            // 500 W: a unit of 1 W·h every 7.2 s, and 12,000 in a day.
            SimulatedMeteringUnit unit = Constant("0.500", SolarCurve.None, new DateTime(2020, 1, 2));
            uint first = Read(unit).Normal;
            Assert.That(first, Is.EqualTo(12000));

            uint[] registers = Enumerable.Range(1, 36).Select(_ =>
            {
                _clock.AdvanceSeconds(1);
                return Read(unit).Normal - first;
            }).ToArray();

            Assert.That(registers, Is.EqualTo(Enumerable.Range(1, 36).Select(s => (uint)(s * 500 / 3600))));
            Assert.That(Read(unit).Reverse, Is.Zero);
        }

        [Test]
        public void FeedingInCountsInTheReverseRegisterAlone()
        {
            // No load, 4,000 W at noon.
            SimulatedMeteringUnit unit = Constant("0", SolarCurve.Default, new DateTime(2026, 3, 1, 12, 0, 0));
            uint normal = Read(unit).Normal;
            uint reverse = Read(unit).Reverse;
            Assert.That(_reading.Power, Is.EqualTo(-4000));
            _clock.AdvanceSeconds(60);

            Assert.That(Read(unit).Normal, Is.EqualTo(normal));
            Assert.That(Read(unit).Reverse - reverse, Is.EqualTo(4000 * 60 / 3600).Within(1));
        }

        [Test]
        public void RegistersReturnToZeroAfterEightDigits()
        {
            // 50 kW fill the register in 2,000 h from the anchor.
            SimulatedMeteringUnit unit = Constant("50", SolarCurve.None, new DateTime(2020, 3, 24, 7, 59, 59));
            Assert.That(Read(unit).Normal, Is.EqualTo(99999986));
            _clock.AdvanceSeconds(1);
            Assert.That(Read(unit).Normal, Is.Zero);
            _clock.AdvanceSeconds(60);
            Assert.That(Read(unit).Normal, Is.EqualTo(833));

            long wrap = MeterTime.FromCalendar(2020, 3, 24, 8, 0, 0);
            Assert.That(Minutes(unit, wrap - Minute, wrap).Values.Select(r => r.Normal),
                Is.EqualTo(new uint[] { 99999166, 0 }));
        }

        [Test]
        public void BeforeTheAnchorRegistersCountUpToZero()
        {
            SimulatedMeteringUnit unit = Constant("3.600", SolarCurve.None, new DateTime(2019, 12, 31, 23, 59, 59));

            Assert.That(Read(unit).Normal, Is.EqualTo(99999999));
            _clock.AdvanceSeconds(1);
            Assert.That(Read(unit).Normal, Is.Zero);
        }

        [Test]
        public void ASimulationStartedAgainGoesOnWithTheSameRegisters()
        {
            _clock.AdvanceSeconds(5 * 3600);
            var again = new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start.AddHours(5), 7);

            Assert.That(Read(again).Normal, Is.EqualTo(Read(_unit).Normal));
            Assert.That(Read(again).Reverse, Is.EqualTo(Read(_unit).Reverse));
        }

        // S = √(P² + Q²); 60 % on R and 40 % on T, at 100 V, in 0.1 A, with the sign of P.
        [TestCase("3", "4", 0, 3000, 300, 200)]
        [TestCase("0.5", "0", 0, 500, 30, 20)]
        [TestCase("0", "0", 12, -4000, -240, -160)]
        [TestCase("0", "3", 12, -4000, -300, -200)]
        [TestCase("0", "0", 0, 0, 0, 0)]
        [TestCase("50", "-50", 0, 50000, 4243, 2828)]
        public void PowerAndCurrentsFollowTheStatedRule(
            string kilowatts, string kilovars, int hour, int watts, int currentR, int currentT)
        {
            SimulatedMeteringUnit unit =
                Constant(kilowatts, SolarCurve.Default, new DateTime(2026, 3, 1, hour, 0, 0), kilovars);

            Read(unit);

            Assert.That(_reading.Power, Is.EqualTo(watts));
            Assert.That(_reading.CurrentR, Is.EqualTo(currentR));
            Assert.That(_reading.CurrentT, Is.EqualTo(currentT));
        }

        [Test]
        public void PowerIsConstantWithinAMinute()
        {
            _clock.AdvanceSeconds(3 * 60);
            int first = Read(_unit).Power;
            Assert.That(first, Is.EqualTo(_unit.PowerAt(StartTime + 180)));
            _clock.AdvanceSeconds(59);
            Assert.That(Read(_unit).Power, Is.EqualTo(first));
        }

        [Test]
        public void RowsAreTheRegistersAtTheirInstants()
        {
            _clock.AdvanceSeconds(3600 + 59);

            Rows rows = Minutes(_unit, StartTime - 3600, StartTime + 7200);

            Assert.That(rows.Keys, Is.EqualTo(Grid(StartTime - 3600, StartTime + 3600, Minute)));
            AssertRegisters(rows);
        }

        [Test]
        public void ARowEqualsWhatWasReadInItsSecond()
        {
            for (int minute = 0; minute < 90; minute++)
            {
                Read(_unit);
                Assert.That(_reading.MinuteTime, Is.EqualTo(_reading.Time), "a row is there at once");
                Assert.That(Minutes(_unit, _reading.Time, _reading.Time)[_reading.Time],
                    Is.EqualTo((_reading.Normal, _reading.Reverse)));
                Assert.That((_reading.MinuteNormal, _reading.MinuteReverse),
                    Is.EqualTo((_reading.Normal, _reading.Reverse)));
                _clock.AdvanceSeconds(60);
            }
        }

        [Test]
        public void TheNewestMinuteRowStaysUntilTheNext()
        {
            Row row = (Read(_unit).Normal, _reading.Reverse);
            _clock.AdvanceSeconds(59);

            Read(_unit);

            Assert.That(_reading.MinuteTime, Is.EqualTo(StartTime));
            Assert.That((_reading.MinuteNormal, _reading.MinuteReverse), Is.EqualTo(row));
        }

        [Test]
        public void HalfHourRowsEqualMinuteRows()
        {
            _clock.AdvanceSeconds(3 * Day);
            Rows minutes = Minutes(_unit, StartTime - Day, StartTime + (3 * Day));
            Rows halfHours = HalfHours(_unit, StartTime - Day, StartTime + (3 * Day));

            Assert.That(halfHours, Has.Count.EqualTo((4 * 48) + 1));
            Assert.That(minutes, Has.Count.EqualTo((4 * 1440) + 1));
            foreach ((long time, Row row) in halfHours)
            {
                Assert.That(minutes[time], Is.EqualTo(row));
            }
        }

        [Test]
        public void HistoryGoesBack99DaysAndNoFurther()
        {
            long oldest = MeterTime.FromCalendar(2025, 11, 22, 0, 0, 0);

            Rows rows = HalfHours(_unit, oldest - Day, StartTime + Day);

            Assert.That(rows.Keys, Is.EqualTo(Grid(oldest, StartTime, HalfHour)));
            AssertRegisters(rows);
            Assert.That(rows.Values.Zip(rows.Values.Skip(1)),
                Has.All.Matches<(Row Earlier, Row Later)>(
                    p => p.Earlier.Normal <= p.Later.Normal && p.Earlier.Reverse <= p.Later.Reverse));
        }

        [Test]
        public void MinutesGoBack24HoursAndNoFurther()
        {
            Assert.That(Minutes(_unit, StartTime - (2 * Day), StartTime).Keys,
                Is.EqualTo(Grid(StartTime - Day, StartTime, Minute)));
        }

        [TestCase(30, 90)]
        [TestCase(60, 90)]
        [TestCase(60, 0)]
        public void AQuestionOffTheGridIsRefused(int from, int to)
        {
            var sink = new RowCollector();

            Assert.That(_unit.ReadMinutes(StartTime + from, StartTime + to, sink), Is.EqualTo(MeteringResult.Refused));
            Assert.That(_unit.ReadHalfHours(StartTime + from, StartTime + to, sink),
                Is.EqualTo(MeteringResult.Refused));
            Assert.That(sink.Rows, Is.Empty);
        }

        [Test]
        public void ASilentUnitAnswersNothingAndGoesOnCounting()
        {
            var sink = new RowCollector();
            _unit.IsAnswering = false;

            Assert.That(_unit.ReadParameters(new MeterParameters()), Is.EqualTo(MeteringResult.NoAnswer));
            Assert.That(_unit.ReadNow(_reading), Is.EqualTo(MeteringResult.NoAnswer));
            Assert.That(_unit.ReadMinutes(StartTime, StartTime, sink), Is.EqualTo(MeteringResult.NoAnswer));
            Assert.That(_unit.ReadHalfHours(StartTime, StartTime, sink), Is.EqualTo(MeteringResult.NoAnswer));
            Assert.That(sink.Rows, Is.Empty);

            _clock.AdvanceSeconds(3600);
            _unit.IsAnswering = true;
            Assert.That(Read(_unit).Time, Is.EqualTo(StartTime + 3600));
            AssertRegisters(Minutes(_unit, StartTime, StartTime + 3600));
        }

        [Test]
        public void DroppedRowsAreMissingAndTheirNeighboursAreNot()
        {
            _unit.DropMinute(StartTime + 120, StartTime + 180);
            _unit.DropMinute(time => time == StartTime + 300);
            _unit.DropHalfHour(StartTime + HalfHour, StartTime + HalfHour);
            _unit.DropHalfHour(time => time == StartTime - HalfHour);
            _clock.AdvanceSeconds(3600);

            Assert.That(Minutes(_unit, StartTime, StartTime + 360).Keys.Select(t => t - StartTime),
                Is.EqualTo(new[] { 0, 60, 240, 360 }));
            Assert.That(HalfHours(_unit, StartTime - 3600, StartTime + 3600).Keys.Select(t => t - StartTime),
                Is.EqualTo(new[] { -3600, 0, 3600 }));
        }

        [Test]
        public void ADroppedMinuteIsNotTheNewestEither()
        {
            _unit.DropMinute(StartTime + 60, StartTime + 120);
            _clock.AdvanceSeconds(150);
            Assert.That(Read(_unit).MinuteTime, Is.EqualTo(StartTime));

            _unit.DropMinute(_ => true);
            Assert.That(Read(_unit).MinuteTime, Is.EqualTo(MeterTime.Unknown));
            Assert.That(_reading.MinuteNormal, Is.EqualTo(MeterReading.NoEnergy));
        }

        [Test]
        public void AfterAStepBackALabelKeepsItsLaterRow()
        {
            _clock.AdvanceSeconds((45 * 60) + 30);
            uint before = Read(_unit).Normal;

            _unit.StepClock(-3600);

            Assert.That(Read(_unit).Time, Is.EqualTo(Time(1, 9, 45, 30)));
            Assert.That(_reading.Normal, Is.EqualTo(before), "no energy flows in a step");
            Assert.That(_reading.MinuteTime, Is.EqualTo(Time(1, 10, 45, 0)), "the row recorded last");

            _clock.AdvanceSeconds(30 * 60);
            Assert.That(Read(_unit).Time, Is.EqualTo(Time(1, 10, 15, 30)));
            Assert.That(_reading.MinuteTime, Is.EqualTo(Time(1, 10, 15, 0)));

            // Up to 09:45 and from 10:16 on as first recorded, between them an hour later.
            Rows rows = Minutes(_unit, Time(1, 9, 0, 0), Time(1, 12, 0, 0));
            Assert.That(rows.Keys, Is.EqualTo(Grid(Time(1, 9, 0, 0), Time(1, 10, 45, 0), Minute)));
            foreach ((long label, Row row) in rows)
            {
                bool again = label >= Time(1, 9, 46, 0) && label <= Time(1, 10, 15, 0);
                AssertRow(row, again ? label + 3600 : label);
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
            _unit.StepClock(Day);
            _clock.AdvanceSeconds(60);

            Assert.That(Read(_unit).Time, Is.EqualTo(Time(2, 10, 46, 30)));
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
            Assert.That(Minutes(_unit, StartTime + 60, StartTime + 60), Has.Count.EqualTo(1));

            _unit.StepClock(3600);

            AssertRow(Minutes(_unit, StartTime + 60, StartTime + 60)[StartTime + 60], StartTime + 60);
            AssertRow(Minutes(_unit, StartTime + 3660, StartTime + 3660)[StartTime + 3660], StartTime + 60);
        }

        [Test]
        public void StepsAddUp()
        {
            _unit.StepClock(-3600);
            _clock.AdvanceSeconds(10);
            _unit.StepClock(3600);
            _clock.AdvanceSeconds(110);

            Assert.That(_unit.MeterTimeNow, Is.EqualTo(StartTime + 120));
            Assert.That(_unit.Instant, Is.EqualTo(StartTime + 120));
            AssertRegisters(Minutes(_unit, StartTime, StartTime + 120));
        }

        private static long Time(int day, int hour, int minute, int second)
        {
            return MeterTime.FromCalendar(2026, 3, day, hour, minute, second);
        }

        private static IEnumerable<long> Grid(long from, long to, int interval)
        {
            for (long time = from; time <= to; time += interval)
            {
                yield return time;
            }
        }

        private static Rows Minutes(SimulatedMeteringUnit unit, long from, long to)
        {
            var sink = new RowCollector();
            Assert.That(unit.ReadMinutes(from, to, sink), Is.EqualTo(MeteringResult.Ok));
            return sink.Rows;
        }

        private static Rows HalfHours(SimulatedMeteringUnit unit, long from, long to)
        {
            var sink = new RowCollector();
            Assert.That(unit.ReadHalfHours(from, to, sink), Is.EqualTo(MeteringResult.Ok));
            return sink.Rows;
        }

        private SimulatedMeteringUnit Constant(
            string kilowatts, SolarCurve solar, DateTime start, string kilovars = "0")
        {
            using var file = new HouseholdFile(HouseholdFile.Lines(1, kilowatts, kilovars));
            return new SimulatedMeteringUnit(new NetProfile(HouseholdData.Load(file.Name), solar), _clock, start, 1);
        }

        private MeterReading Read(SimulatedMeteringUnit unit)
        {
            Assert.That(unit.ReadNow(_reading), Is.EqualTo(MeteringResult.Ok));
            return _reading;
        }

        private void AssertRegisters(Rows rows)
        {
            Assert.That(rows, Is.Not.Empty);
            foreach ((long time, Row row) in rows)
            {
                AssertRow(row, time);
            }
        }

        private void AssertRow(Row row, long instant)
        {
            Assert.That(row, Is.EqualTo((_unit.NormalAt(instant), _unit.ReverseAt(instant))));
        }
    }
}
