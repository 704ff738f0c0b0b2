using System;
using System.Text.Json;
using System.Threading;
using NanoComm.Virtual.Events;

namespace NanoComm.Virtual
{
    /// <summary>One JSON object a line for each thing that happens, in the order of their times: for another program.</summary>
    internal sealed class JsonView : IView
    {
        private readonly Status _status;
        private readonly Changes _changes;
        private readonly EventOrder<JsonEvent> _waiting = new();
        private UnitStanding? _told;

        public JsonView(Status status, Changes changes)
        {
            _status = status;
            _changes = changes;
        }

        public void Run(ManualResetEventSlim end)
        {
            Write(EventMaker.Start(_status, _status.Log.Began));
            bool ended = false;
            while (!ended)
            {
                ended = _changes.Wait(end);
                Show();
            }

            Show();
            Write(EventMaker.End(_status, EventTime.Now));
        }

        private static void Write(JsonEvent happened)
        {
            Console.WriteLine(JsonSerializer.Serialize(happened, happened.GetType(), JsonEvents.Written));
        }

        private void Show()
        {
            DateTime now = EventTime.Now;
            TakeLog();
            TakeExchanges();
            Observe(now);
            foreach (JsonEvent happened in _waiting.Take(now))
            {
                Write(happened);
            }
        }

        private void Add(JsonEvent happened) => _waiting.Add(happened.At, happened);

        private void TakeLog()
        {
            while (_status.Log.TryTake(out LogLine line))
            {
                Add(EventMaker.Log(line));
            }
        }

        private void TakeExchanges()
        {
            foreach (Exchange exchange in _status.TakeExchanges(out long skipped))
            {
                if (skipped > 0)
                {
                    Add(EventMaker.Skipped(skipped, exchange.At));
                    skipped = 0;
                }

                Add(EventMaker.Passed(exchange));
            }
        }

        // What nobody stamps is seen now.
        private void Observe(DateTime now)
        {
            ObserveState(now);
            if (_status.WiSun.HasChanged())
            {
                Add(EventMaker.WiSun(_status, now));
            }

            if (_status.Wifi is { } wifi && wifi.HasChanged())
            {
                Add(EventMaker.Wifi(wifi, now));
            }

            if (_status.PowerBudget.HasChanged())
            {
                Add(EventMaker.Power(_status, now));
            }

            if (_status.Refresh(out bool isLive))
            {
                Add(EventMaker.Reading(_status.Reading, now));
            }
            else if (isLive)
            {
                Add(EventMaker.Live(_status.Reading, now));
            }
        }

        private void ObserveState(DateTime now)
        {
            UnitStanding standing = _status.Standing;
            if (standing != _told)
            {
                _told = standing;
                Add(EventMaker.State(_status, now));
            }
        }
    }
}
