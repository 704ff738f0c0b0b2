using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>The command <c>plot</c>.</summary>
    internal sealed class PlotCommand
    {
        private const int MostDays = 3660;
        private const int LastDay = 99;
        private const int HalfHour = 30;
        private const int MostMinutes = 60;
        private const string OutName = "--out";

        private readonly Argument<string> _file = new("FILE")
        {
            Description = "A file that 'read' wrote.",
            Arity = ArgumentArity.ZeroOrOne,
        };

        private readonly MeterSource _meter = new();
        private readonly Option<string> _out = Chart.Option(OutName, "The chart.");
        private readonly Option<DateTime?> _day = MeterTime.Day("--day", "The last day that is drawn; otherwise the newest one there is");
        private readonly Option<int> _days = HostOptions.Number("--days", "How many days are drawn.", 1, 1, MostDays, "DAYS");
        private readonly Option<Chosen<int>> _interval = HostOptions.Choice("--interval", "Minutes from value to value.", ("30", HalfHour), ("1", 1));
        private readonly Option<Chosen<HemsQuantity>> _quantity = HostOptions.Choice("--quantity", "What is drawn.", Enum.GetValues<HemsQuantity>()
            .Select(quantity => (MeterRowFields.Word(quantity), quantity)).ToArray());

        private readonly Option<string> _name = new("--meter")
        {
            Description = "Of a file with several meters, this one.",
            HelpName = "NAME",
        };

        private readonly Option<TimeSpan> _zone = CivilZone.Option();

        public static Command Make()
        {
            var plot = new PlotCommand();
            plot._out.Required = true;
            var command = new Command("plot", "Draw a day, or several, of a meter's history: from a file, or from the meter itself.")
            {
                plot._file, plot._out, plot._day, plot._days, plot._interval, plot._quantity, plot._name, plot._zone,
            };
            plot._meter.AddTo(command, isRequired: false);
            command.Validators.Add(plot.Check);
            command.SetAction(plot.Run);
            return command;
        }

        private void Check(CommandResult result)
        {
            string file = result.GetValue(_file);
            if ((file == null) != _meter.IsGiven(result))
            {
                result.AddError("plot: give a file that 'read' wrote, or --from and a meter");
            }
            else if (file != null && MeterTable.KindOf(file) == null)
            {
                result.AddError(MeterTable.Refuse("FILE", file));
            }
        }

        private void Run(ParseResult parsed)
        {
            List<MeterRow> rows = Rows(parsed);
            HemsQuantity quantity = parsed.GetValue(_quantity);
            if (rows.Count == 0)
            {
                throw new UserError($"there is no {MeterRowFields.Word(quantity)} of {parsed.GetValue(_interval)} minutes to draw: --quantity and "
                    + "--interval choose something else");
            }

            DateTimeOffset newest = rows[^1].Time;
            DateTimeOffset last = parsed.GetValue(_day) is DateTime day ? new DateTimeOffset(day, newest.Offset)
                : Midnight(newest.AddTicks(-1));
            DateTimeOffset begin = last.AddDays(1 - parsed.GetValue(_days));
            DateTimeOffset end = last.AddDays(1);

            // The last value of a day is midnight's, the next day's first.
            List<EnergyInterval> intervals = EnergyIntervals.Of(rows.Where(row => row.Time >= begin && row.Time <= end))
                .Where(one => one.Begin >= begin && one.Begin < end).ToList();
            if (intervals.TrueForAll(one => one.Energy == null))
            {
                throw new UserError($"--day: there is nothing to draw from {begin:yyyy-MM-dd} to {last:yyyy-MM-dd}: values are there from "
                    + $"{rows[0].Time:yyyy-MM-dd} to {newest:yyyy-MM-dd}");
            }

            string path = parsed.GetValue(_out);
            Chart.Save(EnergyChart.Of(rows[0].Meter, quantity, intervals, begin, end), path, OutName);
            Console.WriteLine(path);
        }

        private static DateTimeOffset Midnight(DateTimeOffset time) => new(time.Date, time.Offset);

        private List<MeterRow> Rows(ParseResult parsed)
        {
            string file = parsed.GetValue(_file);
            HemsQuantity quantity = parsed.GetValue(_quantity);
            int interval = parsed.GetValue(_interval);
            IEnumerable<MeterRow> all = file != null ? MeterTable.Read("FILE", file) : ReadMeter(parsed, interval);
            List<MeterRow> rows = all.Where(row => row.Quantity == quantity && row.Interval == interval).ToList();
            string[] meters = rows.Select(row => row.Meter).Distinct().ToArray();
            string name = parsed.GetValue(_name);
            if (name == null && meters.Length > 1)
            {
                throw new UserError($"--meter: {file} has {meters.Length} meters: name one of {string.Join(", ", meters.Take(5))}"
                    + (meters.Length > 5 ? " …" : ""));
            }

            if (name != null && !meters.Contains(name))
            {
                throw new UserError($"--meter: there is no '{name}', but {(meters.Length == 0 ? "no meter at all" : string.Join(", ", meters.Take(5)))}");
            }

            rows.RemoveAll(row => name != null && row.Meter != name);
            return rows;
        }

        private IEnumerable<MeterRow> ReadMeter(ParseResult parsed, int interval)
        {
            int days = parsed.GetValue(_day) is DateTime day
                ? (DateTime.UtcNow + parsed.GetValue(_zone) - day).Days + parsed.GetValue(_days) : parsed.GetValue(_days);
            using var signals = new EndSignals();
            var reader = new HistoryReader(_meter.ToSettings(parsed, TimeSpan.FromMinutes(1)), interval == HalfHour ? Math.Clamp(days, 0, LastDay) : -1,
                interval == HalfHour ? 0 : MostMinutes, parsed.GetValue(_zone));
            HistoryProgress.Run(progress => reader.Read(progress, signals.Token));
            return reader.CutShort == null ? reader.Rows : throw new UserError(reader.CutShort);
        }
    }
}
