using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Text;
using NUnit.Framework;
using NanoComm.Dlms;
using NanoComm.Echonet;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Records;
using NanoComm.Rig;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The whole unit when the line to its metering unit, or the metering unit, goes wrong.</summary>
    [Parallelizable]
    internal static class LinkFaultTests
    {
        private const int SlowBaud = 9600;

        // Where the speed decides nothing: in larger chunks, the history of the start takes a quarter of the steps.
        private const int Baud = 115200;
        private const string Title = "NCMSIM01";

        // On the wire, HDLC and security included.
        private const int AnswerOfLiveValues = 73;

        private static readonly DateTime Start = new(2027, 2, 27, 12, 10, 20);

        private static readonly (string Name, Action<MeteringUnitFaults> Set, MeteringState Expected)[] Misbehaviours =
        [
            ("wrong tag", faults => faults.WrongTag = true, MeteringState.NotAuthentic),
            ("wrong proof", faults => faults.WrongProof = true, MeteringState.NotAuthentic),
            ("replayed counter", faults => faults.ReplaysCounter = true, MeteringState.NotAuthentic),
            ("skipped counters", faults => faults.SkipsCounters = 100, MeteringState.Reading),
            ("own challenge echoed", faults => faults.EchoesChallenge = true, MeteringState.NotAuthentic),
            ("own title echoed", faults => faults.EchoesTitle = true, MeteringState.WrongUnit),
            ("wrong invoke id", faults => faults.WrongInvokeId = true, MeteringState.Refused),
            ("wrong types", faults => faults.WrongTypes = true, MeteringState.Refused),
            ("short list", faults => faults.ShortList = true, MeteringState.Refused),
            ("exception with a counter", faults => faults.ExceptionCounter = 0xFFFFFFF0, MeteringState.Refused),
            ("blocks of 16 bytes", faults => faults.BlockLength = 16, MeteringState.Reading),
        ];

        [TestCase(24, 1e-4)]
        [TestCase(6, 3e-4)]
        public static void A_line_that_flips_bits_loses_no_minute_and_shows_no_wrong_value(int hours, double share)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, SlowBaud);
            unit.Line.ToFar.BitError = share;
            unit.Line.ToNear.BitError = share;
            RunWatched(unit, hours);
            HdlcStatistics link = unit.Unit.MeteringUnit.Client.Link.Statistics;
            Assert.That(link.Retransmissions, Is.GreaterThan(100), "the line was as bad as it should be");
        }

        [TestCase(50)]
        [TestCase(3000)]
        public static void A_line_that_loses_doubles_delays_and_cuts_costs_no_minute(int delay)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(2, Start, SlowBaud);
            foreach (LineFaults faults in new[] { unit.Line.ToFar, unit.Line.ToNear })
            {
                faults.Drop = 1e-3;
                faults.Double = 1e-3;
                faults.Cut = 1e-3;
                faults.Delay = 1e-3;
                faults.DelayMilliseconds = delay;
            }

            var noise = new byte[400];
            new Random(2).NextBytes(noise);
            unit.Line.FarEnd.Send(noise);
            RunTo(unit, 100);
            RunWatched(unit, 6);
        }

        [Test]
        public static void A_metering_unit_that_restarts_costs_no_minute([Values(0, 1, 2, 3)] int requests)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(3, Start, Baud);
            var witness = new Witness(unit);
            unit.Unit.Start();
            witness.RunTo(Minutes(5));
            unit.Server.Restart();
            witness.RunTo(Minutes(6));
            Assert.That(unit.Unit.Metering.Failures, Is.Zero, "a restart between two readings is not even a failure");

            // And again in place of an answer: to the AARQ, to the proof, to the question, to that of the next minute.
            unit.Server.Restart();
            unit.Server.Faults.RestartsAfter = requests;
            witness.RunTo(Minutes(9));
            Assert.That(unit.Server.Faults.RestartsAfter, Is.EqualTo(-1), "it did restart");
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            Assert.That(witness.Recovered, Is.Zero, "no minute was late");
            witness.AssertNothingWrong();
        }

        [Test]
        public static void A_metering_unit_that_was_silent_for_half_an_hour_is_asked_for_what_is_missing_and_no_more()
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(4, Start, Baud);
            var witness = new Witness(unit);
            var hems = new Hems(unit, 2);
            unit.Unit.Start();
            witness.RunTo(Minutes(10));

            unit.Server.Faults.NeverAnswers = true;
            witness.IsPatient = true;
            witness.RunTo(Minutes(40));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Lost));
            AssertStale(hems);

            unit.Server.Faults.NeverAnswers = false;
            witness.IsPatient = false;
            long requests = RequestsForMore(unit);
            long bytes = unit.Line.BytesToNear;
            int live = unit.Unit.Metering.LiveReadings;
            RunTo(unit, Minutes(40) + Seconds(38));
            live = unit.Unit.Metering.LiveReadings - live;
            bytes = unit.Line.BytesToNear - bytes;
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            requests = RequestsForMore(unit) - requests;
            bytes -= live * AnswerOfLiveValues;
            TestContext.Out.WriteLine($"{requests} requests, {bytes} bytes of answers");
            Assert.That(requests, Is.InRange(5, 6),
                "AARQ, proof, reading, the minutes, the half-hour; and the reading of a minute that began meanwhile");
            Assert.That(bytes, Is.InRange(29 * 26, (31 * 26) + 700), "half an hour of rows, not a whole one");
            witness.RunTo(Minutes(45));
            AssertMinutes(unit, hems, Minutes(45), 35);
            witness.AssertNothingWrong();
        }

        [TestCase("NCMSIM02", false, MeteringState.WrongUnit)]
        [TestCase("NCMSIM02", true, MeteringState.WrongUnit)]
        [TestCase(Title, false, MeteringState.NotAuthentic)]
        public static void Of_a_metering_unit_that_was_swapped_nothing_is_served(
            string title, bool hasSameKeys, MeteringState expected)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(5, Start, Baud);
            var witness = new Witness(unit);
            var hems = new Hems(unit, 2);
            unit.Unit.Start();
            witness.RunTo(Minutes(10));
            int readings = unit.Unit.Metering.Readings;

            MeteringUnitServer other = MakeOther(unit, title, hasSameKeys);
            unit.Server.Faults.NeverAnswers = true;
            other.Attach(unit.Line.FarEnd);
            witness.IsPatient = true;
            witness.RunTo(Minutes(25));
            Assert.That(other.Requests, Is.GreaterThan(0));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(expected));
            Assert.That(unit.Board.LogLines.Last(), Does.Contain(
                expected == MeteringState.WrongUnit ? "another metering unit" : "its keys were changed"));
            Assert.That(unit.Unit.Metering.Readings, Is.EqualTo(readings));
            AssertStale(hems);
            DateTime meanwhile = Start.AddMinutes(15).AddSeconds(-20);
            Assert.That(hems.GetMinutes(meanwhile, 1)[0], Is.EqualTo((Bytes.NoData, Bytes.NoData)));

            other.Faults.NeverAnswers = true;
            unit.Server.Faults.NeverAnswers = false;
            witness.RunTo(Minutes(27));
            witness.IsPatient = false;
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            witness.RunTo(Minutes(30));
            AssertMinutes(unit, hems, Minutes(30), 25);
            witness.AssertNothingWrong();
        }

        [Test]
        public static void An_unpaired_unit_is_silent_towards_the_metering_unit_and_a_node_without_a_meter()
        {
            using SimulatedUnit paired = SimulatedUnit.OverLine(6, Start, Baud);
            using SimulatedUnit unit = SimulatedUnit.OverLine(6, Start, Baud, new MemoryFiles(), paired.MeterFiles);
            var hems = new Hems(unit, 2);
            unit.Unit.Start();
            RunTo(unit, Minutes(60));

            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Unpaired));
            Assert.That(unit.Board.LogLines, Has.Exactly(1).Contains("it needs a ticket"));
            Assert.That(unit.Line.BytesToFar, Is.Zero);
            Assert.That(hems.Ask(Esv.Get, (Epc.NormalEnergy, [])), Is.Null);
            Assert.That(hems.AskNode(Epc.OperationStatus).Properties[Epc.OperationStatus], Is.EqualTo(new byte[] { 0x30 }));
            Assert.That(hems.Notifications(Epc.InstanceListNotification).Last().Properties[Epc.InstanceListNotification],
                Is.EqualTo(new byte[] { 0 }));
        }

        [Test]
        public static void A_metering_unit_that_misbehaves_is_told_by_name_and_never_believed(
            [Range(0, 10)] int misbehaviour)
        {
            (string name, Action<MeteringUnitFaults> set, MeteringState expected) = Misbehaviours[misbehaviour];
            TestContext.Out.WriteLine(name);
            using SimulatedUnit unit = SimulatedUnit.OverLine(7, Start, Baud);
            var witness = new Witness(unit);
            var hems = new Hems(unit, 2);
            unit.Unit.Start();
            witness.RunTo(Minutes(5));

            // First within the association that is open, then when it is opened.
            set(unit.Server.Faults);
            witness.RunTo(Minutes(8));
            unit.Server.Restart();
            witness.IsPatient = expected != MeteringState.Reading;
            witness.RunTo(Minutes(20));
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(expected));
            if (expected != MeteringState.Reading)
            {
                AssertStale(hems);
            }

            Heal(unit.Server.Faults);
            witness.RunTo(Minutes(22));
            witness.IsPatient = false;
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            AssertMinutes(unit, hems, Minutes(22), 22);
            witness.AssertNothingWrong();
        }

        [TestCase(-3600)]
        [TestCase(86400)]
        public static void A_metering_clock_that_steps_is_followed_over_the_line(int seconds)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(8, Start, Baud);
            var hems = new Hems(unit, 2);
            unit.Unit.Start();
            RunTo(unit, Minutes(15));
            unit.Meter.StepClock(TimeSpan.FromSeconds(seconds));
            RunTo(unit, Minutes(25));

            DateTime stepped = Start.AddMinutes(15).AddSeconds(seconds);
            Assert.That(unit.Unit.Metering.ClockJumps, Is.EqualTo(1));
            Assert.That(hems.Get(Epc.CurrentDate), Is.EqualTo(Bytes.Dt6(stepped)[..4]));
            var newest = new DateTime(stepped.Year, stepped.Month, stepped.Day, stepped.Hour, stepped.Minute + 10, 0);
            Assert.That(Bytes.Dt7(hems.Get(Epc.OneMinuteEnergy)), Is.EqualTo(newest));
            foreach (int minute in Enumerable.Range(0, 10))
            {
                DateTime label = newest.AddMinutes(-minute);
                DateTime recorded = label.AddSeconds(-seconds);
                Assert.That(hems.GetMinutes(label, 1)[0],
                    Is.EqualTo((unit.Meter.NormalAt(recorded), unit.Meter.ReverseAt(recorded))),
                    $"{label}: recorded after the step, also where the clock has shown that minute before");
            }

            Assert.That(hems.GetMinutes(newest.AddMinutes(1), 1)[0], Is.EqualTo((Bytes.NoData, Bytes.NoData)));
        }

        [Test]
        public static void Rows_that_the_metering_unit_has_not_read_no_data_and_are_asked_for_once()
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(9, Start, Baud);
            var hems = new Hems(unit, 2);
            var missing = new DateTime(2027, 2, 27, 12, 5, 0);
            unit.Meter.DropMinute(label => (label - missing).TotalSeconds % 600 == 0);
            unit.Unit.Start();
            RunTo(unit, Minutes(12));
            long requests = RequestsForMore(unit);
            RunTo(unit, Minutes(14));
            Assert.That(RequestsForMore(unit) - requests, Is.EqualTo(2), "a minute, a reading");

            foreach (int minute in Enumerable.Range(0, 18))
            {
                DateTime label = missing.AddMinutes(minute);
                Assert.That(hems.GetMinutes(label, 1)[0], Is.EqualTo(minute % 10 == 0
                    ? (Bytes.NoData, Bytes.NoData)
                    : (unit.Meter.NormalAt(label), unit.Meter.ReverseAt(label))), $"{label}");
            }
        }

        [Test]
        public static void Restarts_and_power_cuts_never_use_a_counter_twice()
        {
            var files = new PowerCutFiles();
            var meterFiles = new MemoryFiles();
            var counters = new CounterWatch();
            var random = new Random(10);
            DateTime start = Start;
            for (int restart = 0; restart < 24; restart++)
            {
                using SimulatedUnit unit = SimulatedUnit.OverLine(restart + 1, start, Baud, files, meterFiles);
                counters.Attach(unit);

                unit.Unit.Start();

                // Before, in and after each of the three operations that replace the record of the keys.
                bool isCut = restart % 4 == 3;
                if (isCut)
                {
                    files.Power.CutAt(restart / 4 % 3, (PowerCutMoment)(restart % 3));
                }

                long length = random.Next(100, 100_000);
                if (isCut)
                {
                    unit.Scheduler.Run(() => unit.Unit.Health.Failures > 0, Seconds(5));
                }
                else
                {
                    RunTo(unit, length);
                    Assert.That(unit.Unit.Health.Failures, Is.Zero);
                    Assert.That(unit.Unit.Metering.State,
                        length < Seconds(5) ? Is.Not.EqualTo(MeteringState.Unpaired) : Is.EqualTo(MeteringState.Reading),
                        "the pairing persists");
                }

                files.Power.Restore();
                start = start.AddMilliseconds(length);
            }

            TestContext.Out.WriteLine($"{counters.Count} counters in 24 lives");
            Assert.That(counters.Count, Is.GreaterThan(200));
            Assert.That(counters.UsedTwice, Is.Empty);
        }

        private static void RunWatched(SimulatedUnit unit, int hours)
        {
            var watch = Stopwatch.StartNew();
            var witness = new Witness(unit);
            var hems = new Hems(unit, 2);
            unit.Unit.Start();
            for (int hour = 1; hour <= hours; hour++)
            {
                witness.RunTo(Minutes(60 * hour));
                AssertMinutes(unit, hems, Minutes((60 * hour) - 10), 50);
            }

            HdlcStatistics link = unit.Unit.MeteringUnit.Client.Link.Statistics;
            MeteringLoop loop = unit.Unit.Metering;
            int warnings = unit.Board.LogLines.Count(line => line.Contains("Warning"));
            int lost = unit.Board.LogLines.Count(line => line.Contains("no answer"));
            TestContext.Out.WriteLine($"{hours} h in {watch.Elapsed.TotalSeconds:0.0} s: {loop.Readings} readings, "
                + $"{witness.Recovered} minutes late and recovered, {loop.Failures} failures, {lost} times lost, "
                + $"{warnings - lost} other warnings; {link.FramesSent} frames sent, {link.Retransmissions} of them again, "
                + $"{link.Timeouts} timeouts, {link.Duplicates} duplicates, {link.Unexpected} unexpected");
            Assert.That(unit.Unit.Health.Failures, Is.Zero);
            Assert.That(unit.Unit.Metering.ClockJumps, Is.Zero);
            Assert.That(hems.Notifications(Epc.NormalFixedTimeEnergy)
                .Select(message => Bytes.Dt7(message.Properties[Epc.NormalFixedTimeEnergy])).Distinct().Count(),
                Is.EqualTo(hours * 2), "every half-hour was notified");
            witness.AssertNothingWrong();
        }

        // What a controller reads of the minutes before a point in virtual time.
        private static void AssertMinutes(SimulatedUnit unit, Hems hems, long at, int count)
        {
            DateTime latest = Start.AddMilliseconds(at);
            latest = latest.AddSeconds(-latest.Second);
            for (int minute = 0; minute < count; minute++)
            {
                DateTime label = latest.AddMinutes(-minute);
                Assert.That(hems.GetMinutes(label, 1)[0],
                    Is.EqualTo((unit.Meter.NormalAt(label), unit.Meter.ReverseAt(label))), $"{label}");
            }
        }

        // All but those for live values.
        private static long RequestsForMore(SimulatedUnit unit)
        {
            return unit.Server.Requests - unit.Unit.Metering.LiveReadings;
        }

        private static void AssertStale(Hems hems)
        {
            Assert.That(Bytes.U32(hems.Get(Epc.NormalEnergy)), Is.EqualTo(Bytes.NoData));
            Assert.That(Bytes.U32(hems.Get(Epc.ReverseEnergy)), Is.EqualTo(Bytes.NoData));
            Assert.That(Bytes.U32(hems.Get(Epc.InstantaneousPower)), Is.EqualTo(0x7FFFFFFEu));
            Assert.That(hems.Get(Epc.InstantaneousCurrents), Is.EqualTo(new byte[] { 0x7F, 0xFE, 0x7F, 0xFE }));
            Assert.That(Bytes.U32(hems.Get(Epc.OneMinuteEnergy), 7), Is.EqualTo(Bytes.NoData));
            Assert.That(hems.Get(Epc.FaultStatus), Is.EqualTo(new byte[] { 0x41 }));
        }

        // Another metering unit: its clock is right, its registers are those of another month.
        private static MeteringUnitServer MakeOther(SimulatedUnit unit, string title, bool hasSameKeys)
        {
            const int days = 30;
            var store = new DurableStore(hasSameKeys ? new MemoryFiles(unit.MeterFiles) : new MemoryFiles());
            byte[] clientTitle = unit.Server.State.Pairing.ClientTitle.ToArray();
            PairingKeys keys = hasSameKeys ? null : PairingKeys.MakeUp(0, clientTitle, unit.Scheduler.Random);
            var energy = new SimulatedMeteringUnit(HouseholdData.Recorded, unit.Scheduler,
                Start.AddMilliseconds(unit.Scheduler.Milliseconds).AddDays(-days), 1);
            energy.StepClock(TimeSpan.FromDays(days));
            byte[] serverTitle = Encoding.ASCII.GetBytes(title);
            MeteringUnitState state = MeteringUnitState.Make(store, serverTitle, "SIM000000002", keys, null);
            Assert.That(state.Pairing, Is.Not.Null);
            return new MeteringUnitServer(energy, state, unit.Scheduler, unit.Scheduler.Random);
        }

        private static void Heal(MeteringUnitFaults faults)
        {
            var good = new MeteringUnitFaults();
            foreach (PropertyInfo fault in typeof(MeteringUnitFaults).GetProperties())
            {
                fault.SetValue(faults, fault.GetValue(good));
            }
        }
    }
}
