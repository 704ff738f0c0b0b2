using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Supervision;

namespace NanoComm.Virtual
{
    /// <summary>One JSON object a line for each thing that happens, in the order of their times: for another program.</summary>
    internal sealed class JsonView : IView
    {
        private const int Period = 100;

        private static readonly JsonSerializerOptions Format = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        private readonly Status _status;
        private readonly List<(DateTime At, object Happened)> _waiting = [];
        private (PairingState, PairingDetail, uint, LightPattern, MeteringState, string, int)? _told;

        public JsonView(Status status)
        {
            _status = status;
        }

        public void Run(ManualResetEventSlim end)
        {
            Write(JsonEvents.Start(_status, _status.Log.Began));
            bool ended = false;
            while (!ended)
            {
                ended = end.Wait(Period);
                Show();
            }

            Show();
            Write(JsonEvents.End(_status, EventTime.Now));
        }

        private static void Write(object happened)
        {
            Console.WriteLine(JsonSerializer.Serialize(happened, Format));
        }

        // What is stamped before this moment has been kept already, and what is taken now and is younger waits for the next
        // look: so nothing is told that something older could still follow.
        private void Show()
        {
            DateTime now = EventTime.Now;
            TakeLog();
            TakeExchanges();
            Observe(now);
            foreach ((_, object happened) in _waiting.Where(one => one.At <= now).OrderBy(one => one.At))
            {
                Write(happened);
            }

            _waiting.RemoveAll(one => one.At <= now);
        }

        private void TakeLog()
        {
            while (_status.Log.TryTake(out LogLine line))
            {
                _waiting.Add((line.At, JsonEvents.Log(line)));
            }
        }

        private void TakeExchanges()
        {
            foreach (Exchange exchange in _status.TakeExchanges(out long skipped))
            {
                if (skipped > 0)
                {
                    _waiting.Add((exchange.At, JsonEvents.Skipped(skipped, exchange.At)));
                    skipped = 0;
                }

                _waiting.Add((exchange.At, JsonEvents.Passed(exchange)));
            }
        }

        // What nobody stamps is seen now.
        private void Observe(DateTime now)
        {
            ObserveState(now);
            if (_status.WiSun.HasChanged())
            {
                _waiting.Add((now, JsonEvents.WiSun(_status, now)));
            }

            if (_status.Wifi is { } wifi && wifi.HasChanged())
            {
                _waiting.Add((now, JsonEvents.Wifi(wifi, now)));
            }

            if (_status.PowerBudget.HasChanged())
            {
                _waiting.Add((now, JsonEvents.Power(_status, now)));
            }

            if (_status.Refresh(out bool isLive))
            {
                _waiting.Add((now, JsonEvents.Reading(_status.Reading, now)));
            }
            else if (isLive)
            {
                _waiting.Add((now, JsonEvents.Live(_status.Reading, now)));
            }
        }

        private void ObserveState(DateTime now)
        {
            var state = (_status.Pairing, _status.PairingDetail, _status.PairingEpoch, _status.Light, _status.Metering,
                _status.Gaps, _status.HangRestarts);
            if (state != _told)
            {
                _told = state;
                _waiting.Add((now, JsonEvents.State(_status, now)));
            }
        }
    }
}
