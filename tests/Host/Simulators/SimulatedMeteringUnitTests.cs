using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoComm.Metering;
using NanoComm.Simulators;
using NUnit.Framework;

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
<<<<<<< HEAD
        public void SaysWhatItIs()
=======
        public void Says_what_it_is()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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
<<<<<<< HEAD
        public void AnotherSerialNumberIsTold()
=======
        public void Another_serial_number_is_told()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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
<<<<<<< HEAD
        public void TheClockRunsFromTheStartWithTheMonotonicClock()
=======
        public void The_clock_runs_from_the_start_with_the_monotonic_clock()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            Assert.That(_unit.MeterTimeNow, Is.EqualTo(StartTime));
            _clock.Milliseconds += 61999;
            Assert.That(_unit.MeterTimeNow, Is.EqualTo(StartTime + 61));
        }

        [TestCase(60, 1000, 60)]
        [TestCase(60, 16, 0)]
        [TestCase(60, 17, 1)]
        [TestCase(3600, 86400000, 3600L * 86400)]
<<<<<<< HEAD
        public void TheClockRunsFasterWhenAskedTo(int speed, long milliseconds, long seconds)
=======
        public void The_clock_runs_faster_when_asked_to(int speed, long milliseconds, long seconds)
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            var unit = new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start, speed);
            _clock.Milliseconds += milliseconds;

            unit.ReadNow(_reading);

            Assert.That(_reading.Time, Is.EqualTo(StartTime + seconds));
            Assert.That(_reading.Normal, Is.EqualTo(_unit.NormalAt(StartTime + seconds)), "energy flows as fast");
        }

        [Test]
<<<<<<< HEAD
        public void ASpeedBelowOneIsRefused()
=======
        public void A_speed_below_one_is_refused()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            Assert.Throws<ArgumentOutOfRangeException>(
                () => new SimulatedMeteringUnit(HouseholdData.Recorded, _clock, Start, 0));
        }

        [Test]
<<<<<<< HEAD
        public void RegistersCountWattHoursAndKeepTheFraction()
=======
        public void Registers_count_watt_hours_and_keep_the_fraction()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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
<<<<<<< HEAD
        public void FeedingInCountsInTheReverseRegisterAlone()
=======
        public void Feeding_in_counts_in_the_reverse_register_alone()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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
<<<<<<< HEAD
        public void RegistersReturnToZeroAfterEightDigits()
=======
        public void Registers_return_to_zero_after_eight_digits()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            // 50 kW fill the register in 2,000 h from the anchor.
            SimulatedMeteringUnit unit = Constant("50", SolarCurve.None, new DateTime(2020, 3, 24, 7, 59, 59));
            Assert.That(Read(unit).Normal, Is.EqualTo(99999986));
            _clock.AdvanceSeconds(1);
            Assert.That(Read(unit).Normal, Is.Zero);
            _clock.AdvanceSeconds(60);
            Assert.That(Read(unit).Normal, Is.EqualTo(833));

            long wrap = MeterTime.FromCalendar(2020, 3, 24, 8, 0, 0);
            Assert.That(Minutes(unit, wrap - Minute, wrap).Values.Select(r => r.Normal), Is.EqualTo(new uint[] { 99999166, 0 }));
        }

        [Test]
<<<<<<< HEAD
        public void BeforeTheAnchorRegistersCountUpToZero()
=======
        public void Before_the_anchor_registers_count_up_to_zero()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            SimulatedMeteringUnit unit = Constant("3.600", SolarCurve.None, new DateTime(2019, 12, 31, 23, 59, 59));

            Assert.That(Read(unit).Normal, Is.EqualTo(99999999));
            _clock.AdvanceSeconds(1);
            Assert.That(Read(unit).Normal, Is.Zero);
        }

        [Test]
<<<<<<< HEAD
        public void ASimulationStartedAgainGoesOnWithTheSameRegisters()
=======
        public void A_simulation_started_again_goes_on_with_the_same_registers()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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
<<<<<<< HEAD
        public void PowerAndCurrentsFollowTheStatedRule(
=======
        public void Power_and_currents_follow_the_stated_rule(
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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
<<<<<<< HEAD
        public void PowerIsConstantWithinAMinute()
=======
        public void Power_is_constant_within_a_minute()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            _clock.AdvanceSeconds(3 * 60);
            int first = Read(_unit).Power;
            Assert.That(first, Is.EqualTo(_unit.PowerAt(StartTime + 180)));
            _clock.AdvanceSeconds(59);
            Assert.That(Read(_unit).Power, Is.EqualTo(first));
        }

        [Test]
<<<<<<< HEAD
        public void RowsAreTheRegistersAtTheirInstants()
=======
        public void Rows_are_the_registers_at_their_instants()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            _clock.AdvanceSeconds(3600 + 59);

            SortedDictionary<long, (uint Normal, uint Reverse)> rows = Minutes(_unit, StartTime - 3600, StartTime + 7200);

            Assert.That(rows.Keys, Is.EqualTo(Grid(StartTime - 3600, StartTime + 3600, Minute)));
            AssertRegisters(rows);
        }

        [Test]
<<<<<<< HEAD
        public void ARowEqualsWhatWasReadInItsSecond()
=======
        public void A_row_equals_what_was_read_in_its_second()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            for (int minute = 0; minute < 90; minute++)
            {
                Read(_unit);
                Assert.That(_reading.MinuteTime, Is.EqualTo(_reading.Time), "a row is there at once");
                Assert.That(Minutes(_unit, _reading.Time, _reading.Time)[_reading.Time],
                    Is.EqualTo((_reading.Normal, _reading.Reverse)));
                Assert.That((_reading.MinuteNormal, _reading.MinuteReverse), Is.EqualTo((_reading.Normal, _reading.Reverse)));
                _clock.AdvanceSeconds(60);
            }
        }

        [Test]
<<<<<<< HEAD
        public void TheNewestMinuteRowStaysUntilTheNext()
=======
        public void The_newest_minute_row_stays_until_the_next()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            (uint Normal, uint Reverse) row = (Read(_unit).Normal, _reading.Reverse);
            _clock.AdvanceSeconds(59);

            Read(_unit);

            Assert.That(_reading.MinuteTime, Is.EqualTo(StartTime));
            Assert.That((_reading.MinuteNormal, _reading.MinuteReverse), Is.EqualTo(row));
        }

        [Test]
<<<<<<< HEAD
        public void HalfHourRowsEqualMinuteRows()
=======
        public void Half_hour_rows_equal_minute_rows()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            _clock.AdvanceSeconds(3 * Day);
            SortedDictionary<long, (uint Normal, uint Reverse)> minutes = Minutes(_unit, StartTime - Day, StartTime + (3 * Day));
            SortedDictionary<long, (uint Normal, uint Reverse)> halfHours = HalfHours(_unit, StartTime - Day, StartTime + (3 * Day));

            Assert.That(halfHours, Has.Count.EqualTo((4 * 48) + 1));
            Assert.That(minutes, Has.Count.EqualTo((4 * 1440) + 1));
            foreach ((long time, (uint Normal, uint Reverse) row) in halfHours)
            {
                Assert.That(minutes[time], Is.EqualTo(row));
            }
        }

        [Test]
<<<<<<< HEAD
        public void HistoryGoesBack99DaysAndNoFurther()
=======
        public void History_goes_back_99_days_and_no_further()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            long oldest = MeterTime.FromCalendar(2025, 11, 22, 0, 0, 0);

            SortedDictionary<long, (uint Normal, uint Reverse)> rows = HalfHours(_unit, oldest - Day, StartTime + Day);

            Assert.That(rows.Keys, Is.EqualTo(Grid(oldest, StartTime, HalfHour)));
            AssertRegisters(rows);
            Assert.That(rows.Values.Zip(rows.Values.Skip(1)),
                Has.All.Matches<((uint Normal, uint Reverse) Earlier, (uint Normal, uint Reverse) Later)>(
                    p => p.Earlier.Normal <= p.Later.Normal && p.Earlier.Reverse <= p.Later.Reverse));
        }

        [Test]
<<<<<<< HEAD
        public void MinutesGoBack24HoursAndNoFurther()
=======
        public void Minutes_go_back_24_hours_and_no_further()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            Assert.That(Minutes(_unit, StartTime - (2 * Day), StartTime).Keys,
                Is.EqualTo(Grid(StartTime - Day, StartTime, Minute)));
        }

        [TestCase(30, 90)]
        [TestCase(60, 90)]
        [TestCase(60, 0)]
<<<<<<< HEAD
        public void AQuestionOffTheGridIsRefused(int from, int to)
=======
        public void A_question_off_the_grid_is_refused(int from, int to)
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            var sink = new RowCollector();

            Assert.That(_unit.ReadMinutes(StartTime + from, StartTime + to, sink), Is.EqualTo(MeteringResult.Refused));
            Assert.That(_unit.ReadHalfHours(StartTime + from, StartTime + to, sink), Is.EqualTo(MeteringResult.Refused));
            Assert.That(sink.Rows, Is.Empty);
        }

        [Test]
<<<<<<< HEAD
        public void ASilentUnitAnswersNothingAndGoesOnCounting()
=======
        public void A_silent_unit_answers_nothing_and_goes_on_counting()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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
<<<<<<< HEAD
        public void DroppedRowsAreMissingAndTheirNeighboursAreNot()
=======
        public void Dropped_rows_are_missing_and_their_neighbours_are_not()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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
<<<<<<< HEAD
        public void ADroppedMinuteIsNotTheNewestEither()
=======
        public void A_dropped_minute_is_not_the_newest_either()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            _unit.DropMinute(StartTime + 60, StartTime + 120);
            _clock.AdvanceSeconds(150);
            Assert.That(Read(_unit).MinuteTime, Is.EqualTo(StartTime));

            _unit.DropMinute(_ => true);
            Assert.That(Read(_unit).MinuteTime, Is.EqualTo(MeterTime.Unknown));
            Assert.That(_reading.MinuteNormal, Is.EqualTo(MeterReading.NoEnergy));
        }

        [Test]
<<<<<<< HEAD
        public void AfterAStepBackALabelKeepsItsLaterRow()
=======
        public void After_a_step_back_a_label_keeps_its_later_row()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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
            SortedDictionary<long, (uint Normal, uint Reverse)> rows = Minutes(_unit, Time(1, 9, 0, 0), Time(1, 12, 0, 0));
            Assert.That(rows.Keys, Is.EqualTo(Grid(Time(1, 9, 0, 0), Time(1, 10, 45, 0), Minute)));
            foreach ((long label, (uint Normal, uint Reverse) row) in rows)
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
<<<<<<< HEAD
        public void AfterAStepForwardTheLabelsInBetweenHaveNoRows()
=======
        public void After_a_step_forward_the_labels_in_between_have_no_rows()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            _clock.AdvanceSeconds((45 * 60) + 30);
            _unit.StepClock(Day);
            _clock.AdvanceSeconds(60);

            Assert.That(Read(_unit).Time, Is.EqualTo(Time(2, 10, 46, 30)));
            SortedDictionary<long, (uint Normal, uint Reverse)> rows = Minutes(_unit, Time(1, 10, 44, 0), Time(2, 11, 0, 0));
            Assert.That(rows.Keys, Is.EqualTo(new[] { Time(1, 10, 44, 0), Time(1, 10, 45, 0), Time(2, 10, 46, 0) }));
            AssertRow(rows[Time(1, 10, 45, 0)], Time(1, 10, 45, 0));
            AssertRow(rows[Time(2, 10, 46, 0)], Time(1, 10, 46, 0));
            Assert.That(HalfHours(_unit, Time(1, 11, 0, 0), Time(2, 11, 0, 0)), Is.Empty);
        }

        [Test]
<<<<<<< HEAD
        public void ARowThatWasThereStaysWhenTheClockStepsInItsSecond()
=======
        public void A_row_that_was_there_stays_when_the_clock_steps_in_its_second()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
        {
            _clock.AdvanceSeconds(60);
            Assert.That(Minutes(_unit, StartTime + 60, StartTime + 60), Has.Count.EqualTo(1));

            _unit.StepClock(3600);

            AssertRow(Minutes(_unit, StartTime + 60, StartTime + 60)[StartTime + 60], StartTime + 60);
            AssertRow(Minutes(_unit, StartTime + 3660, StartTime + 3660)[StartTime + 3660], StartTime + 60);
        }

        [Test]
<<<<<<< HEAD
        public void StepsAddUp()
=======
        public void Steps_add_up()
>>>>>>> 4232a2d53f42628efe2a053a0c114f15ec1d619b
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

        private static SortedDictionary<long, (uint Normal, uint Reverse)> Minutes(SimulatedMeteringUnit unit, long from, long to)
        {
            var sink = new RowCollector();
            Assert.That(unit.ReadMinutes(from, to, sink), Is.EqualTo(MeteringResult.Ok));
            return sink.Rows;
        }

        private static SortedDictionary<long, (uint Normal, uint Reverse)> HalfHours(SimulatedMeteringUnit unit, long from, long to)
        {
            var sink = new RowCollector();
            Assert.That(unit.ReadHalfHours(from, to, sink), Is.EqualTo(MeteringResult.Ok));
            return sink.Rows;
        }

        private SimulatedMeteringUnit Constant(string kilowatts, SolarCurve solar, DateTime start, string kilovars = "0")
        {
            using var file = new HouseholdFile(HouseholdFile.Lines(1, kilowatts, kilovars));
            return new SimulatedMeteringUnit(new NetProfile(HouseholdData.Load(file.Name), solar), _clock, start, 1);
        }

        private MeterReading Read(SimulatedMeteringUnit unit)
        {
            Assert.That(unit.ReadNow(_reading), Is.EqualTo(MeteringResult.Ok));
            return _reading;
        }

        private void AssertRegisters(SortedDictionary<long, (uint Normal, uint Reverse)> rows)
        {
            Assert.That(rows, Is.Not.Empty);
            foreach ((long time, (uint Normal, uint Reverse) row) in rows)
            {
                AssertRow(row, time);
            }
        }

        private void AssertRow((uint Normal, uint Reverse) row, long instant)
        {
            Assert.That(row, Is.EqualTo((_unit.NormalAt(instant), _unit.ReverseAt(instant))));
        }
    }
}
