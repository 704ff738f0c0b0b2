using System;
using NanoComm.CommandLine;
using NanoComm.MeterConformance;
using NanoComm.Reporting;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>Shows how far a run is: a bar on a terminal, elsewhere a line for each row.</summary>
    internal static class ConformProgress
    {
        /// <summary>Runs it.</summary>
        /// <exception cref="MeterSilentException">Nothing answers at all.</exception>
        public static Report Run(ConformanceRun run, Func<bool> end)
        {
            if (!LiveScreen.IsPossible)
            {
                run.Done += (row, one) => Console.WriteLine($"{one.Verdict.ToString().ToLowerInvariant(),-8}{row.Id}"
                    + (one.Message.Length > 0 ? $"  {one.Message}" : ""));
                return run.Run(DateTimeOffset.Now, end);
            }

            return AnsiConsole.Progress().AutoClear(true).Start(context =>
            {
                ProgressTask task = context.AddTask("looking which meters there are", maxValue: run.Rows.Count);
                run.Begun += (number, row) =>
                {
                    task.MaxValue = run.Rows.Count;
                    task.Value = number - 1;
                    task.Description = Markup.Escape(row.Id);
                };
                run.Done += (row, one) =>
                {
                    if (one.Verdict is ReportVerdict.Failed or ReportVerdict.Warned)
                    {
                        AnsiConsole.MarkupLineInterpolated($"[{ConformTables.ColorOf(one.Verdict)}]{row.Id}[/] {row.Title}: {one.Message}");
                    }
                };
                return run.Run(DateTimeOffset.Now, end);
            });
        }
    }
}
