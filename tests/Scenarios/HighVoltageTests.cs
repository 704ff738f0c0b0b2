using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Dlms;
using NanoComm.Echonet;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Rig;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A high-voltage unit with its metering unit at the end of a line: what it serves against what was
    /// simulated.</summary>
    [Parallelizable]
    internal static class HighVoltageTests
    {
        private const int Slow = 9600;
        private const int Fast = 115200;
        private const long Range = 100_000_000;

        private static readonly DateTime Noon = new(2027, 2, 27, 12, 10, 20);

        [TestCase(Slow, 10.0)]
        [TestCase(Fast, 1.2)]
        public static void It_reads_soon_after_the_start_with_an_hour_and_a_day_of_all_quantities(int baud, double wanted)
        {
            using SimulatedUnit unit = SimulatedUnit.HighVoltage(1, Noon, baud);
            unit.Unit.Start();
            MeterData data = unit.Unit.Data;
            unit.Scheduler.Run(() => Holds(data.Minutes, 60) && Holds(data.High.ReactiveMinutes, 60) && Holds(data.HalfHours, 48)
                && Holds(data.High.Reactive, 48) && Holds(data.High.Demand, 48), Seconds(60));
            TestContext.Out.WriteLine($"{baud} baud: {unit.Scheduler.Milliseconds} ms");
            Assert.That(unit.Scheduler.Milliseconds, Is.LessThanOrEqualTo(Seconds(wanted)));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
        }

        [TestCase(1)]
        [TestCase(2)]
        public static void What_is_served_is_what_the_metering_unit_shows(int seed)
        {
            using SimulatedUnit unit = SimulatedUnit.HighVoltage(seed, Noon, Fast);
            var hems = new Hems(unit, 2, Eoj.BidirectionalHighVoltageMeter);
            unit.Unit.Start();
            RunTo(unit, Minutes(3) + Seconds(10.5));
            SimulatedMeteringUnit meter = unit.Meter;

            byte[] active = hems.Get(Epc.ActiveEnergy);
            DateTime at = Bytes.Dt7(active);
            Assert.That(unit.Meter.ClockTime - at, Is.LessThan(TimeSpan.FromSeconds(2)));
            Assert.That(Pair(active, 7), Is.EqualTo((meter.NormalAt(at), meter.ReverseAt(at))));
            byte[] lag = hems.Get(Epc.LagEnergy);
            Assert.That(Bytes.Dt7(lag), Is.EqualTo(at));
            Assert.That(Pair(lag, 7), Is.EqualTo(Lag(meter, at)));
            Assert.That(Pair(hems.Get(Epc.LeadEnergy), 7), Is.EqualTo(
                (meter.ReactiveAt(Quadrant.LeadNormal, at), meter.ReactiveAt(Quadrant.LeadReverse, at))));
            Assert.That(Bytes.U32(hems.Get(Epc.BidirectionalPower)), Is.EqualTo((uint)meter.PowerAt(at)));
            Assert.That(Pair(hems.Get(Epc.MaximumDemand), 0), Is.EqualTo(
                (meter.MaximumDemandAt(false, at), meter.MaximumDemandAt(true, at))));
            Assert.That(Pair(hems.Get(Epc.CumulativeDemand), 0), Is.EqualTo(
                (meter.CumulativeDemandAt(false, at), meter.CumulativeDemandAt(true, at))));
            Assert.That(Bytes.U32(hems.Get(Epc.Coefficient)), Is.EqualTo(600));
            Assert.That(hems.Get(Epc.Multiplier), Is.EqualTo(new byte[] { 0 }));
            Assert.That(hems.Get(Epc.ActiveUnit), Is.EqualTo(new byte[] { 4 }), "0.0001 kWh");
            Assert.That(hems.Get(Epc.ReactiveUnit), Is.EqualTo(new byte[] { 4 }), "0.0001 kvarh");
            Assert.That(hems.Get(Epc.DemandUnit), Is.EqualTo(new byte[] { 4 }), "0.0001 kW");
            Assert.That(hems.Get(Epc.CumulativeDemandUnit), Is.EqualTo(new byte[] { 3 }), "0.001 kW");
            Assert.That(hems.Get(Epc.DemandDigits), Is.EqualTo(new byte[] { 6 }));
            Assert.That(hems.Get(Epc.ReactiveDigits), Is.EqualTo(new byte[] { 8 }));
            Assert.That(hems.Get(Epc.FixedDate), Is.EqualTo(new byte[] { 1 }));

            var half = new DateTime(2027, 2, 27, 12, 0, 0);
            foreach ((byte epc, uint normal, uint reverse) in new[]
            {
                (Epc.FixedTimeActive, meter.NormalAt(half), meter.ReverseAt(half)),
                (Epc.FixedTimeReactive, Lag(meter, half).Normal, Lag(meter, half).Reverse),
                (Epc.FixedTimeDemand, meter.DemandTo(false, half), meter.DemandTo(true, half)),
            })
            {
                byte[] edt = hems.Get(epc);
                Assert.That((Bytes.Dt7(edt), Pair(edt, 7)), Is.EqualTo((half, (normal, reverse))), $"{epc:X2}");
            }

            foreach ((byte epc, Func<DateTime, uint> wanted) in new (byte, Func<DateTime, uint>)[]
            {
                (Epc.NormalHistory, meter.NormalAt), (Epc.ReverseHistory, meter.ReverseAt),
                (Epc.NormalReactiveHistory, time => Lag(meter, time).Normal),
                (Epc.ReverseReactiveHistory, time => Lag(meter, time).Reverse),
                (Epc.NormalDemandHistory, time => meter.DemandTo(false, time)),
                (Epc.ReverseDemandHistory, time => meter.DemandTo(true, time)),
            })
            {
                Assert.That(hems.GetDay(1, epc), Is.EqualTo(Enumerable.Range(0, 48)
                    .Select(slot => wanted(Noon.Date.AddDays(-1).AddMinutes(30 * slot)))), $"{epc:X2}");
            }

            byte[] minute = hems.Get(Epc.OneMinuteReactive);
            Assert.That(Pair(minute, 7), Is.EqualTo(Lag(meter, Bytes.Dt7(minute))));
        }

        // Each day around the end of a month at whose end the demand begins anew, the billing day between two of them, and a
        // register that passes its end.
        [TestCase("2027-02-27T22:58:20", 1, 51, 1L)]
        [TestCase("2028-02-28T22:40:11", 1, 51, 2L)]
        [TestCase("2027-04-19T23:31:40", 20, 26, 3L)]
        [TestCase("2027-12-30T23:01:32", 31, 26, 4L)]
        public static void Energy_across_days_is_the_sum_of_its_minutes_to_the_last_digit(
            string start, int fixedDate, int hours, long seed)
        {
            var service = new HighVoltageService { FixedDate = fixedDate };
            UnitSettings settings = SimulatedUnit.HighVoltageSettings;
            settings.LivePeriod = 60_000;
            using SimulatedUnit unit = SimulatedUnit.OverLine((int)seed, DateTime.Parse(start), Fast, new MemoryFiles(),
                new MemoryFiles(), service, settings);
            unit.Server.Quirks.EnergyOffset = 99_999_000 - unit.Meter.NormalAt(unit.Meter.ClockTime);
            var hems = new Hems(unit, 2, Eoj.BidirectionalHighVoltageMeter);
            unit.Unit.Start();
            RunTo(unit, Minutes(2));
            (DateTime time, (uint, uint) first) = ReadMinute(hems);
            DateTime begin = time;
            (uint Normal, uint Reverse) before = first;
            long normal = 0;
            long reverse = 0;
            for (int i = 0; i < hours * 60; i++)
            {
                RunTo(unit, unit.Scheduler.Milliseconds + Minutes(1));
                (DateTime next, (uint Normal, uint Reverse) now) = ReadMinute(hems);
                Assert.That(next, Is.EqualTo(time.AddMinutes(1)));
                Assert.That(now.Normal < Range && now.Reverse < Range, $"{next}: {now}");
                normal += Step(before.Normal, now.Normal);
                reverse += Step(before.Reverse, now.Reverse);
                (time, before) = (next, now);
            }

            // The registers themselves, at the second of the last minute and before the next.
            byte[] edt = hems.Get(Epc.ActiveEnergy);
            DateTime at = Bytes.Dt7(edt);
            (uint Normal, uint Reverse) end = Pair(edt, 7);
            Assert.That(at, Is.InRange(time, time.AddMinutes(1)));
            Assert.That(normal + Flow(unit.Meter.NormalAt, time, at),
                Is.EqualTo(Step(first.Item1, end.Normal)), "normal");
            Assert.That(reverse + Flow(unit.Meter.ReverseAt, time, at),
                Is.EqualTo(Step(first.Item2, end.Reverse)), "reverse");
            Assert.That((normal, reverse), Is.EqualTo((Flow(unit.Meter.NormalAt, begin, time), Flow(unit.Meter.ReverseAt, begin, time))));
            Assert.That((normal, reverse), Is.Not.EqualTo((0L, 0L)));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            Assert.That(Pair(hems.Get(Epc.CumulativeDemand), 0), Is.EqualTo(
                (unit.Meter.CumulativeDemandAt(false, at), unit.Meter.CumulativeDemandAt(true, at))));
            Assert.That(Pair(hems.Get(Epc.MaximumDemand), 0), Is.EqualTo(
                (unit.Meter.MaximumDemandAt(false, at), unit.Meter.MaximumDemandAt(true, at))));
        }

        // From the very start, and after a day of reading; the line is noisy all the time.
        [TestCase(1)]
        [TestCase(2)]
        [TestCase(3)]
        public static void On_a_noisy_line_nothing_is_served_that_was_not_shown(int seed)
        {
            using SimulatedUnit unit = SimulatedUnit.HighVoltage(seed, Noon, Slow);
            unit.Line.ToFar.BitError = unit.Line.ToNear.BitError = 1.0 / 20000;
            var hems = new Hems(unit, 2, Eoj.BidirectionalHighVoltageMeter);
            unit.Unit.Start();
            RunTo(unit, Minutes(30));
            (uint Normal, uint Reverse)[] rows = [];
            for (int i = 0; i < 30; i++)
            {
                RunTo(unit, unit.Scheduler.Milliseconds + Minutes(1));
                DateTime latest = unit.Meter.ClockTime.AddMinutes(-1);
                latest = latest.AddTicks(-(latest.Ticks % TimeSpan.TicksPerMinute));
                hems.Set(Epc.MinutesTime, [.. Bytes.Dt6(latest), 10]);
                byte[] edt = hems.Get(Epc.ReactiveMinutes);
                rows = Enumerable.Range(0, 10).Select(row => Pair(edt, 7 + (8 * row))).ToArray();
                for (int row = 0; row < 10; row++)
                {
                    Assert.That(rows[row], Is.EqualTo(Lag(unit.Meter, latest.AddMinutes(-row)))
                        .Or.EqualTo((Bytes.NoData, Bytes.NoData)));
                }
            }

            Assert.That(rows, Has.None.EqualTo((Bytes.NoData, Bytes.NoData)), "and nothing stays missing");
        }

        // In the one list of a minute all is of one time; read one by one, it may begin anew between two answers.
        [Test]
        public static void A_demand_that_begins_anew_in_the_middle_of_a_poll_is_no_data_until_the_next([Range(0, 24)] int requests)
        {
            using SimulatedUnit unit = SimulatedUnit.HighVoltage(1, new DateTime(2027, 2, 28, 23, 50, 20), Fast,
                new HighVoltageService { FixedDate = 15 });
            unit.Server.Quirks.Without = Simulators.Dlms.Conformance.MultipleReferences;
            var hems = new Hems(unit, 2, Eoj.BidirectionalHighVoltageMeter);
            unit.Unit.Start();
            RunTo(unit, Minutes(8) + Seconds(41.9));
            int readings = unit.Unit.Metering.Readings;
            long before = unit.Server.Requests;
            unit.Scheduler.Run(() => unit.Unit.Metering.Readings == readings || unit.Server.Requests > before, Minutes(20));
            unit.Scheduler.Run(() => unit.Server.Requests >= before + requests, Minutes(20));

            // The utility moves the date to the first: the month's demand begins anew at once, 28 February being over.
            DateTime old = unit.Meter.HighVoltage.MonthOf(unit.Meter.ClockTime);
            unit.Meter.HighVoltage.FixedDate = 28;
            Assert.That(unit.Meter.HighVoltage.MonthOf(unit.Meter.ClockTime), Is.Not.EqualTo(old));
            unit.Scheduler.Run(() => unit.Unit.Metering.Readings > readings, Minutes(20));

            DateTime now = unit.Meter.ClockTime;
            (uint Normal, uint Reverse) maximum = Pair(hems.Get(Epc.MaximumDemand), 0);
            (uint Normal, uint Reverse) cumulative = Pair(hems.Get(Epc.CumulativeDemand), 0);
            uint later = unit.Meter.MaximumDemandAt(false, now);
            uint laterSum = unit.Meter.CumulativeDemandAt(false, now);
            Assert.That(maximum.Normal == Bytes.NoData || (maximum.Normal == later) == (cumulative.Normal == laterSum),
                $"{maximum.Normal} of {later}, {cumulative.Normal} of {laterSum}");
            RunTo(unit, unit.Scheduler.Milliseconds + Minutes(1));
            Assert.That(Pair(hems.Get(Epc.MaximumDemand), 0).Normal, Is.EqualTo(unit.Meter.MaximumDemandAt(false, unit.Meter.ClockTime)));
        }

        [TestCase(true, 600u, 1)]
        [TestCase(false, 600u, 10)]
        [TestCase(true, 6000u, 10)]
        [TestCase(false, 800u, 1)]
        public static void Another_coefficient_is_never_mixed_with_what_was_recorded_before(bool isRunning, uint coefficient, int divisor)
        {
            var files = new MemoryFiles();
            var meterFiles = new MemoryFiles();
            var service = new HighVoltageService { Coefficient = isRunning ? 700u : 600u, CoefficientDivisor = isRunning ? (ushort)1 : (ushort)100 };
            DateTime changed = Noon.AddMinutes(10);
            SimulatedUnit unit = SimulatedUnit.OverLine(1, Noon, Fast, files, meterFiles, service);
            var hems = new Hems(unit, 2, Eoj.BidirectionalHighVoltageMeter);
            unit.Unit.Start();
            RunTo(unit, Minutes(10));
            Assert.That(hems.GetDay(1, Epc.NormalHistory), Has.None.EqualTo(Bytes.NoData));
            if (!isRunning)
            {
                unit.Dispose();
                unit = SimulatedUnit.OverLine(2, changed, Fast, files, meterFiles, service);
                hems = new Hems(unit, 2, Eoj.BidirectionalHighVoltageMeter);
            }

            service.Coefficient = coefficient;
            service.CoefficientDivisor = (ushort)divisor;
            if (!isRunning)
            {
                unit.Unit.Start();
            }

            long change = unit.Scheduler.Milliseconds;
            RunTo(unit, change + Seconds(2));
            Assert.That(Bytes.U32(hems.Get(Epc.Coefficient)), Is.EqualTo(coefficient), "seen with the next live reading");
            Assert.That(hems.Get(Epc.Multiplier), Is.EqualTo(new byte[] { (byte)Math.Log10(divisor) }));
            RunTo(unit, change + Minutes(3));
            Assert.That(hems.GetDay(1, Epc.NormalHistory), Is.All.EqualTo(Bytes.NoData));
            Assert.That(hems.GetDay(0, Epc.NormalHistory), Is.All.EqualTo(Bytes.NoData));
            Assert.That(Bytes.U32(hems.Get(Epc.FixedTimeActive), 7), Is.EqualTo(Bytes.NoData));
            (DateTime time, (uint Normal, uint Reverse) now) = ReadMinute(hems);
            Assert.That(now, Is.EqualTo((unit.Meter.NormalAt(time), unit.Meter.ReverseAt(time))), "what is recorded after it is served");
            hems.Set(Epc.MinutesTime, [.. Bytes.Dt6(time), 10]);
            byte[] edt = hems.Get(Epc.ActiveMinutes);
            for (int row = 0; row < 10; row++)
            {
                Assert.That(Pair(edt, 7 + (8 * row)).Normal == Bytes.NoData, Is.EqualTo(time.AddMinutes(-row) < changed), $"row {row}");
            }

            RunTo(unit, change + Minutes(40));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading), "nothing of it is the metering unit's fault");
            Assert.That(Bytes.U32(hems.Get(Epc.FixedTimeActive), 7), Is.Not.EqualTo(Bytes.NoData));
            unit.Dispose();
        }

        [Test]
        public static void A_metering_unit_without_reactive_registers_is_served_without_them()
        {
            using SimulatedUnit unit = SimulatedUnit.HighVoltage(1, Noon, Fast);
            unit.Server.Quirks.Miss("1.0.5.8.0.255", "1.0.6.8.0.255", "1.0.7.8.0.255", "1.0.8.8.0.255");
            var hems = new Hems(unit, 2, Eoj.BidirectionalHighVoltageMeter);
            unit.Unit.Start();
            RunTo(unit, Minutes(3));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading), "it need not have any");
            byte[] demand = hems.Get(Epc.FixedTimeDemand);
            Assert.That(Pair(demand, 7).Normal, Is.EqualTo(unit.Meter.DemandTo(false, Bytes.Dt7(demand))));
            byte[] active = hems.Get(Epc.FixedTimeActive);
            Assert.That(Pair(active, 7).Normal, Is.EqualTo(unit.Meter.NormalAt(Bytes.Dt7(active))));
            Assert.That(hems.GetDay(1, Epc.NormalHistory), Has.None.EqualTo(Bytes.NoData));
            Message lag = hems.Ask(Esv.Get, (Epc.LagEnergy, []));
            Assert.That(lag.Esv == Esv.GetSna || Bytes.U32(lag.Properties[Epc.LagEnergy], 7) == Bytes.NoData);
        }

        [Test]
        public static void A_metering_unit_without_a_coefficient_is_not_read()
        {
            using SimulatedUnit unit = SimulatedUnit.HighVoltage(1, Noon, Fast);
            unit.Server.Quirks.Miss("1.0.0.4.4.255");
            unit.Unit.Start();
            RunTo(unit, Minutes(2));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Refused));
            Assert.That(unit.Board.LogLines, Has.Some.Contains("1-0:0.4.4 attribute 2: refused (4): no data"));
        }

        // R9, R10: whatever shares the link gets them as they were sent, in either class, and no poll is late for it.
        [TestCase(false, Slow, 0.0)]
        [TestCase(true, Slow, 0.0)]
        [TestCase(false, Fast, 1.0 / 80000)]
        [TestCase(true, Fast, 1.0 / 80000)]
        public static void Five_and_fifteen_minute_values_are_read_beside_the_polls(bool isHigh, int baud, double bitError)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Noon, baud, new MemoryFiles(), new MemoryFiles(),
                isHigh ? new HighVoltageService() : null);
            unit.Line.ToFar.BitError = unit.Line.ToNear.BitError = bitError;
            unit.Unit.Start();
            var five = new Rows(unit, MeterInterval.FiveMinutes);
            var quarters = new Rows(unit, MeterInterval.QuarterHour);
            long from = Noon.AddDays(-6).ToMeterTime();
            long to = Noon.AddDays(-6).AddHours(12).ToMeterTime();
            ProfileRequest first = ProfileRequest.FiveMinutes(from, to, five);
            ProfileRequest second = ProfileRequest.QuarterHours(from, to, quarters);
            unit.Unit.Metering.Read(first);
            unit.Scheduler.Run(() => first.IsDone, Minutes(60));
            unit.Unit.Metering.Read(second);
            int live = unit.Unit.Metering.LiveReadings;
            long begin = unit.Scheduler.Milliseconds;
            unit.Scheduler.Run(() => second.IsDone, Minutes(60));

            Assert.That((first.Result, second.Result), Is.EqualTo((MeteringResult.Ok, MeteringResult.Ok)));
            Assert.That(five.Labels.Distinct().Count(), Is.EqualTo(144));
            Assert.That(quarters.Labels.Distinct().Count(), Is.EqualTo(48));
            Assert.That(five.Labels.Min(), Is.EqualTo(new DateTime(2027, 2, 21, 12, 15, 0)));
            Assert.That(five.Labels.Max(), Is.EqualTo(new DateTime(2027, 2, 22, 0, 10, 0)));
            Assert.That(five.Wrong, Is.Empty);
            Assert.That(quarters.Wrong, Is.Empty);
            if (bitError == 0)
            {
                long seconds = (unit.Scheduler.Milliseconds - begin) / 1000;
                Assert.That(unit.Unit.Metering.LiveReadings - live, Is.GreaterThanOrEqualTo(seconds - 1));
            }
        }

        [Test]
        public static void A_profile_that_is_refused_ends_the_request_and_nothing_else()
        {
            using SimulatedUnit unit = SimulatedUnit.HighVoltage(1, Noon, Fast);
            unit.Server.Quirks.Miss("1.0.99.3.0.255");
            unit.Unit.Start();
            ProfileRequest request = ProfileRequest.FiveMinutes(0, Noon.ToMeterTime(), new Rows(unit, MeterInterval.FiveMinutes));
            unit.Unit.Metering.Read(request);
            RunTo(unit, Minutes(2));
            Assert.That((request.IsDone, request.Result), Is.EqualTo((true, MeteringResult.Refused)));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
        }

        private static bool Holds(IntervalBuffer buffer, int count)
        {
            int period = count == 60 ? MeterTime.Minute : MeterTime.HalfHour;
            return buffer.Newest != MeterTime.Unknown
                && Enumerable.Range(0, count).All(i => buffer.Get(buffer.Newest - (period * i), out _, out _));
        }

        private static (uint Normal, uint Reverse) Lag(SimulatedMeteringUnit meter, DateTime at)
        {
            return (meter.ReactiveAt(Quadrant.LagNormal, at), meter.ReactiveAt(Quadrant.LagReverse, at));
        }

        private static (uint Normal, uint Reverse) Pair(byte[] edt, int offset)
        {
            return (Bytes.U32(edt, offset), Bytes.U32(edt, offset + 4));
        }

        private static (DateTime Time, (uint Normal, uint Reverse)) ReadMinute(Hems hems)
        {
            byte[] edt = hems.Get(Epc.OneMinuteEnergy);
            return (Bytes.Dt7(edt), Pair(edt, 7));
        }

        private static long Flow(Func<DateTime, uint> register, DateTime from, DateTime to)
        {
            return Step(register(from), register(to));
        }

        private static long Step(long from, long to)
        {
            return (to - from + Range) % Range;
        }

        /// <summary>Takes rows as they came, and compares them with what was simulated.</summary>
        private sealed class Rows(SimulatedUnit unit, MeterInterval interval) : IRowSink
        {
            public List<DateTime> Labels { get; } = [];

            public List<string> Wrong { get; } = [];

            public void Put(byte[] buffer, int offset, int length)
            {
                var reader = new AxdrReader(buffer.AsSpan(offset, length));
                bool isHigh = unit.Meter.HighVoltage != null;
                reader.Structure(isHigh ? 5 : interval == MeterInterval.FiveMinutes ? 6 : 3);
                Simulators.Dlms.CosemTime.TryParse(reader.OctetString(), out DateTime label);
                uint[] values = [reader.DoubleLongUnsigned(), reader.DoubleLongUnsigned()];
                Labels.Add(label);
                IntervalRow row = unit.Meter.RowsBetween(interval, label, label).Single();
                uint[] wanted = [unit.Meter.NormalAt(row.Recorded), unit.Meter.ReverseAt(row.Recorded)];
                if (!values.SequenceEqual(wanted) || !reader.IsGood)
                {
                    Wrong.Add($"{label}: {values[0]} {values[1]}");
                }
            }
        }
    }
}
