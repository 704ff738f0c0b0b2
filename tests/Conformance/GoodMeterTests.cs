using System;
using System.Linq;
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
    }
}
