using System;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.Virtual
{
    /// <summary>One plain line for each thing that happens, in the order of their times: for a pipe or a file.</summary>
    internal sealed class LineView : IView
    {
        private readonly Status _status;
        private readonly Changes _changes;
        private readonly EventOrder<string> _waiting = new();
        private string _told;

        public LineView(Status status, Changes changes)
        {
            _status = status;
            _changes = changes;
        }

        public void Run(ManualResetEventSlim end)
        {
            string speed = _status.Options.Speed == 1 ? "" : $", metering clock at {_status.Options.Speed} times its speed";
            DateTime began = _status.Log.Began;
            Write(began, "start", $"{_status.MeterClassText} on {_status.Endpoints}{speed}; Ctrl-C ends");
            Write(began, "wi-sun", _status.WiSun.Where);
            if (_status.Wifi is not null)
            {
                Write(began, "wi-fi", _status.Wifi.Where);
            }

            if (_status.Page is not null)
            {
                Write(began, "page", _status.Page);
            }

            bool ended = false;
            while (!ended)
            {
                ended = _changes.Wait(end);
                Show();
            }

            Show();
            Write(EventTime.Now, "end", $"{_status.Readings:N0} readings, {_status.Requests:N0} requests handled, "
                + $"{_status.Notifications:N0} notifications sent");
        }

        private static void Write(DateTime at, string source, string text) => Console.WriteLine(Line(at, source, text));

        private static string Line(DateTime at, string source, string text) => $"{at:HH:mm:ss.fff} {source,-8} {text}";

        private void Show()
        {
            DateTime now = EventTime.Now;
            TakeLog();
            TakeExchanges();
            Observe(now);
            foreach (string line in _waiting.Take(now))
            {
                Console.WriteLine(line);
            }
        }

        private void Add(DateTime at, string source, string text) => _waiting.Add(at, Line(at, source, text));

        private void TakeLog()
        {
            while (_status.Log.TryTake(out LogLine line))
            {
                Add(line.At, line.Source, (line.Level >= LogLevel.Warning ? line.Level + ": " : "") + line.Text);
            }
        }

        // What nobody stamps is seen now.
        private void Observe(DateTime now)
        {
            string gaps = _status.Gaps.Length == 0 ? "" : "; no data from " + _status.Gaps;
            string state = $"{Names.OfLight(_status.Light)}; {_status.PairingText}{gaps}";
            if (state != _told)
            {
                _told = state;
                Add(now, "light", state);
            }

            if (_status.WiSun.HasChanged())
            {
                Add(now, "wi-sun", _status.WiSun.State);
            }

            if (_status.Wifi is { } wifi && wifi.HasChanged())
            {
                Add(now, "wi-fi", wifi.State);
            }

            if (_status.PowerBudget.HasChanged())
            {
                Add(now, "power", _status.PowerBudget.Text);
            }

            if (_status.Refresh(out _))
            {
                MeterReading reading = _status.Reading;
                Add(now, "reading", $"{Status.ToDateTime(reading.Time):yyyy-MM-dd HH:mm:ss}  "
                    + $"normal {_status.Energy(reading.Normal)}, reverse {_status.Energy(reading.Reverse)}, "
                    + $"{Status.Power(reading.Power)}, R {Status.Current(reading.CurrentR)}, T {Status.Current(reading.CurrentT)}");
            }
        }

        private void TakeExchanges()
        {
            foreach (Exchange exchange in _status.TakeExchanges(out long skipped))
            {
                if (skipped > 0)
                {
                    Add(exchange.At, "path", $"{skipped:N0} exchanges not shown");
                    skipped = 0;
                }

                string peer = exchange.IsNotification ? "" : exchange.Peer + " ";
                Add(exchange.At, exchange.IsNotification ? "notify" : "request",
                    $"{exchange.Path} {peer}{ExchangeText.Subject(exchange)} -> {ExchangeText.Outcome(exchange)}");
            }
        }
    }
}
