using System;
using System.Linq;
using NanoComm.MeterConformance;
using NanoComm.Reporting;
using NanoComm.Rig;
using NUnit.Framework;

namespace NanoComm.Tests.Conformance
{
    /// <summary>A unit of ours, as it is.</summary>
    [Parallelizable]
    internal static class GoodMeterTests
    {
        private static readonly string[] Reasons =
        [
            "not in the Get map", "the node lists no object of class", "has no data", "is not in the Get map",
        ];

        private static readonly Mutant None = new("", "as it is");

        [TestCase(false)]
        [TestCase(true)]
        public static void It_passes_every_row(bool isHighVoltage)
        {
            using SimulatedUnit unit = Site.Make(isHighVoltage, new DateTime(2027, 2, 27, 23, 33, 20));
            var path = new MutantPath(unit, None, isLinkUp: true);
            Site.Start(unit);
            Report report = Site.Run(path, 75);
            TestContext.Out.WriteLine($"{report}, {unit.Scheduler.Milliseconds / 60_000} virtual minutes");

            Assert.That(Site.Tell(report, ReportVerdict.Failed, ReportVerdict.Warned), Is.Empty);
            Assert.That(report.Cases.Where(one => one.Verdict == ReportVerdict.Skipped && !Array.Exists(Reasons, reason => one.Message.Contains(reason)))
                .Select(one => $"{one.Id}: {one.Message}"), Is.Empty);
            Assert.That(report.Facts.Single(fact => fact.Name == "Left as it was").Value, Is.EqualTo("yes"));
            Assert.That(report.Count(ReportVerdict.Passed), Is.GreaterThan(isHighVoltage ? 190 : 150));
        }

        [Test]
        public static void A_run_that_is_ended_puts_back_what_it_set_and_skips_the_rest()
        {
            using SimulatedUnit unit = Site.Make(false);
            Site.Start(unit);
            int rows = 0;
            string[] only = ["SEL-0288-E5-SET", "SEL-0288-EF-SET", "WATCH-ANSWERED"];
            var run = new ConformanceRun(new MutantPath(unit, None), new ConformanceOptions { Only = only, Minutes = 60 });
            run.Done += (_, _) => rows++;
            Report report = run.Run(DateTimeOffset.UnixEpoch, () => rows > 0);

            Assert.That(report.Cases.Select(one => (one.Verdict, one.Message)), Is.EqualTo(new[]
            {
                (ReportVerdict.Passed, ""), (ReportVerdict.Skipped, "the run was ended before"), (ReportVerdict.Skipped, "the run was ended before"),
            }));
            Assert.That(report.Facts.Single(fact => fact.Name == "Left as it was").Value, Is.EqualTo("yes"));
        }

        [Test]
        public static void A_watch_that_is_ended_judges_what_it_has_seen()
        {
            using SimulatedUnit unit = Site.Make(false);
            Site.Start(unit);
            long end = unit.Scheduler.Milliseconds + (5 * 60_000);
            Report report = new ConformanceRun(new MutantPath(unit, None), new ConformanceOptions { Only = ["WATCH-0288-MINUTES"], Minutes = 600 })
                .Run(DateTimeOffset.UnixEpoch, () => unit.Scheduler.Milliseconds > end);

            Assert.That(report.Cases.Single().Verdict, Is.EqualTo(ReportVerdict.Passed), report.Cases[0].Message);
            Assert.That(unit.Scheduler.Milliseconds, Is.LessThan(end + 60_000));
        }

        [Test]
        public static void What_a_meter_does_not_take_back_is_told()
        {
            using SimulatedUnit unit = Site.Make(false);
            Site.Start(unit);
            Mutant stubborn = MapMutants.Answering("", "takes no day back", 0x028801, frame => frame is { Esv: Frame.SetC }
                && frame.Properties[0] is (0xE5, [0xFF]) ? frame.Answer(Frame.SetCSna) : null);

            Report report = Site.Run(new MutantPath(unit, stubborn), 0, "SEL-0288-E5-SET");
            Assert.That(report.Facts.Single(fact => fact.Name == "Left as it was").Value, Is.EqualTo("028801 E5 was FF and is 00"));
        }

        [Test]
        public static void A_meter_that_does_not_answer_at_all_is_no_report()
        {
            using SimulatedUnit unit = Site.Make(false);
            Assert.That(() => Site.Run(new MutantPath(unit, None), 0, "node"), Throws.TypeOf<MeterSilentException>()
                .With.Message.EqualTo("no answer to Get 0EF001 D6 in 20 s, asked 2 times"));
        }
    }
}
