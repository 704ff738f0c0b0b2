using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal.Host;
using NanoComm.Hil;
using NanoComm.Reporting;
using NUnit.Framework;

namespace NanoComm.Tests.Hil
{
    /// <summary>Every scenario of the short run in virtual time.</summary>
    [Parallelizable(ParallelScope.All)]
    internal static class VirtualTimeTests
    {
        public static IEnumerable<string> Names => ScenarioList.All.Where(scenario => scenario.IsShort).Select(scenario => scenario.Name);

        [TestCaseSource(nameof(Names))]
        public static void Passes(string name)
        {
            ReportCase results = Run(name);
            TestContext.Out.WriteLine(Describe(results));
            Assert.That(results.Verdict, Is.EqualTo(ReportVerdict.Passed), results.Message);
        }

        private static ReportCase Run(string name)
        {
            Scenario scenario = ScenarioList.All.Single(one => one.Name == name);
            var scheduler = new VirtualScheduler(1);
            var setup = new BenchSetup { Seed = 1, Speed = scenario.Speed };
            using var board = new VirtualTimeBoard(scheduler, setup.Speed);
            var bench = new Bench(new VirtualBenchClock(scheduler), board, setup);
            ReportCase results = ScenarioRun.NewCase(scenario);
            ScenarioRun.Run(scenario, bench, results);
            return results;
        }

        private static string Describe(ReportCase results)
        {
            return $"{results.Id}: {results.Verdict} {results.Message}\n"
                + string.Join('\n', results.Figures.Select(figure => $"  {figure.Name}: {figure.Value} {figure.Unit}"))
                + "\n" + string.Join('\n', results.Log);
        }
    }
}
