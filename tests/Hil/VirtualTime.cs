using System;
using System.Linq;
using NanoComm.Hal.Host;
using NanoComm.Hil;
using NanoComm.Reporting;

namespace NanoComm.Tests.Hil
{
    /// <summary>Runs a scenario in virtual time.</summary>
    internal static class VirtualTime
    {
        public static ReportCase Run(string name, Func<IBenchClock, IBoardUnderTest, IBoardUnderTest> plant = null,
            bool isLong = false, double hours = 1, int seed = 1)
        {
            Scenario scenario = ScenarioList.All.Single(one => one.Name == name);
            var scheduler = new VirtualScheduler(seed);
            var clock = new VirtualBenchClock(scheduler);
            var setup = new BenchSetup { Seed = seed, Speed = scenario.Speed, IsLong = isLong, Hours = hours };
            IBoardUnderTest good = new VirtualTimeBoard(scheduler, setup.Speed);
            using IBoardUnderTest board = plant == null ? good : plant(clock, good);
            ReportCase results = ScenarioRun.NewCase(scenario);
            ScenarioRun.Run(scenario, new Bench(clock, board, setup), results);
            return results;
        }

        public static string Describe(ReportCase results)
        {
            return $"{results.Id}: {results.Verdict} after {results.Duration.TotalSeconds} s {results.Message}\n"
                + string.Join('\n', results.Figures.Select(figure => $"  {figure.Name}: {figure.Value} {figure.Unit}"))
                + "\n" + string.Join('\n', results.Log.TakeLast(40));
        }
    }
}
