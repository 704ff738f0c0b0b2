using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Metering;
using Spectre.Console;

namespace NanoComm.Virtual
{
    /// <summary>The live view on a terminal.</summary>
    internal sealed class LiveView : IView
    {
        private const int ChartRows = 5;
        private const int LogLinesShown = 3;
        private const int ColumnsBesideChart = 48;
        private const int LeastColumnsForChart = 68;
        private const int ChartMargin = 9;
        private const int LeastMinutes = 10;
        private const string Blocks = " ▁▂▃▄▅▆▇█";
        private const char Shade = '░';
        private const string Footer = "[grey]Ctrl-C ends. Ask it with any ECHONET Lite controller (the README shows how).[/]";

        private const int BytesPerKilobyte = 1000;

        // Its clocks go by the second. A reading that comes each second has them drawn too, if it is waited for a little.
        private const int Tick = 1000;
        private const int Late = 100;

        private readonly Status _status;
        private readonly Changes _changes;
        private readonly Queue<LogLine> _log = new();
        private (IReadOnlyList<double?> Powers, int Room, KeptView View) _chart;

        public LiveView(Status status, Changes changes)
        {
            _status = status;
            _changes = changes;
        }

        public void Run(ManualResetEventSlim end)
        {
            // Windows does not tell of it: there the window is looked at with each tick.
            using PosixSignalRegistration resized = OperatingSystem.IsWindows() ? null
                : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => _changes.Set());
            LiveScreen.Run(Draw, Brief, () => { }, _ => _changes.Wait(end, _status.IsLive ? Tick + Late : Tick));

            // Without a layout, which a window of one column may have no room for.
            Console.WriteLine($"nanoComm ended: {_status.Readings:N0} readings, "
                + $"{_status.Requests:N0} requests handled, {_status.Notifications:N0} notifications sent");
        }

        private ScreenPart[] Draw()
        {
            Take();
            Exchange[] exchanges = _status.Recent.ToArray();
            LogLine[] log = _log.ToArray();
            return
            [
                Whole(1, Clocks(), isCut: true),
                Whole(1, Title(), isCut: true),
                Top(),
                new ScreenPart(3, count => Requests(exchanges.Take(count)), exchanges.Length, Shows: (exchanges.Length, exchanges.FirstOrDefault())),
                Whole(4, Counters(), isCut: false),
                new ScreenPart(5, count => Log(log.TakeLast(count)), log.Length, Shows: (log.Length, log.LastOrDefault())),
                Whole(0, Footer, isCut: true),
            ];
        }

        private static ScreenPart Whole(int rank, string markup, bool isCut)
        {
            return new ScreenPart(rank, _ => new Markup(markup), IsCut: isCut, Shows: markup);
        }

        private string[] Brief()
        {
            Take();
            return [_status.IsLive ? Status.Power(_status.Reading.Power) : "no data", _status.State,
                Names.OfLight(_status.Light), "Ctrl-C ends"];
        }

        // Also while only the brief view is shown, so that nothing piles up.
        private void Take()
        {
            _status.Refresh(out _);
            _status.TakeExchanges(out _);
            while (_status.Log.TryTake(out LogLine line))
            {
                _log.Enqueue(line);
                if (_log.Count > LogLinesShown)
                {
                    _log.Dequeue();
                }
            }
        }

        private string Clocks()
        {
            string color = _status.State == "reading" ? "green" : "yellow";
            string speed = _status.Options.Speed == 1 ? "" : $"  [grey]×{_status.Options.Speed}[/]";
            string clock = _status.MeterClock is DateTime time ? $"{time:yyyy-MM-dd HH:mm:ss}" : "not known yet";
            return $"[bold]nanoComm virtual board[/]  [bold]{_status.MeterClassText}[/]  "
                + $"[{color}]● {_status.State}[/]  [grey]up {_status.Uptime:d\\.hh\\:mm\\:ss}[/]\n"
                + $"ECHONET Lite on [bold]{_status.Endpoints.EscapeMarkup()}[/]   metering clock [bold]{clock}[/]{speed}";
        }

        private string Title()
        {
            return $"light {(_status.IsLit ? "[yellow]●[/]" : "[grey]○[/]")} {Names.OfLight(_status.Light)}   "
                + $"pairing [bold]{_status.PairingText}[/]\n"
                + $"Wi-SUN [bold]{_status.WiSun.State.EscapeMarkup()}[/]\n[grey]{_status.WiSun.Where.EscapeMarkup()}[/]\n" + Wifi()
                + (_status.Page is null ? "" : $"page [bold]{_status.Page.EscapeMarkup()}[/]\n")
                + $"power [{(_status.PowerBudget.IsWell ? "bold" : "yellow")}]{_status.PowerBudget.Text.EscapeMarkup()}[/]";
        }

        private string Wifi()
        {
            return _status.Wifi is not { } wifi ? ""
                : $"Wi-Fi [{(wifi.IsWell ? "bold" : "yellow")}]{wifi.State.EscapeMarkup()}[/]  [grey]{wifi.Where.EscapeMarkup()}[/]\n";
        }

        private ScreenPart Top()
        {
            List<(string Name, string Value)> reading = Reading();
            KeptView chart = AnsiConsole.Profile.Width < LeastColumnsForChart ? null : Chart();
            return new ScreenPart(2, _ => new ReadingBox(reading, chart), Shows: (string.Join('\n', reading), chart));
        }

        private List<(string Name, string Value)> Reading()
        {
            MeterReading reading = _status.Reading;
            bool fresh = _status.IsFresh;
            bool live = _status.IsLive;
            var rows = new List<(string, string)>();
            void Row(string code, string value) => rows.Add((code, value));
            if (_status.IsHighVoltage)
            {
                AddHighVoltage(Row, reading, fresh, live);
                return rows;
            }

            Row("E0 normal", _status.Energy(fresh ? reading.Normal : MeterReading.NoEnergy));
            Row("E3 reverse", _status.Energy(fresh ? reading.Reverse : MeterReading.NoEnergy));
            Row("E7 power", live ? Status.Power(reading.Power) : "no data");
            Row("E8 R", live ? Status.Current(reading.CurrentR) : "no data");
            Row("E8 T", live ? Status.Current(reading.CurrentT) : "no data");
            Row($"D0 {Status.ToDateTime(reading.MinuteTime):HH:mm}", _status.Energy(reading.MinuteNormal));
            Row($"EA {_status.HalfHourTime:HH:mm}", _status.Energy(_status.HalfHourNormal));
            Row($"EB {_status.HalfHourTime:HH:mm}", _status.Energy(_status.HalfHourReverse));
            return rows;
        }

        // By the property codes of class 028F.
        private void AddHighVoltage(Action<string, string> row, MeterReading reading, bool fresh, bool live)
        {
            uint Of(int register) => fresh ? reading.High[register] : MeterReading.NoEnergy;
            row("E2 normal", _status.Energy(fresh ? reading.Normal : MeterReading.NoEnergy));
            row("E2 reverse", _status.Energy(fresh ? reading.Reverse : MeterReading.NoEnergy));
            row("D5 lag", _status.ReactiveEnergy(Of(HighVoltageReading.LagNormal)));
            row("EA power", live ? Status.Power(reading.Power) : "no data");
            row("EB R", live ? Status.Current(reading.CurrentR) : "no data");
            row("EB T", live ? Status.Current(reading.CurrentT) : "no data");
            row("C1 max demand", _status.Demand(Of(HighVoltageReading.MaximumDemandNormal)));
            row($"D0 {Status.ToDateTime(reading.MinuteTime):HH:mm}", _status.Energy(reading.MinuteNormal));
            row($"E3 {_status.HalfHourTime:HH:mm}", _status.Energy(_status.HalfHourNormal));
            row($"C3 {_status.HalfHourTime:HH:mm}", _status.Demand(_status.HighHalfHour(HighVoltageData.DemandNormal)));
        }

        // One column a minute; what flows back has a colour of its own, and where there are none a character.
        private KeptView Chart()
        {
            int room = Math.Max(AnsiConsole.Profile.Width - ColumnsBesideChart, LeastMinutes);
            IReadOnlyList<double?> held = _status.MinutePowers();
            if (_chart.Powers != held || _chart.Room != room)
            {
                var panel = new Panel(Chart(held.TakeLast(room).ToArray())) { Header = new PanelHeader("mean power of each minute held") };
                _chart = (held, room, new KeptView(panel.RoundedBorder()));
            }

            return _chart.View;
        }

        private static Markup Chart(double?[] powers)
        {
            double highest = powers.Max() ?? 0;
            double lowest = powers.Min() ?? 0;
            double scale = Math.Max(Math.Max(highest, -lowest), 1);
            var text = new StringBuilder();
            for (int row = ChartRows - 1; row >= 0; row--)
            {
                text.Append(row == ChartRows - 1 ? $"[grey]{scale,6:N0} W [/]" : row == 0 ? "[grey]     0 W [/]" : "         ");
                foreach (double? power in powers)
                {
                    text.Append(power is double known ? Cell(known, (Math.Abs(known) / scale * ChartRows) - row)
                        : row == 0 ? "[red]·[/]" : " ");
                }

                text.Append('\n');
            }

            int missing = powers.Count(power => power is null);
            string margin = new(' ', ChartMargin);
            string ago = $"{powers.Length} min ago";
            text.Append(margin).Append("[grey]").Append(ago)
                .Append(' ', Math.Max(1, powers.Length - ago.Length - 3)).Append("now[/]\n")
                .Append(margin).Append($"{Cell(1, 1)} from, {Cell(-1, 1)} to the grid, [red]·[/] no data: {missing}");
            return new Markup(text.ToString());
        }

        // How much of one cell a minute fills; a shade has no eighths, so it is there from a half on, and where it stands.
        private static string Cell(double power, double height)
        {
            bool isShade = power < 0 && (LiveScreen.IsColorless || PlainScreen.IsKept);
            int eighths = (int)Math.Clamp(Math.Ceiling(height * (Blocks.Length - 1)), 0, Blocks.Length - 1);
            char block = !isShade ? Blocks[eighths] : eighths >= Blocks.Length / 2 ? Shade : ' ';
            return power < 0 ? $"[yellow]{block}[/]" : $"[blue]{block}[/]";
        }

        private static Table Requests(IEnumerable<Exchange> exchanges)
        {
            Table table = new Table().RoundedBorder().Expand().Title("last exchanges").BorderColor(Color.Grey)
                .AddColumn(new TableColumn("time").NoWrap()).AddColumn(new TableColumn("path").NoWrap())
                .AddColumn(new TableColumn("from").NoWrap())
                .AddColumn("what").AddColumn(new TableColumn("outcome").NoWrap());
            foreach (Exchange exchange in exchanges)
            {
                table.AddRow(new Text($"{exchange.At:HH:mm:ss}"), new Text(exchange.Path), new Text(exchange.IsNotification ? "this unit" : exchange.Peer),
                    new Text(ExchangeText.Subject(exchange)), new Text(ExchangeText.Outcome(exchange)));
            }

            if (table.Rows.Count == 0)
            {
                table.AddRow(new Text(""), new Text(""), new Text(""), new Text("nobody has asked yet"), new Text(""));
            }

            return table;
        }

        private string Counters()
        {
            string drops = _status.Drops.Count == 0 ? "none"
                : string.Join(", ", _status.Drops.Select(drop => $"{drop.Key} {drop.Value:N0}"));
            string trouble = _status.Lost + _status.NotSent + _status.LoopFailures + _status.ReadFailures
                + _status.SelectorsRefused == 0 ? ""
                : $"   [yellow]lost {_status.Lost:N0}, not sent {_status.NotSent:N0}, "
                    + $"selectors refused {_status.SelectorsRefused:N0}, "
                    + $"reading failed {_status.ReadFailures:N0}, loop failed {_status.LoopFailures:N0}[/]";
            trouble += _status.HungLoop is null ? ""
                : $"   [yellow]restarts because a loop hung {_status.HangRestarts:N0}, last {_status.HungLoop}[/]";
            int linkDrops = _status.LinkDrops.Values.Sum();
            string linkTrouble = linkDrops == 0 ? "" : $", [yellow]{linkDrops:N0} dropped[/]";
            linkTrouble += _status.Differences == 0 ? "" : $", [yellow]{_status.Differences:N0} times different[/]";
            string line = $"[grey]metering unit[/] {_status.MeteringUnit.EscapeMarkup()}, read last {_status.LastReading:HH:mm:ss}, "
                + $"{(_status.Link.BytesSent + _status.Link.BytesReceived) / BytesPerKilobyte:N0} kB, "
                + $"{_status.Link.Retransmissions:N0} sent again{linkTrouble}\n";
            return line + $"[grey]readings[/] {_status.Readings:N0}   [grey]requests[/] {_status.Requests:N0}   "
                + $"[grey]answers[/] {_status.Answers:N0}   [grey]notifications[/] {_status.Notifications:N0}   "
                + $"[grey]terminals[/] {_status.Terminals} ({_status.ProvenTerminals} proven)   [grey]dropped[/] {drops}{trouble}";
        }

        private static Markup Log(IEnumerable<LogLine> lines)
        {
            return new Markup(string.Join("\n", lines.Select(line =>
                $"[{(line.Level >= LogLevel.Warning ? "yellow" : "grey")}]{line.At:HH:mm:ss} {line.Source}: "
                + $"{line.Text.EscapeMarkup()}[/]")));
        }
    }
}
