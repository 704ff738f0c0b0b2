using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.MeterConformance;
using NanoComm.Reporting;
using NanoComm.Rig;
using NUnit.Framework;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Each rule is broken by a meter, and found by the row that is for it, by name.</summary>
    internal static class MutantTests
    {
        private static readonly DateTime BeforeMidnight = new(2027, 2, 27, 23, 50, 20);

        private static IEnumerable<Mutant> Quick => Mutants.All.Where(mutant => !mutant.IsWatched);

        private static IEnumerable<Mutant> Watched => Mutants.All.Where(mutant => mutant.IsWatched);

        [Test]
        public static void No_row_is_without_a_mutant()
        {
            HashSet<string> found = Mutants.All.Select(mutant => mutant.Row).ToHashSet();
            Assert.That(RowBook.All.Select(row => row.Id).Where(id => !found.Contains(id)), Is.Empty);
            Assert.That(found.Except(RowBook.All.Select(row => row.Id)), Is.Empty, "mutants of rows that there are not");
            Assert.That(RowBook.All.Select(row => row.Id), Is.Unique);
        }

        [TestCaseSource(nameof(Groups))]
        public static void A_broken_rule_is_found(string group)
        {
            Assert.Multiple(() =>
            {
                foreach (IGrouping<bool, Mutant> mutants in Quick.Where(mutant => GroupOf(mutant) == group).GroupBy(mutant => mutant.IsHighVoltage))
                {
                    using SimulatedUnit unit = Site.Make(mutants.Key);
                    Site.Start(unit);
                    foreach (Mutant mutant in mutants)
                    {
                        AssertFound(mutant, Site.Run(new MutantPath(unit, mutant), 0, [mutant.Row, .. mutant.Also]));
                    }
                }
            });
        }

        [TestCaseSource(nameof(Watched))]
        public static void A_rule_that_is_broken_now_and_then_is_found(object watched)
        {
            var mutant = (Mutant)watched;
            using SimulatedUnit unit = Site.Make(mutant.IsHighVoltage, BeforeMidnight);
            var path = new MutantPath(unit, mutant, isLinkUp: true);
            Site.Start(unit);
            AssertFound(mutant, Site.Run(path, mutant.Minutes, mutant.Row));
        }

        private static IEnumerable<string> Groups()
        {
            return RowGroup.All.Where(group => Quick.Any(mutant => GroupOf(mutant) == group));
        }

        private static string GroupOf(Mutant mutant)
        {
            return RowBook.All.Single(row => row.Id == mutant.Row).Group;
        }

        private static void AssertFound(Mutant mutant, Report report)
        {
            ConformanceRow row = RowBook.All.Single(one => one.Id == mutant.Row);
            ReportCase found = report.Cases.Single(one => one.Id == mutant.Row);
            Assert.That(found.Verdict, Is.EqualTo(row.IsCertain ? ReportVerdict.Failed : ReportVerdict.Warned), $"{mutant}: {found.Message}");
            Assert.That(found.Message, Is.Not.Empty);
        }
    }
}
