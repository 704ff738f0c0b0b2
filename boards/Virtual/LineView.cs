using System;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.Virtual
{
    /// <summary>One plain line for each thing that happens: for a pipe or a file.</summary>
    internal sealed class LineView : IView
    {
        private readonly Status _status;
        private readonly Changes _changes;
        private string _told;

        public LineView(Status status, Changes changes)
        {
            _status = status;
            _changes = changes;
        }

        public void Run(ManualResetEventSlim end)
        {
            string speed = _status.Options.Speed == 1 ? "" : $", metering clock at {_status.Options.Speed} times its speed";
            Line("start", $"{_status.MeterClassText} on {_status.Endpoints}{speed}; Ctrl-C ends");
            Line("wi-sun", _status.WiSun.Where);
            if (_status.Wifi is not null)
            {
                Line("wi-fi", _status.Wifi.Where);
            }

            if (_status.Page is not null)
            {
                Line("page", _status.Page);
            }

            bool ended = false;
            while (!ended)
            {
                ended = _changes.Wait(end);
                Show();
            }

            Line("end", $"{_status.Readings:N0} readings, {_status.Requests:N0} requests handled, "
                + $"{_status.Notifications:N0} notifications sent");
        }

        private static void Line(string source, string text)
        {
            Line(DateTime.Now, source, text);
        }

        private static void Line(DateTime at, string source, string text)
        {
            Console.WriteLine($"{at:HH:mm:ss.fff} {source,-8} {text}");
        }

        private void Show()
        {
            while (_status.Log.TryTake(out LogLine line))
            {
                Line(line.At, line.Source, (line.Level >= LogLevel.Warning ? line.Level + ": " : "") + line.Text);
            }

            string gaps = _status.Gaps.Length == 0 ? "" : "; no data from " + _status.Gaps;
            string state = $"{Names.OfLight(_status.Light)}; {_status.PairingText}{gaps}";
            if (state != _told)
            {
                _told = state;
                Line("light", state);
            }

            if (_status.WiSun.HasChanged())
            {
                Line("wi-sun", _status.WiSun.State);
            }

            if (_status.Wifi is { } wifi && wifi.HasChanged())
            {
                Line("wi-fi", wifi.State);
            }

            if (_status.PowerBudget.HasChanged())
            {
                Line("power", _status.PowerBudget.Text);
            }

            if (_status.Refresh(out _))
            {
                MeterReading reading = _status.Reading;
                Line("reading", $"{Status.ToDateTime(reading.Time):yyyy-MM-dd HH:mm:ss}  "
                    + $"normal {_status.Energy(reading.Normal)}, reverse {_status.Energy(reading.Reverse)}, "
                    + $"{Status.Power(reading.Power)}, R {Status.Current(reading.CurrentR)}, T {Status.Current(reading.CurrentT)}");
            }

            foreach (Exchange exchange in _status.TakeExchanges(out long skipped))
            {
                if (skipped > 0)
                {
                    Line("path", $"{skipped:N0} exchanges not shown");
                    skipped = 0;
                }

                string peer = exchange.IsNotification ? "" : exchange.Peer + " ";
                Line(exchange.At, exchange.IsNotification ? "notify" : "request",
                    $"{exchange.Path} {peer}{ExchangeText.Subject(exchange)} -> {ExchangeText.Outcome(exchange)}");
            }
        }
    }
}
