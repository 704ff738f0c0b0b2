using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>read</c>.</summary>
    internal static class ReadCommand
    {
        private const int LastDay = 99;
        private const int MostMinutes = 60;

        public static Command Make()
        {
            var meter = new MeterSource();
            Option<int> history = HostOptions.Number("--history", "Days of half-hours before today; 0 for today's alone.", LastDay, 0, LastDay, "DAYS");
            Option<int> minutes = HostOptions.Number("--minutes", "Minutes back from now as well, where the meter has them.", 0, 0, MostMinutes);
            Option<string> file = MakeOut();
            Option<TimeSpan> zone = CivilZone.Option();
            var update = new Option<bool>("--update")
            {
                Description = "Keep what FILE has, and read only what is missing in it.",
            };
            var replace = new Option<bool>("--replace") { Description = "Write over FILE." };
            var command = new Command("read", "Read a meter's history into a table: CSV, JSON or Apache Parquet.")
            {
                history, minutes, file, update, replace, zone,
            };
            meter.AddTo(command, isRequired: true);
            command.Validators.Add(result =>
            {
                if (result.GetResult(update) != null && (result.GetResult(replace) != null || result.GetValue(file) == ReadSettings.StandardOutput))
                {
                    result.AddError("--update goes with a file, and without --replace");
                }
            });
            command.SetAction(parsed => new ReadSession(new ReadSettings
            {
                Meter = meter.ToSettings(parsed, TimeSpan.FromMinutes(1)),
                Days = parsed.GetValue(history),
                Minutes = parsed.GetValue(minutes),
                Out = parsed.GetValue(file),
                IsUpdate = parsed.GetValue(update),
                IsReplaced = parsed.GetValue(replace),
                Zone = parsed.GetValue(zone),
            }).Run());
            return command;
        }

        private static Option<string> MakeOut()
        {
            Option<string> file = HostOptions.PathTo("--out", "FILE",
                "Where the rows go: .csv, .json or .parquet, by its name; '-' for CSV on the standard output.");
            file.Required = true;
            file.Validators.Add(result =>
            {
                if (result.Tokens.FirstOrDefault()?.Value is { } path && path != ReadSettings.StandardOutput && MeterTable.KindOf(path) == null)
                {
                    result.AddError(MeterTable.Refuse(file.Name, path));
                }
            });
            return file;
        }
    }
}
