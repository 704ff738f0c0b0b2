using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>meter profile</c>.</summary>
    internal sealed class MeterProfile
    {
        private readonly MeterOptions _meter = new();
        private readonly Option<Chosen<int>> _every = HostOptions.Choice("--every", "Minutes from row to row.", ("30", 30), ("15", 15), ("5", 5),
            ("1", 1));

        private readonly Option<DateTime?> _from = MeterTime.Option("--from", "Time of the first row");
        private readonly Option<DateTime?> _to = MeterTime.Option("--to", "Time of the last row; otherwise now");
        private readonly Option<string> _out = HostOptions.PathTo("--out", "FILE", "Where the rows go, as CSV.");

        public static Command Make()
        {
            var profile = new MeterProfile();
            profile._from.Required = true;
            profile._out.Required = true;
            var command = new Command("profile", "Read a load profile into a CSV file: a row for each time, empty where the meter has no "
                + "data.")
            {
                profile._every, profile._from, profile._to, profile._out,
            };
            profile._meter.AddTo(command, areRequired: true);
            command.Does(profile.Run);
            return command;
        }

        private int Run(ParseResult parsed)
        {
            int minutes = parsed.GetValue(_every);
            string path = parsed.GetValue(_out);
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            {
                throw new UserError($"--out: there is no folder for {path}: make it first");
            }

            using MeterClient meter = _meter.Associate(parsed);
            LoadProfile profile = LoadProfile.Open(meter, minutes);
            DateTime from = profile.UpToGrid(parsed.GetValue(_from).Value);
            DateTime to = profile.DownToGrid(parsed.GetValue(_to) ?? LoadProfile.ReadClock(meter));
            if (from > to)
            {
                throw new UserError($"--from: from {from:yyyy-MM-dd HH:mm} to {to:yyyy-MM-dd HH:mm} there is no row of {minutes} minutes");
            }

            Read(profile, from, to);
            List<DateTime> grid = profile.Grid(from, to).ToList();
            int missing = grid.Count(time => profile.At(time) is null);
            DurableFile.Write(path, Encoding.UTF8.GetBytes(ToCsv(profile, grid)));
            Console.WriteLine($"{path}: {grid.Count:N0} rows of {minutes} minutes, {from:yyyy-MM-dd HH:mm} to {to:yyyy-MM-dd HH:mm}, "
                + $"{(missing == 0 ? "all with data" : $"{missing:N0} of them no data")}");
            if (profile.HasUnusable)
            {
                KmsOptions.Warn($"Rows that the meter gave have no time on the grid of {minutes} minutes, and were left out.");
            }

            return 0;
        }

        private static void Read(LoadProfile profile, DateTime from, DateTime to)
        {
            try
            {
                if (Console.IsOutputRedirected)
                {
                    profile.Read(from, to, _ => { });
                    return;
                }

                AnsiConsole.Progress().Start(context =>
                {
                    ProgressTask task = context.AddTask("rows", maxValue: Math.Max((to - from).TotalMinutes, 1));
                    profile.Read(from, to, last => task.Value = Math.Max((last - from).TotalMinutes, 1));
                });
            }
            catch (MeterRefusal refusal)
            {
                throw new UserError($"the metering unit gives no rows of {profile.Name} by time: {refusal.Message}. It has to have selective "
                    + "access by range");
            }
        }

        private static string ToCsv(LoadProfile profile, IEnumerable<DateTime> grid)
        {
            List<LoadColumn> columns = profile.Columns.Where(column => !column.IsTime).ToList();
            var none = new decimal?[columns.Count];
            var csv = new StringBuilder($"time,{string.Join(',', columns.Select(column => column.Heading))}\n");
            foreach (DateTime time in grid)
            {
                IEnumerable<string> cells = columns.Zip(profile.At(time) ?? none, (column, value) => column.Show(value));
                csv.Append(CosemValue.ToIso(time)).Append(',').AppendJoin(',', cells).Append('\n');
            }

            return csv.ToString();
        }
    }
}
