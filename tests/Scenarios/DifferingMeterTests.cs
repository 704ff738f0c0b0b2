using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Rig;
using NanoComm.Simulators.Dlms;
using NanoComm.Supervision;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// A metering unit that differs from the usual one, from the first millisecond: what can be served is served, with
    /// the values of the usual one, and the one thing that cannot be is named, once.
    /// </summary>
    [Parallelizable]
    internal static class DifferingMeterTests
    {
        private const string HalfHours = "1-0:99.1.0";
        private const string Minutes1 = "1-0:99.2.0";
        private const string Rows = " attribute 2: ";
        private const uint Modulus = 100_000_000;

        // In the half-hour 12:30 that falls due while it reads.
        private static readonly DateTime Start = new(2027, 2, 27, 12, 24, 20);

        private static readonly Case[] Cases =
        [
            new("the usual one", _ => { }),
            new("null time", q => q.NullTimes = true, $"{HalfHours}{Rows}rows without a time", $"{Minutes1}{Rows}rows without a time"),
            new("null time, oldest first", q => (q.NullTimes, q.OldestFirst) = (true, true), $"{HalfHours}{Rows}rows without a time"),
            new("null time at the beginning", q => q.TimeEvery = 7, $"{HalfHours}{Rows}rows without a time"),
            new("null time at the beginning, oldest first", q => (q.TimeEvery, q.OldestFirst) = (7, true),
                $"{HalfHours}{Rows}rows without a time"),
            new("no time at all", q => q.TimeEvery = int.MaxValue, $"{Minutes1}{Rows}rows without a time"),
            new("null value", q => q.NullValues = true, $"{HalfHours}{Rows}values that are left out"),
            new("null time and value", q => (q.NullTimes, q.NullValues) = (true, true), $"{HalfHours}{Rows}values that are left out"),
            new("oldest first", q => q.OldestFirst = true),
            new("one second off the grid", q => q.LabelOffset = 1, $"{HalfHours}{Rows}rows beside the grid", $"{Minutes1}{Rows}rows beside"),
            new("one second before the grid", q => q.LabelOffset = -1, $"{Minutes1}{Rows}rows beside the grid"),
            new("five seconds off the grid", q => q.LabelOffset = 5, $"{Minutes1}{Rows}rows beside the grid"),
            new("twenty seconds off the grid", q => q.LabelOffset = 20, $"{Minutes1}{Rows}a row came")
                { LacksMinutes = true, LacksHalfHours = true },
            new("range without its last row", q => q.RangeWithoutLast = true, $"{HalfHours}{Rows}a range leaves out"),
            new("range without its first row", q => q.RangeWithoutFirst = true, $"{HalfHours}{Rows}a range leaves out"),
            new("range without its ends", q => (q.RangeWithoutFirst, q.RangeWithoutLast) = (true, true),
                $"{HalfHours}{Rows}a range leaves out"),
            new("range without its last row, null time, off the grid",
                q => (q.RangeWithoutLast, q.NullTimes, q.LabelOffset) = (true, true, 2), $"{HalfHours}{Rows}a range leaves out"),
            new("long64-unsigned", q => q.EnergyType = DataTag.Long64Unsigned),
            new("long64", q => q.EnergyType = DataTag.Long64),
            new("double-long", q => q.EnergyType = DataTag.DoubleLong),
            new("date-time by tag", q => q.DateTimeTag = true),
            new("date-time by tag, null time", q => (q.DateTimeTag, q.NullTimes) = (true, true), $"{HalfHours}{Rows}rows without a time"),
            new("serial of 16 characters", q => q.Serial = "ABCD123456789012", "0-0:96.1.0 attribute 2: ") { Serial = "123456789012" },
            new("no serial", q => q.Miss("0.0.96.1.0.255"), "0-0:96.1.0 attribute 2: refused (4)") { Serial = "", HasGaps = true },
            new("no list", q => q.Without = Conformance.MultipleReferences, "no list in a GET"),
            new("status column", q => q.StatusColumn = true),
            new("status column, not declared", q =>
            {
                q.StatusColumn = true;
                q.Refused[(Obis.Parse("1.0.99.1.0.255"), 3)] = DataAccessResult.ReadWriteDenied;
                q.Refused[(Obis.Parse("1.0.99.2.0.255"), 3)] = DataAccessResult.ReadWriteDenied;
            }, $"{HalfHours}{Rows}columns are taken by their types"),
            new("reverse direction first", q => q.ReverseFirst = true),
            new("no load profile 2", q => q.Miss("1.0.99.2.0.255"), $"{Minutes1}{Rows}refused (4)") { LacksMinutes = true },
            new("no load profile 1", q => q.Miss("1.0.99.1.0.255"), $"{HalfHours}{Rows}refused (4)") { LacksHalfHours = true },
            new("no selective access", q => q.Without = Conformance.SelectiveAccess, "no selective access", $"{Minutes1}{Rows}refused (13)")
                { LacksMinutes = true, LacksHalfHours = true },
            new("no reverse direction", q => q.Miss("1.0.2.8.0.255", "1.0.2.7.0.255"), "1-0:2.8.0 attribute 3: refused (4)", "1-0:2.7.0")
                { Lacks = "reverse power", HasGaps = true },
            new("no power", q => q.Miss("1.0.1.7.0.255"), "1-0:1.7.0 attribute 3: refused (4)") { Lacks = "power" },
            new("no current R", q => q.Miss("1.0.31.7.0.255"), "1-0:31.7.0 attribute 3: refused (4)") { Lacks = "currentR" },
            new("no phase T", q => q.Miss("1.0.71.7.0.255")) { Lacks = "currentT", HasGaps = false },
            new("scaler -128 on the current", q => q.Answers[(Obis.Parse("1.0.31.7.0.255"), 3)] = [2, 2, 15, 0x80, 22, 33],
                "1-0:31.7.0 attribute 3: came 02020F801621") { Lacks = "currentR" },
            new("scaler 8 on the reverse energy", q => q.Answers[(Obis.Parse("1.0.2.8.0.255"), 3)] = [2, 2, 15, 8, 22, 30],
                "1-0:2.8.0 attribute 3: came 02020F08161E") { Lacks = "reverse" },
            new("other scaler of the reverse energy", q => q.Answers[(Obis.Parse("1.0.2.8.0.255"), 3)] = [2, 2, 15, 1, 22, 30],
                "1-0:2.8.0 attribute 3: came 02020F01161E") { Lacks = "reverse" },
            new("register of another type", q => q.Answers[(Obis.Parse("1.0.1.8.0.255"), 2)] = [10, 1, 0x31],
                "1-0:1.8.0 attribute 2: came 0A0131") { Lacks = "normal now", HasGaps = true },
            new("registers above 99,999,999", q => q.EnergyOffset = 3_900_000_000L, "1-0:1.8.0 attribute 2: more than eight digits",
                $"{HalfHours}{Rows}more than eight digits") { Offset = 3_900_000_000L },
            new("registers of 64 bits above 99,999,999",
                q => (q.EnergyType, q.EnergyOffset) = (DataTag.Long64Unsigned, 123_456_789_012_345L), "1-0:2.8.0 attribute 2: more than")
                { Offset = 123_456_789_012_345L },
        ];

        /// <summary>What docs/metering-link.md lists: each case but the usual one, and what the light does.</summary>
        public static IEnumerable<(string Name, string Light)> Shown =>
            Cases.Skip(1).Select(item => (item.Name, item.IsWithGaps ? "winks" : "steady"));

        private static IEnumerable<string> Names => Cases.Select(item => item.Name);

        [TestCaseSource(nameof(Names))]
        public static void It_is_read_or_named(string name)
        {
            Case item = Cases.Single(item => item.Name == name);
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, 115200);
            item.Set(unit.Server.Quirks);
            unit.Unit.Start();
            RunTo(unit, Minutes(9));
            foreach (string line in unit.Board.LogLines)
            {
                TestContext.Out.WriteLine(line);
            }

            AssertServed(unit, item);
            AssertTold(unit, item);

            // It goes on so, and is not told again.
            int lines = unit.Board.LogLines.Count;
            RunTo(unit, Minutes(24));
            AssertServed(unit, item);
            Assert.That(unit.Board.LogLines.Skip(lines), Is.Empty);
        }

        [Test]
        public static void A_half_hour_that_is_missing_is_a_warning_and_asked_for_again()
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, 115200);
            bool isMissing = true;
            var due = new DateTime(2027, 2, 27, 12, 30, 0);
            unit.Meter.DropHalfHour(label => isMissing && label == due);
            unit.Unit.Start();
            RunTo(unit, Minutes(5));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            RunTo(unit, Minutes(6));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.ReadingWithGaps));
            Assert.That(unit.Unit.Light.Pattern, Is.EqualTo(LightPattern.ReadingWithGaps));
            Assert.That(unit.Board.LogLines, Has.Exactly(1).Contains("Warning metering: 1-0:99.1.0"));
            long requests = unit.Server.Requests;
            int readings = Readings(unit);
            RunTo(unit, Minutes(36));
            Assert.That(unit.Server.Requests - requests - (Readings(unit) - readings), Is.InRange(10, 20),
                "asked again each five minutes, a row wider too");
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.ReadingWithGaps));
            Assert.That(unit.Board.LogLines, Has.Exactly(1).Contains("Warning metering: 1-0:99.1.0"));

            isMissing = false;
            RunTo(unit, Minutes(42));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            Assert.That(unit.Unit.Data.HalfHours.Get(due.ToMeterTime(), out uint normal, out _), Is.True);
            Assert.That(normal, Is.EqualTo(unit.Meter.NormalAt(due)));
        }

        [Test]
        public static void A_half_hour_that_never_comes_is_given_up_after_two_hours()
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, 115200);
            var due = new DateTime(2027, 2, 27, 12, 30, 0);
            unit.Meter.DropHalfHour(label => label == due);
            unit.Unit.Start();
            RunTo(unit, Minutes(127));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            Assert.That(unit.Unit.Data.HalfHours.Get(due.ToMeterTime(), out _, out _), Is.False);
            long requests = unit.Server.Requests;
            int readings = Readings(unit);
            RunTo(unit, Minutes(147));
            Assert.That(unit.Server.Requests - requests, Is.EqualTo(Readings(unit) - readings + (20 / 5)), "and the Order box every five minutes");
        }

        [Test]
        public static void An_object_that_comes_back_is_served_within_ten_minutes()
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, 115200);
            unit.Server.Quirks.Miss("1.0.31.7.0.255", "1.0.99.2.0.255");
            unit.Unit.Start();
            RunTo(unit, Minutes(3));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.ReadingWithGaps));
            unit.Server.Quirks.Refused.Clear();
            RunTo(unit, Minutes(14));
            AssertServed(unit, new Case("back", _ => { }));
        }

        private static int Readings(SimulatedUnit unit)
        {
            return unit.Unit.Metering.Readings + unit.Unit.Metering.LiveReadings;
        }

        private static void AssertServed(SimulatedUnit unit, Case item)
        {
            MeterData data = unit.Unit.Data;
            var snapshot = new MeterSnapshot(1);
            data.CopyTo(snapshot);
            MeterReading reading = snapshot.Reading;
            bool hasReverse = !item.Lacks.Contains("reverse");
            AssertRows(unit, data.Minutes, 60, 59, item.LacksMinutes, hasReverse, item.Offset);
            AssertRows(unit, data.HalfHours, 1800, 48, item.LacksHalfHours, hasReverse, item.Offset);
            Assert.That(unit.Meter.ClockTime - reading.Time.ToCivil(), Is.LessThan(TimeSpan.FromSeconds(62)));
            IEnumerable<(uint, uint)> lately = Enumerable.Range(0, 3).Select(second => unit.Meter.ClockTime.AddSeconds(-second))
                .Select(time => (
                    item.Lacks == "normal now" ? MeterReading.NoEnergy : Energy(unit.Meter.NormalAt(time), item.Offset),
                    hasReverse ? Energy(unit.Meter.ReverseAt(time), item.Offset) : MeterReading.NoEnergy));
            Assert.That(lately, Has.Some.EqualTo((reading.Normal, reading.Reverse)));
            Assert.That(reading.Power, item.Lacks.Contains("power") ? Is.EqualTo(MeterReading.NoPower)
                : Is.Not.EqualTo(MeterReading.NoPower));
            Assert.That(reading.CurrentR != MeterReading.NoCurrent, Is.EqualTo(item.Lacks != "currentR"));
            Assert.That(reading.CurrentT != MeterReading.NoCurrent, Is.EqualTo(item.Lacks != "currentT"));
            var serial = new byte[MeterParameters.SerialLength];
            snapshot.Parameters.CopySerial(serial, 0);
            Assert.That(System.Text.Encoding.ASCII.GetString(serial).TrimEnd('\0'),
                Is.EqualTo(item.Serial ?? unit.Server.State.SerialNumber));

            bool hasGaps = item.IsWithGaps;
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(hasGaps ? MeteringState.ReadingWithGaps : MeteringState.Reading));
            Assert.That(unit.Unit.Light.Pattern, Is.EqualTo(hasGaps ? LightPattern.ReadingWithGaps : LightPattern.Reading));
        }

        private static void AssertRows(
            SimulatedUnit unit, IntervalBuffer buffer, int interval, int count, bool isLacking, bool hasReverse, long offset)
        {
            long newest = MeterTime.Floor(unit.Meter.ClockTime.AddSeconds(-20).ToMeterTime(), interval);
            for (int i = 0; i < count; i++)
            {
                long label = newest - ((long)i * interval);
                bool isThere = buffer.Get(label, out uint normal, out uint reverse);
                Assert.That(isThere, Is.EqualTo(!isLacking), $"{label.ToCivil()} of {interval} s");
                if (isThere)
                {
                    DateTime at = label.ToCivil();
                    Assert.That(normal, Is.EqualTo(Energy(unit.Meter.NormalAt(at), offset)), $"{at}");
                    Assert.That(reverse, Is.EqualTo(hasReverse ? Energy(unit.Meter.ReverseAt(at), offset)
                        : MeterReading.NoEnergy), $"{at}");
                }
            }
        }

        private static uint Energy(uint register, long offset)
        {
            return (uint)((register + offset) % Modulus);
        }

        private static void AssertTold(SimulatedUnit unit, Case item)
        {
            List<string> lines = unit.Board.LogLines.Where(line => line.Contains(" metering: ")
                && !line.Contains("reading the metering unit")).ToList();
            foreach (string told in item.Told)
            {
                Assert.That(lines, Has.Exactly(1).Contains(told));
            }

            Assert.That(lines, Has.Count.InRange(item.Told.Length, item.Told.Length == 0 ? 0 : 8));
            Assert.That(unit.Unit.MeteringUnit.DifferenceCount, item.Told.Length == 0 ? Is.Zero : Is.GreaterThan(0), "counted");
        }

        private sealed record Case(string Name, Action<MeteringUnitQuirks> Set, params string[] Told)
        {
            public bool LacksMinutes { get; init; }

            public bool LacksHalfHours { get; init; }

            public string Lacks { get; init; } = "";

            public bool? HasGaps { get; init; }

            public string Serial { get; init; }

            public bool IsWithGaps => HasGaps ?? (Lacks.Length > 0 || LacksMinutes || LacksHalfHours);

            public long Offset { get; init; }
        }
    }
}
