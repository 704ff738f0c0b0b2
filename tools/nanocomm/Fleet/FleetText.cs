using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using NanoComm.CommandLine;
using NanoComm.Fleet;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>How a fleet is, for people and for programs.</summary>
    internal static class FleetText
    {
        private const double Mega = 1_000_000;
        private const int LinesShown = 6;

        /// <summary>What it is, in one line.</summary>
        public static string Head(UnitFleet fleet, string page)
        {
            FleetOptions options = fleet.Options;
            string last = options.Count == 1 ? "" : $" to {fleet.Units[^1].Address}";
            string group = fleet.GroupError is null ? "" : $"; {fleet.GroupError}";
            string web = page is null ? "" : $"; {page}";
            return $"{options.Count:N0} units at {fleet.Units[0].Address}{last}, {options.Households.Count} households{group}{web}; "
                + "Ctrl-C ends";
        }

        /// <summary>How it is, in one line.</summary>
        public static string Line(FleetReport report, double elapsed)
        {
            return Text($"{elapsed,6:0} s: {report.Started:N0} of {report.Units:N0} started, {report.Reading:N0} read, ")
                + Text($"{report.Failed:N0} failed; {report.Counters.Answers:N0} answers, {report.Counters.LiveReadings:N0} readings, ")
                + Text($"{report.Counters.ReadFailures:N0} not answered; {report.Processor:0.0} s CPU, {report.Memory / Mega:0} MB, ")
                + Text($"{report.Threads} threads");
        }

        /// <summary>How it is, as a JSON object.</summary>
        /// <param name="report">How it is.</param>
        /// <param name="elapsed">Seconds since the start.</param>
        /// <param name="complete">Seconds from the start until every unit was started; null before.</param>
        public static string Json(FleetReport report, double elapsed, double? complete)
        {
            return new JsonObject
            {
                ["elapsed"] = Math.Round(elapsed, 3),
                ["startedAfter"] = complete is double seconds ? Math.Round(seconds, 3) : null,
                ["units"] = report.Units,
                ["started"] = report.Started,
                ["reading"] = report.Reading,
                ["failed"] = report.Failed,
                ["starts"] = report.Starts,
                ["states"] = new JsonObject(report.States.Select(state => KeyValuePair.Create(state.Key, (JsonNode)state.Value))),
                ["readings"] = report.Counters.Readings,
                ["liveReadings"] = report.Counters.LiveReadings,
                ["readFailures"] = report.Counters.ReadFailures,
                ["answers"] = report.Counters.Answers,
                ["notifications"] = report.Counters.Notifications,
                ["lost"] = report.Counters.Lost,
                ["sendFailures"] = report.Counters.SendFailures,
                ["loopFailures"] = report.Counters.LoopFailures,
                ["groupRequests"] = report.GroupRequests,
                ["waiting"] = report.Waiting,
                ["longestStep"] = report.LongestStep,
                ["threads"] = report.Threads,
                ["memory"] = report.Memory,
                ["processor"] = Math.Round(report.Processor, 3),
            }.ToJsonString();
        }

        /// <summary>The most important, most important first.</summary>
        public static string[] Brief(FleetReport report)
        {
            return [Text($"{report.Reading:N0} of {report.Units:N0} read"), Text($"{report.Counters.Answers:N0} answers")];
        }

        /// <summary>The view on a terminal.</summary>
        public static ScreenPart[] Draw(FleetReport report, UnitFleet fleet, double elapsed, double? complete, string page,
            string[] lines)
        {
            Table table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("");
            void Row(string name, string value) => table.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
            string states = string.Join(", ", report.States.Select(state => Text($"{state.Value:N0} {state.Key}")));
            Row("units", Text($"{report.Started:N0} of {report.Units:N0} started")
                + (complete is double seconds ? Text($" in {seconds:0.0} s") : "") + Text($", {report.Failed:N0} failed"));
            Row("metering units", states);
            Row("readings", Text($"{report.Counters.LiveReadings:N0} live, {report.Counters.Readings:N0} with clock and minute, ")
                + Text($"{report.Counters.ReadFailures:N0} not answered"));
            Row("terminals", Text($"{report.Counters.Answers:N0} answers, {report.Counters.Notifications:N0} notifications, ")
                + Text($"{report.GroupRequests:N0} to the group, {report.Counters.Lost:N0} lost"));
            Row("loops", Text($"{report.Waiting:N0} wait for their turn, {report.Counters.LoopFailures:N0} failures, {report.Starts:N0} starts"));
            Row("this process", Text($"{report.Processor:0.0} s CPU in {elapsed:0} s, {report.Memory / Mega:0} MB, {report.Threads} threads"));
            return
            [
                new ScreenPart(0, _ => new Text(Head(fleet, page), new Style(decoration: Decoration.Bold)), IsCut: true),
                new ScreenPart(1, _ => table, IsCut: true),
                new ScreenPart(2, count => new Rows(lines.TakeLast(count).Select(line => new Text(line, new Style(Color.Yellow)))),
                    Math.Min(lines.Length, LinesShown)),
            ];
        }

        private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
