using System;
using System.Linq;
using NanoComm.Reporting;

namespace NanoComm.Hil
{
    /// <summary>Runs a scenario on a bench, and judges it.</summary>
    public static class ScenarioRun
    {
        /// <summary>Why a scenario cannot be run with a board.</summary>
        /// <returns>Null when it can.</returns>
        public static string WhatLacks(Scenario scenario, IBoardUnderTest board)
        {
            return scenario.Needs.Prepend(BoardAbility.MeteringLine).Select(board.Lacks)
                .FirstOrDefault(lack => lack != null);
        }

        /// <summary>A case that is not run yet.</summary>
        public static ReportCase NewCase(Scenario scenario) => new(scenario.Name, scenario.Title, scenario.Source);

        /// <summary>Runs a scenario.</summary>
        /// <param name="scenario">The scenario.</param>
        /// <param name="bench">The bench.</param>
        /// <param name="results">Gets verdict and figures, also where the bench is lost meanwhile.</param>
        /// <exception cref="BenchLostException">The board is out of reach; the case says so too.</exception>
        public static void Run(Scenario scenario, Bench bench, ReportCase results)
        {
            if (WhatLacks(scenario, bench.Board) is string lack)
            {
                results.Message = lack;
                return;
            }

            long from = bench.Now;
            bench.Results = results;
            results.Verdict = ReportVerdict.Failed;
            results.Message = "the run ended before it was done";
            try
            {
                scenario.Run(bench);
                ReportFigure beyond = results.Figures.FirstOrDefault(figure => !figure.IsWithin);
                results.Verdict = beyond == null ? ReportVerdict.Passed : ReportVerdict.Failed;
                results.Message = beyond == null ? string.Empty
                    : FormattableString.Invariant($"{beyond.Name}: {beyond.Value:G6} {beyond.Unit} where the limit is {beyond.Limit:G6}");
            }
            catch (ScenarioFailedException failure)
            {
                results.Message = failure.Message;
            }
            catch (BenchLostException lost)
            {
                results.Message = lost.Message;
                throw;
            }
            finally
            {
                results.Duration = TimeSpan.FromMilliseconds(bench.Now - from);
            }
        }
    }
}
