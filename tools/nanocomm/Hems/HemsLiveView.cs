using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Hems;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The live view on a terminal: the way to the meter, its last reading, the last minutes, what
    /// happened.</summary>
    internal sealed class HemsLiveView : IHemsView
    {
        private const int MinutesShown = 8;
        private const int MostLines = 200;

        private readonly Lock _gate = new();
        private readonly string _way;
        private readonly string _before;
        private readonly Dictionary<string, string> _latest = new();
        private readonly Queue<(DateTime At, string Kind, string Text)> _lines = new();
        private readonly Queue<string> _minutes = new();
        private HemsReading _reading;
        private DateTime _readAt;

        private HemsLiveView(string way, string before)
        {
            _way = way;
            _before = before;
        }

        /// <summary>Shows work until it ends.</summary>
        /// <param name="work">What is shown.</param>
        /// <param name="way">What the way to the meter is called.</param>
        /// <param name="before">Stands behind it until a module has told what it is.</param>
        public static void Run(Action<IHemsView> work, string way, string before)
        {
            var view = new HemsLiveView(way, before);
            ExceptionDispatchInfo failure = null;
            var worker = new Thread(() =>
            {
                try
                {
                    work(view);
                }
                catch (Exception any)
                {
                    failure = ExceptionDispatchInfo.Capture(any);
                }
            }) { IsBackground = true, Name = "controller" };
            LiveScreen.Run(view.Draw, view.Brief, worker.Start, worker.Join);
            failure?.Throw();
        }

        public void Tell(string kind, string text, JsonObject data)
        {
            lock (_gate)
            {
                _latest[kind] = text;
                switch (kind)
                {
                    case "minute":
                        Keep(_minutes, text, MinutesShown);
                        return;
                    case "joined":
                        _latest.Remove("trouble");
                        break;
                }

                Keep(_lines, (DateTime.Now, kind, text), MostLines);
            }
        }

        public void TellReading(string text, HemsReading reading)
        {
            lock (_gate)
            {
                _reading = reading;
                _readAt = DateTime.Now;
            }
        }

        private static void Keep<T>(Queue<T> queue, T item, int most)
        {
            queue.Enqueue(item);
            if (queue.Count > most)
            {
                queue.Dequeue();
            }
        }

        private ScreenPart[] Draw()
        {
            lock (_gate)
            {
                var top = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap());
                top.AddRow(new Panel(Reading()).Header(Words.Of("latest reading")).RoundedBorder(),
                    new Panel(new Text(string.Join('\n', _minutes.Reverse().DefaultIfEmpty(Words.Of("none yet")))))
                        .Header(Words.Of("minutes read, newest first")).RoundedBorder());
                Markup title = Title();
                Markup[] lines = _lines.Select(ToMarkup).ToArray();
                return
                [
                    new ScreenPart(1, _ => title, IsCut: true),
                    new ScreenPart(2, _ => top),
                    new ScreenPart(3, count => new Rows(lines.TakeLast(count)), lines.Length),
                    new ScreenPart(0, _ => new Text(Words.Of("Ctrl-C ends the session and the program."), new Style(Color.Grey)), IsCut: true),
                ];
            }
        }

        private string[] Brief()
        {
            lock (_gate)
            {
                return [_reading == null ? Words.Of("no reading") : HemsReport.ToText(_reading.Power, "W"), State, Words.Of("Ctrl-C ends")];
            }
        }

        private bool IsJoined => _latest.ContainsKey("joined") && !_latest.ContainsKey("trouble");

        private string State => IsJoined ? Words.Of("joined")
            : _latest.ContainsKey("trouble") ? Words.Of("joining again")
            : Words.Of("joining");

        private string Found => _latest.GetValueOrDefault("found", _latest.GetValueOrDefault("joined", Words.Of("not found yet")));

        private Markup Title()
        {
            string state = $"[{(IsJoined ? "green" : "yellow")}]● {State.EscapeMarkup()}[/]";
            string way = Words.Of($"on {$"[bold]{_way.EscapeMarkup()}[/]"}");
            string meter = Words.Of("meter");
            return new Markup($"[bold]{Words.Of("nanoComm controller")}[/]  {state}  {way}  {_latest.GetValueOrDefault("module", _before).EscapeMarkup()}\n"
                + $"[grey]{meter.EscapeMarkup()}[/]  {Found.EscapeMarkup()}\n"
                + $"{Cells.Pad("", Cells.Width(meter))}  {_latest.GetValueOrDefault("meter", "").EscapeMarkup()}");
        }

        private Grid Reading()
        {
            Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap().RightAligned());
            foreach ((string name, string value) in HemsReport.ToRows(_reading))
            {
                grid.AddRow(new Markup($"[grey]{name}[/]"), new Text(value));
            }

            grid.AddRow(new Text(Words.Of("read"), new Style(Color.Grey)), new Text(_reading == null ? Words.Of("not yet") : $"{_readAt:HH:mm:ss}"));
            return grid;
        }

        private static Markup ToMarkup((DateTime At, string Kind, string Text) line)
        {
            return new Markup($"[grey]{line.At:HH:mm:ss} {HemsKind.NameOf(line.Kind).EscapeMarkup()}[/] [{(line.Kind == "trouble" ? "yellow" : "default")}]"
                + $"{line.Text.EscapeMarkup()}[/]");
        }
    }
}
