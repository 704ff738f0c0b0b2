using System.Collections.Generic;
using System.Linq;
using NanoComm.Hil;
using NanoComm.Reporting;
using NUnit.Framework;

namespace NanoComm.Tests.Hil
{
    /// <summary>The scenarios in virtual time, and their twins with a planted fault.</summary>
    [Parallelizable(ParallelScope.All)]
    internal static class VirtualTimeTests
    {
        public static IEnumerable<string> Scenarios => ScenarioList.All.Select(scenario => scenario.Name);

        public static IEnumerable<string> Faults => PlantedFault.All.Select(fault => fault.Name);

        [TestCaseSource(nameof(Scenarios))]
        public static void Passes(string name)
        {
            ReportCase results = VirtualTime.Run(name);
            TestContext.Out.WriteLine(VirtualTime.Describe(results));
            Assert.That(results.Verdict, Is.EqualTo(ReportVerdict.Passed), results.Message);
        }

        [TestCaseSource(nameof(Faults))]
        public static void A_planted_fault_is_found(string name)
        {
            PlantedFault fault = PlantedFault.Of(name);
            ReportCase results = VirtualTime.Run(fault.Scenario, fault.Plant);
            TestContext.Out.WriteLine(VirtualTime.Describe(results));
            Assert.That(results.Verdict, Is.EqualTo(ReportVerdict.Failed));
        }

        [Test]
        public static void Each_scenario_has_a_twin_with_a_planted_fault()
        {
            Assert.That(PlantedFault.All.Select(fault => fault.Scenario).Distinct(), Is.EquivalentTo(Scenarios));
        }

        [TestCase("exchange")]
        [TestCase("line")]
        public static void Passes_in_the_long_run(string name)
        {
            ReportCase results = VirtualTime.Run(name, isLong: true);
            TestContext.Out.WriteLine(VirtualTime.Describe(results));
            Assert.That(results.Verdict, Is.EqualTo(ReportVerdict.Passed), results.Message);
        }
    }
}
