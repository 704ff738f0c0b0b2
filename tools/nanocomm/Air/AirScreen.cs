using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using NanoComm.CommandLine;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The live view of a simulated air on a terminal: what is in it, what passes, who has joined and left.</summary>
    internal sealed class AirScreen
    {
        private const int MostLines = 200;
        private const double MillisecondsPerSecond = 1000;

        private readonly Lock _gate = new();
        private readonly Queue<(DateTime At, string Kind, string Text)> _lines = new();
        private readonly AirSite _site;
        private readonly string _head;
        private readonly IReadOnlyList<PastedLine> _next;

        /// <summary>Makes it.</summary>
        /// <param name="site">What is shown.</param>
        /// <param name="head">How the air is.</param>
        /// <param name="next">What to start next.</param>
        public AirScreen(AirSite site, string head, IReadOnlyList<PastedLine> next)
        {
            (_site, _head, _next) = (site, head, next);
        }

        /// <summary>Something happened. On the air's clock.</summary>
        /// <param name="kind">One word.</param>
        /// <param name="text">For people.</param>
        public void Tell(string kind, string text)
        {
            lock (_gate)
            {
                _lines.Enqueue((DateTime.Now, kind, text));
                if (_lines.Count > MostLines)
                {
                    _lines.Dequeue();
                }
            }
        }

        /// <summary>The view as it is now.</summary>
        public IReadOnlyList<ScreenPart> Draw()
        {
            AirCounts counts = _site.Count();
            Markup[] lines;
            lock (_gate)
            {
                lines = _lines.Select(line => new Markup($"[grey]{line.At:HH:mm:ss} {line.Kind,-8}[/] {line.Text.EscapeMarkup()}")).ToArray();
            }

            return
            [
                new ScreenPart(1, _ => new Markup($"[bold]nanoComm air[/]  {_head.EscapeMarkup()}\n{counts.Passed}"), IsCut: true),
                new ScreenPart(2, _ => Ports(counts)),
                new ScreenPart(3, _ => Next()),
                new ScreenPart(4, count => new Rows(lines.TakeLast(count)), lines.Length),
                new ScreenPart(0, _ => new Text("Ctrl-C ends.", new Style(Color.Grey)), IsCut: true),
            ];
        }

        /// <summary>The most important, most important first.</summary>
        public string[] Brief()
        {
            AirCounts counts = _site.Count();
            return [$"{counts.Ports[0].Sessions:N0} sessions", $"{counts.Frames:N0} frames", "Ctrl-C ends"];
        }

        private static Table Ports(AirCounts counts)
        {
            Table table = new Table().RoundedBorder().BorderColor(Color.Grey)
                .AddColumn(new TableColumn("port").NoWrap()).AddColumn("in session with")
                .AddColumn(new TableColumn("sessions").RightAligned()).AddColumn(new TableColumn("in").RightAligned())
                .AddColumn(new TableColumn("out").RightAligned()).AddColumn(new TableColumn("sent, s").RightAligned());
            foreach (AirPortCounts port in counts.Ports)
            {
                table.AddRow(new Text($"{port.Role} {port.Port}"), new Text(port.Peer ?? (port.Commands == 0 ? "nobody has used it yet" : "nobody")),
                    Number($"{port.Sessions:N0}"), Number($"{port.DatagramsIn:N0}"), Number($"{port.DatagramsOut:N0}"),
                    Number($"{port.TransmitMilliseconds / MillisecondsPerSecond:N1}"));
            }

            return table;
        }

        private static Text Number(FormattableString number) => new(number.ToString(CultureInfo.InvariantCulture));

        private Rows Next()
        {
            return new Rows(_next.SelectMany(line => line.Fold(AnsiConsole.Profile.Width)).Prepend("Next, each in a terminal of its own:").Select(line => new Text(line)));
        }
    }
}
