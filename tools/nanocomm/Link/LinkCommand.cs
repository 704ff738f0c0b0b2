using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NanoComm.CommandLine;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>link</c>: what to expect of each path at a place, and which to take.</summary>
    internal static class LinkCommand
    {
        private const int LeastWidth = 120;
        private const int MostWalls = 20;

        // Indoors, over some walls that are counted on their own: a planning value.
        private const double UsualExponent = 2.8;
        private const double UsualDistance = 10;

        private static readonly JsonSerializerOptions Format = new()
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = true,
        };

        public static Command Make()
        {
            Option<double?> distance = HostOptions.Figure("--distance", "From the unit to the terminal, in metres (10).", 1, 10_000, "M");
            Option<int> walls = HostOptions.Number("--walls", "Walls between them.", 0, 0, MostWalls);
            string[] enclosures = [.. Enclosure.All.Select(each => each.Name)];
            var enclosure = new Option<string>("--enclosure")
            {
                Description = $"What the unit stands in: one of {string.Join(", ", enclosures)}.",
                HelpName = "NAME",
                DefaultValueFactory = _ => enclosures[0],
            };
            HostOptions.AllowOnly(enclosure, enclosures);
            Option<double?> unit = HostOptions.Figure("--unit-gain", "Gain of the unit's antenna (0).", -30, 30, "DBI");
            Option<double?> terminal = HostOptions.Figure("--terminal-gain", "Gain of the terminal's antenna (0).", -30, 30, "DBI");
            Option<double?> exponent = HostOptions.Figure("--exponent",
                "How loss grows with distance: 2 in the open, 2.8 in a house, 4 in a full one (2.8).", 1, 6, "N");
            Option<string> log = HostOptions.PathTo("--log", "FILE", "A unit's log, text or JSON: what it has measured beside this.");
            Option<string> chart = Chart.Option("Draw dBm over distance into this file.");
            var json = new Option<bool>("--json") { Description = "One JSON object." };
            var command = new Command("link", "What signal to expect of each path at a place, and which path to take; exit code 1 "
                + "when no radio is usable there.")
            {
                distance, walls, enclosure, unit, terminal, exponent, log, chart, json,
            };
            command.SetAction(parsed => Show(new LinkSettings
            {
                Distance = parsed.GetValue(distance) ?? UsualDistance,
                Walls = parsed.GetValue(walls),
                Enclosure = Enclosure.All.Single(each => each.Name == parsed.GetValue(enclosure)),
                Gain = (parsed.GetValue(unit) ?? 0) + (parsed.GetValue(terminal) ?? 0),
                Exponent = parsed.GetValue(exponent) ?? UsualExponent,
            }, parsed.GetValue(log), parsed.GetValue(chart), parsed.GetValue(json)));
            return command;
        }

        private static int Show(LinkSettings settings, string log, string chart, bool json)
        {
            LinkMeasurements measured = log == null ? null : LinkMeasurements.Load(log);
            if (json)
            {
                Console.WriteLine(ToJson(settings, measured));
            }
            else
            {
                Write(settings, measured);
            }

            if (chart != null)
            {
                Chart.Save(LinkChart.Of(settings, measured), chart);
                (json ? Console.Error : Console.Out).WriteLine($"chart: {chart}");
            }

            return LinkRadio.All.Any(radio => settings.MarginOf(radio) >= 0) ? 0 : 1;
        }

        private static void Write(LinkSettings settings, LinkMeasurements measured)
        {
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidth);
            Table table = new Table().RoundedBorder().BorderColor(Color.Grey).AddColumn("path");
            foreach (string column in new[]
            {
                "sent dBm", "1 m dB", "farther dB", "walls dB", "box dB", "expected dBm", "usable from", "margin dB",
            })
            {
                table.AddColumn(new TableColumn(column).RightAligned());
            }

            foreach (LinkRadio radio in LinkRadio.All)
            {
                double margin = settings.MarginOf(radio);
                table.AddRow(new Text($"{radio.Name} {radio.Megahertz:0} MHz"), Cell(radio.Power + settings.Gain), Cell(radio.FirstMetre),
                    Cell(10 * settings.Exponent * Math.Log10(settings.Distance)), Cell(settings.Walls * radio.Wall),
                    Cell(radio.LossOf(settings.Enclosure)), Cell(settings.DbmAt(radio, settings.Distance)), Cell(radio.UsableFrom),
                    new Text(Number(margin), new Style(margin >= LinkAdvice.Reserve ? Color.Green : margin >= 0 ? Color.Yellow : Color.Red)));
            }

            AnsiConsole.Write(table);
            AnsiConsole.WriteLine($"Ethernet: no radio; a cable of up to {LinkAdvice.LongestCable} m.");
            AnsiConsole.WriteLine(LinkAdvice.Describe(settings));
            string assumed = string.Join(" and ", LinkRadio.All.Select(radio => $"{Number(radio.Wall)} dB of {radio.Name}"));
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]A wall takes {assumed}, and a tenfold distance {Number(10 * settings.Exponent)} dB: planning values, docs/power.md.[/]");
            if (measured != null)
            {
                WriteMeasured(settings, measured);
            }
        }

        private static void WriteMeasured(LinkSettings settings, LinkMeasurements measured)
        {
            Table table = new Table().RoundedBorder().BorderColor(Color.Grey).AddColumn("measured by the unit");
            foreach (string column in new[] { "times", "least dBm", "mean dBm", "last dBm", "against expected dB" })
            {
                table.AddColumn(new TableColumn(column).RightAligned());
            }

            foreach (string path in measured.Paths)
            {
                var levels = measured.Of(path);
                LinkRadio radio = LinkRadio.All.FirstOrDefault(each => each.Name == path);
                table.AddRow(new Text(path), Cell(levels.Count), Cell(levels.Min()), Cell(levels.Average()), Cell(levels[^1]),
                    new Text(radio == null ? "" : Number(levels.Average() - settings.DbmAt(radio, settings.Distance))));
            }

            AnsiConsole.Write(table);
            if (measured.Contradictions > 0)
            {
                AnsiConsole.MarkupLineInterpolated(
                    $"[yellow]left out of the log, sentences that contradict themselves: {measured.Contradictions}[/]");
            }
        }

        private static string ToJson(LinkSettings settings, LinkMeasurements measured)
        {
            return new JsonObject
            {
                ["distance"] = settings.Distance,
                ["walls"] = settings.Walls,
                ["enclosure"] = settings.Enclosure.Name,
                ["gain"] = settings.Gain,
                ["exponent"] = settings.Exponent,
                ["paths"] = new JsonArray([.. LinkRadio.All.Select(radio => new JsonObject
                {
                    ["path"] = radio.Name,
                    ["megahertz"] = radio.Megahertz,
                    ["expected"] = Math.Round(settings.DbmAt(radio, settings.Distance), 1),
                    ["usableFrom"] = radio.UsableFrom,
                    ["margin"] = Math.Round(settings.MarginOf(radio), 1),
                })]),
                ["take"] = LinkAdvice.Choose(settings).Name,
                ["advice"] = LinkAdvice.Describe(settings),
                ["measured"] = measured is null ? null : new JsonArray([.. measured.Paths.Select(path => new JsonObject
                {
                    ["path"] = path,
                    ["levels"] = new JsonArray([.. measured.Of(path)]),
                })]),
                ["contradictions"] = measured?.Contradictions,
            }.ToJsonString(Format);
        }

        private static Text Cell(double value) => new(Number(value));

        private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
    }
}
