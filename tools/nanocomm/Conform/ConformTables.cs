using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.MeterConformance;
using NanoComm.Reporting;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>Rows and what they found, for people.</summary>
    internal static class ConformTables
    {
        private const int LeastWidth = 120;

        /// <summary>The rows that there are.</summary>
        public static void WriteRows(IReadOnlyList<ConformanceRow> rows)
        {
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidth);
            Table table = New().AddColumn("row").AddColumn("group").AddColumn("rule").AddColumn("from");
            foreach (ConformanceRow row in rows)
            {
                table.AddRow(new Text(row.Id), new Text(row.Group), new Text(row.Title),
                    new Text(row.IsCertain ? row.Source : $"{row.Source}; not read: only warns"));
            }

            AnsiConsole.Write(table);
            AnsiConsole.WriteLine($"{rows.Count} rows");
        }

        /// <summary>What they found.</summary>
        public static void WriteReport(Report report)
        {
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidth);
            report.Facts.ForEach(fact => AnsiConsole.WriteLine($"{fact.Name}: {fact.Value}"));
            WriteGroups(report);
            Write(report, "not as it is to be", one => one.Verdict is ReportVerdict.Failed or ReportVerdict.Warned);
            foreach (IGrouping<string, ReportCase> reason in report.Cases.Where(one => one.Verdict == ReportVerdict.Skipped)
                .GroupBy(one => one.Message))
            {
                string ids = string.Join(' ', reason.Take(4).Select(one => one.Id)) + (reason.Count() > 4 ? " ..." : "");
                AnsiConsole.WriteLine($"{reason.Count()} skipped, {reason.Key}: {ids}");
            }

            AnsiConsole.WriteLine($"{report}: {(report.ExitCode == 0 ? "passed" : report.ExitCode == 1 ? "FAILED" : "nothing was run")}");
        }

        /// <summary>The colour of a verdict.</summary>
        public static string ColorOf(ReportVerdict verdict)
        {
            return verdict switch
            {
                ReportVerdict.Failed => "red",
                ReportVerdict.Warned => "yellow",
                ReportVerdict.Passed => "green",
                _ => "grey",
            };
        }

        private static void WriteGroups(Report report)
        {
            Table table = New().AddColumn("group");
            ReportVerdict[] verdicts = [ReportVerdict.Passed, ReportVerdict.Failed, ReportVerdict.Warned, ReportVerdict.Skipped];
            foreach (ReportVerdict verdict in verdicts)
            {
                table.AddColumn(new TableColumn(verdict.ToString().ToLowerInvariant()).RightAligned());
            }

            Dictionary<string, string> groups = RowBook.All.ToDictionary(row => row.Id, row => row.Group);
            foreach (IGrouping<string, ReportCase> group in report.Cases.GroupBy(one => groups[one.Id]))
            {
                table.AddRow(verdicts.Select(verdict => group.Count(one => one.Verdict == verdict).ToString()).Prepend(group.Key).ToArray());
            }

            AnsiConsole.Write(table);
        }

        private static void Write(Report report, string title, Func<ReportCase, bool> isShown)
        {
            List<ReportCase> shown = report.Cases.Where(isShown).ToList();
            if (shown.Count == 0)
            {
                return;
            }

            Table table = New().Title(title).AddColumn("row").AddColumn("rule").AddColumn("found").AddColumn("from");
            foreach (ReportCase one in shown)
            {
                table.AddRow(new Markup($"[{ColorOf(one.Verdict)}]{Markup.Escape(one.Id)}[/]"), new Text(one.Title), new Text(one.Message),
                    new Text(one.Source));
            }

            AnsiConsole.Write(table);
        }

        private static Table New()
        {
            return new Table().Border(TableBorder.Rounded);
        }
    }
}
