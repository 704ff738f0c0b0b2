using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Text.Json;
using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Metering;
using NanoComm.Power;
using NanoComm.RouteB;
using NanoComm.WiSun;

namespace NanoComm.Virtual.Web
{
    /// <summary>
    /// All that the page shows, as messages of the stream: sections, which are told as a whole when they have changed, and
    /// what happens, of which the last is kept: log lines, exchanges, and the light's going on and off. Codes and numbers
    /// alone: words are the page's. One caller at a time.
    /// </summary>
    internal sealed class Picture
    {
        private const int MostExchanges = 40;
        private const int MostAtOnce = 12;
        private const int MostLines = 200;
        private const double HundredthsPerDbm = 100;

        private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1.2);

        private readonly LogTail _log;
        private readonly SiteActions _actions;
        private readonly Section[] _sections;
        private readonly Section _nobody;
        private readonly Queue<(byte[] Message, int Count)> _exchanges = new();
        private readonly Queue<byte[]> _lines = new();
        private readonly SecurityLogEntry _entry = new();
        private ShownUnit _unit;
        private long _started;
        private DateTime? _clock;
        private long _clockAt;
        private long _logCursor;
        private long _exchangeCursor;
        private int _exchangesKept;
        private bool _hasPaused;
        private long _lightCursor;

        /// <summary>Makes it.</summary>
        /// <param name="log">The last log lines.</param>
        /// <param name="actions">What the buttons do.</param>
        public Picture(LogTail log, SiteActions actions)
        {
            _log = log;
            _actions = actions;
            _nobody = new Section("off", _ => { });
            _sections =
            [
                new Section("unit", WriteUnit), new Section("reading", WriteReading), new Section("clock", WriteClock),
                new Section("minutes", WriteMinutes), new Section("days", WriteDays), new Section("wisun", WriteWiSun),
                new Section("wifi", WriteWifi), new Section("power", WritePower), new Section("counters", WriteCounters),
                new Section("security", WriteSecurity), new Section("site", WriteSite),
            ];
        }

        private Status Status => _unit.Status;

        /// <summary>Shows another unit; null for none.</summary>
        public void Show(ShownUnit unit)
        {
            _unit = unit;
            _actions.Show(unit);
            _started = unit is null ? 0 : (DateTimeOffset.UtcNow - unit.Status.Uptime).ToUnixTimeMilliseconds();
            _clock = null;
            _exchangeCursor = 0;
            _lightCursor = 0;
            _exchanges.Clear();
            _exchangesKept = 0;
            _hasPaused = true;
            _nobody.Forget();
            foreach (Section section in _sections)
            {
                section.Forget();
            }
        }

        /// <summary>Nobody has looked since the last call: what passed meanwhile is not missed.</summary>
        public void Pause()
        {
            _hasPaused = true;
        }

        /// <summary>Tells what has changed since the last call.</summary>
        public void Changes(Action<byte[]> tell)
        {
            TellLines(tell);
            if (_unit is null)
            {
                if (_nobody.HasChanged())
                {
                    tell(_nobody.Last);
                }

                return;
            }

            Status.Refresh(out _);
            SetClock();
            foreach (Section section in _sections)
            {
                if (section.HasChanged())
                {
                    tell(section.Last);
                }
            }

            TellLight(tell);
            TellExchanges(tell);
        }

        /// <summary>Tells all that is to be seen, as it was at the last call of <see cref="Changes"/>.</summary>
        public void All(Action<byte[]> tell)
        {
            tell(Message.Make("begin", json => json.WriteNumber("now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())));
            foreach (byte[] line in _lines)
            {
                tell(line);
            }

            if (_unit is null)
            {
                tell(_nobody.Last);
                return;
            }

            foreach (Section section in _sections)
            {
                tell(section.Last);
            }

            tell(Message.Make("light", json => WriteLight(json, [])));
            foreach ((byte[] message, _) in _exchanges)
            {
                tell(message);
            }
        }

        private static void Number(Utf8JsonWriter json, string name, long? value)
        {
            if (value is long number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        private static void Time(Utf8JsonWriter json, string name, DateTime? time)
        {
            if (time is DateTime known)
            {
                json.WriteString(name, known.ToString("yyyy-MM-dd'T'HH:mm:ss"));
            }
            else
            {
                json.WriteNull(name);
            }
        }

        private static long Stamp(long timestamp) => timestamp / (Stopwatch.Frequency / 1000);

        private static long UnixTime(DateTime local) => new DateTimeOffset(local).ToUnixTimeMilliseconds();

        // Told anew only where it is not what the page makes of what it was told by itself.
        private void SetClock()
        {
            long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            DateTime? expected = _clock?.AddMilliseconds((now - _clockAt) * Status.Options.Speed);
            DateTime? time = Status.MeterClock;
            if (expected is null || time is null || (time.Value - expected.Value).Duration() > ClockTolerance * Status.Options.Speed)
            {
                _clock = time;
                _clockAt = now;
            }
        }

        private void WriteUnit(Utf8JsonWriter json)
        {
            json.WriteString("class", Status.IsHighVoltage ? "high" : "low");
            json.WriteNumber("speed", Status.Options.Speed);
            json.WriteNumber("started", _started);
            json.WriteString("title", _unit.Session.Title);
            json.WriteStartArray("addresses");
            foreach (string address in Status.Addresses)
            {
                json.WriteStringValue(address);
            }

            json.WriteEndArray();
            json.WriteString("meteringUnit", _unit.Session.Site.MeteringUnit is null ? Status.MeteringUnit : null);
            json.WriteString("metering", _unit.Unit.Metering.State.ToString());
            json.WriteBoolean("associating", _unit.Unit.MeteringUnit.IsAssociating);
            json.WriteBoolean("fresh", Status.IsFresh);
            json.WriteBoolean("live", Status.IsLive);
            json.WriteString("gaps", Status.Gaps);
            json.WriteString("pairing", Status.Pairing.ToString());
            json.WriteString("detail", Status.PairingDetail.ToString());
            json.WriteNumber("epoch", Status.PairingEpoch);
            json.WriteString("meter", _unit.Unit.Pairing.MeterTitle is byte[] title ? Convert.ToHexString(title) : null);
            json.WriteString("light", Status.Light.ToString());
            json.WriteBoolean("open", _unit.Unit.Policy.IsRouteBOpen);
            json.WriteString("credentials", Status.WiSun.Credentials.Text);
        }

        private void WriteReading(Utf8JsonWriter json)
        {
            MeterReading reading = Status.Reading;
            bool isLive = Status.IsLive;
            Number(json, "power", isLive && reading.Power != MeterReading.NoPower ? reading.Power : null);
            json.WriteNumber("step", Status.EnergyStep);
            json.WriteNumber("demandStep", Status.IsHighVoltage ? Status.DemandStep : 0);
            json.WriteNumber("reactiveStep", Status.IsHighVoltage ? Status.ReactiveStep : 0);
            Time(json, "read", Status.LastReading);
            json.WriteStartArray("rows");
            if (Status.IsHighVoltage)
            {
                WriteHighVoltage(json, reading, isLive);
            }
            else
            {
                WriteLowVoltage(json, reading, isLive);
            }

            json.WriteEndArray();
        }

        private void WriteLowVoltage(Utf8JsonWriter json, MeterReading reading, bool isLive)
        {
            bool isFresh = Status.IsFresh;
            decimal step = Status.EnergyStep;
            Energy(json, "E0", "", isFresh ? reading.Normal : MeterReading.NoEnergy, step, "kWh", null);
            Energy(json, "E3", "", isFresh ? reading.Reverse : MeterReading.NoEnergy, step, "kWh", null);
            Row(json, "E7", "", isLive && reading.Power != MeterReading.NoPower ? reading.Power : null, 1, "W", null);
            Currents(json, "E8", reading, isLive);
            DateTime? minute = Status.ToDateTime(reading.MinuteTime);
            Energy(json, "D0", "normal", reading.MinuteNormal, step, "kWh", minute);
            Energy(json, "D0", "reverse", reading.MinuteReverse, step, "kWh", minute);
            Energy(json, "EA", "", Status.HalfHourNormal, step, "kWh", Status.HalfHourTime);
            Energy(json, "EB", "", Status.HalfHourReverse, step, "kWh", Status.HalfHourTime);
        }

        // By the property codes of class 028F.
        private void WriteHighVoltage(Utf8JsonWriter json, MeterReading reading, bool isLive)
        {
            bool isFresh = Status.IsFresh;
            decimal step = Status.EnergyStep;
            uint Of(int register) => isFresh ? reading.High[register] : MeterReading.NoEnergy;
            Energy(json, "E2", "normal", isFresh ? reading.Normal : MeterReading.NoEnergy, step, "kWh", null);
            Energy(json, "E2", "reverse", isFresh ? reading.Reverse : MeterReading.NoEnergy, step, "kWh", null);
            Energy(json, "D5", "normal", Of(HighVoltageReading.LagNormal), Status.ReactiveStep, "kvarh", null);
            Row(json, "EA", "", isLive && reading.Power != MeterReading.NoPower ? reading.Power : null, 1, "W", null);
            Currents(json, "EB", reading, isLive);
            Energy(json, "C1", "normal", Of(HighVoltageReading.MaximumDemandNormal), Status.DemandStep, "kW", null);
            DateTime? minute = Status.ToDateTime(reading.MinuteTime);
            Energy(json, "D0", "normal", reading.MinuteNormal, step, "kWh", minute);
            Energy(json, "D0", "reverse", reading.MinuteReverse, step, "kWh", minute);
            Energy(json, "E3", "normal", Status.HalfHourNormal, step, "kWh", Status.HalfHourTime);
            Energy(json, "E3", "reverse", Status.HalfHourReverse, step, "kWh", Status.HalfHourTime);
            Energy(json, "C3", "normal", Status.HighHalfHour(HighVoltageData.DemandNormal), Status.DemandStep, "kW",
                Status.HalfHourTime);
        }

        private static void Currents(Utf8JsonWriter json, string epc, MeterReading reading, bool isLive)
        {
            Row(json, epc, "R", isLive && reading.CurrentR != MeterReading.NoCurrent ? reading.CurrentR : null, 0.1m, "A", null);
            Row(json, epc, "T", isLive && reading.CurrentT != MeterReading.NoCurrent ? reading.CurrentT : null, 0.1m, "A", null);
        }

        private static void Energy(Utf8JsonWriter json, string epc, string part, uint register, decimal step, string unit,
            DateTime? at)
        {
            Row(json, epc, part, register == MeterReading.NoEnergy || step == 0 ? null : register, step, unit, at);
        }

        private static void Row(Utf8JsonWriter json, string epc, string part, long? value, decimal step, string unit, DateTime? at)
        {
            json.WriteStartObject();
            json.WriteString("epc", epc);
            json.WriteString("part", part);
            Number(json, "value", value);
            json.WriteNumber("step", step);
            json.WriteString("unit", unit);
            Time(json, "at", at);
            json.WriteEndObject();
        }

        private void WriteClock(Utf8JsonWriter json)
        {
            json.WriteNumber("at", _clockAt);
            Time(json, "time", _clock);
        }

        private void WriteMinutes(Utf8JsonWriter json)
        {
            Time(json, "newest", Status.ToDateTime(_unit.Unit.Data.Minutes.Newest));
            json.WriteStartArray("powers");
            foreach (double? power in Status.MinutePowers())
            {
                if (power is double watts)
                {
                    json.WriteNumberValue(Math.Round(watts));
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        }

        private void WriteDays(Utf8JsonWriter json)
        {
            IntervalBuffer halfHours = _unit.Unit.Data.HalfHours;
            Time(json, "newest", Status.ToDateTime(halfHours.Newest));
            json.WriteBoolean("complete", !halfHours.FindGap(1, out _, out _));
        }

        private void WriteWiSun(Utf8JsonWriter json)
        {
            WiSunPath path = _unit.Unit.WiSunPath;
            json.WriteBoolean("there", path is not null);
            if (path is null)
            {
                return;
            }

            Coordinator driver = path.Coordinator;
            SessionPort port = driver.Port;
            json.WriteString("module", _unit.Session.Site.WiSun is null ? Status.WiSun.Module : null);
            json.WriteString("dongle", Status.WiSun.Dongle);
            json.WriteString("state", driver.State.ToString());
            json.WriteString("channel", driver.Channel == 0 ? null : driver.Channel.ToString("X2"));
            json.WriteString("pan", driver.Channel == 0 ? null : driver.PanId.ToString("X4"));
            json.WriteString("terminal", port.IsJoined ? new IPAddress(port.Terminal).ToString() : null);
            Number(json, "dbm", port.LinkQuality.IsKnown ? (long)Math.Round(port.LinkQuality.Hundredths / HundredthsPerDbm) : null);
            json.WriteNumber("limit", LinkQuality.Limit / HundredthsPerDbm);
            json.WriteNumber("joins", port.Joins);
            json.WriteNumber("refused", port.RefusedJoins);
            json.WriteNumber("in", port.DatagramsIn);
            json.WriteNumber("out", port.DatagramsOut);
            json.WriteNumber("sent", driver.TransmitMilliseconds);
            json.WriteNumber("mostSent", TransmitAccount.Limit);
            json.WriteNumber("restarts", driver.ModuleRestarts);
        }

        private void WriteWifi(Utf8JsonWriter json)
        {
            WifiStatus wifi = Status.Wifi;
            json.WriteBoolean("there", wifi is not null);
            if (wifi is not null)
            {
                json.WriteString("state", wifi.Now.ToString());
                json.WriteString("ssid", wifi.Ssid);
                json.WriteString("address", wifi.Address);
                Number(json, "dbm", wifi.Signal == 0 ? null : wifi.Signal);
            }
        }

        private void WritePower(Utf8JsonWriter json)
        {
            json.WriteNumber("granted", _unit.Unit.Power.Granted);
            json.WriteNumber("free", _unit.Unit.Power.Free);
            json.WriteBoolean("low", _unit.Unit.PowerWatch.IsLow);
            json.WriteNumber("brownOuts", _unit.Unit.PowerWatch.BrownOuts);
            json.WriteStartArray("loads");
            foreach (PowerGrant load in Status.PowerBudget.Loads)
            {
                json.WriteStartObject();
                json.WriteString("name", load.Name);
                json.WriteString("state", Status.PowerBudget.StateOf(load));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteCounters(Utf8JsonWriter json)
        {
            json.WriteNumber("readings", Status.Readings);
            json.WriteNumber("liveReadings", Status.LiveReadings);
            json.WriteNumber("readFailures", Status.ReadFailures);
            json.WriteNumber("linkBytes", (long)Status.Link.BytesSent + Status.Link.BytesReceived);
            json.WriteNumber("linkRetransmissions", Status.Link.Retransmissions);
            json.WriteNumber("linkTimeouts", Status.Link.Timeouts);
            json.WriteNumber("linkNoiseBytes", Status.LinkNoiseBytes);
            json.WriteNumber("differences", Status.Differences);
            json.WriteNumber("requests", Status.Requests);
            json.WriteNumber("answers", Status.Answers);
            json.WriteNumber("notifications", Status.Notifications);
            json.WriteNumber("terminals", Status.Terminals);
            json.WriteNumber("provenTerminals", Status.ProvenTerminals);
            json.WriteNumber("greeted", Status.Greeted);
            json.WriteNumber("lost", Status.Lost);
            json.WriteNumber("notSent", Status.NotSent);
            json.WriteNumber("selectorsRefused", Status.SelectorsRefused);
            json.WriteNumber("loopFailures", Status.LoopFailures);
            WriteCounts(json, "drops", Status.Drops);
            WriteCounts(json, "linkDrops", Status.LinkDrops);
        }

        private static void WriteCounts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, int> counts)
        {
            json.WriteStartObject(name);
            foreach ((string reason, int count) in counts)
            {
                json.WriteNumber(reason, count);
            }

            json.WriteEndObject();
        }

        private void WriteSecurity(Utf8JsonWriter json)
        {
            json.WriteStartArray("entries");
            for (int i = 0; _unit.Unit.Security.Get(i, _entry); i++)
            {
                json.WriteStartObject();
                json.WriteString("event", _entry.Event.ToString());
                json.WriteNumber("count", _entry.Count);
                WriteStamp(json, "first", _entry.First, _entry.IsFirstDated);
                WriteStamp(json, "last", _entry.Last, _entry.IsLastDated);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        // A date, or as a number the seconds since the start.
        private static void WriteStamp(Utf8JsonWriter json, string name, uint seconds, bool isDated)
        {
            if (isDated)
            {
                Time(json, name, Status.ToDateTime(seconds));
            }
            else
            {
                json.WriteNumber(name, seconds);
            }
        }

        private void WriteSite(Utf8JsonWriter json)
        {
            _actions.Write(json);
        }

        private void TellLines(Action<byte[]> tell)
        {
            foreach (LogLine line in _log.Take(ref _logCursor))
            {
                byte[] message = Message.Make("log", json =>
                {
                    json.WriteNumber("at", UnixTime(line.At));
                    json.WriteString("level", line.Level.ToString());
                    json.WriteString("source", line.Source);
                    json.WriteString("text", line.Text);
                });
                _lines.Enqueue(message);
                if (_lines.Count > MostLines)
                {
                    _lines.Dequeue();
                }

                tell(message);
            }
        }

        private void TellLight(Action<byte[]> tell)
        {
            var changes = new List<(long At, bool Lit)>();
            _unit.Board.Light.Take(ref _lightCursor, (at, lit) => changes.Add((Stamp(at), lit)));
            if (changes.Count > 0)
            {
                tell(Message.Make("light", json => WriteLight(json, changes)));
            }
        }

        private void WriteLight(Utf8JsonWriter json, List<(long At, bool Lit)> changes)
        {
            json.WriteNumber("now", Stamp(Stopwatch.GetTimestamp()));
            json.WriteBoolean("lit", _unit.Board.Light.Lit);
            json.WriteStartArray("changes");
            foreach ((long at, bool lit) in changes)
            {
                json.WriteStartArray();
                json.WriteNumberValue(at);
                json.WriteBooleanValue(lit);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        // The newest ones of many: who asks faster than anybody can look is counted.
        private void TellExchanges(Action<byte[]> tell)
        {
            IReadOnlyList<Exchange> taken = Status.Exchanges.Take(ref _exchangeCursor, out long skipped);
            if (taken.Count == 0)
            {
                return;
            }

            int from = Math.Max(0, taken.Count - (_hasPaused ? MostExchanges : MostAtOnce));
            skipped = _hasPaused ? 0 : skipped + from;
            _hasPaused = false;
            byte[] message = Message.Make("exchanges", json =>
            {
                json.WriteNumber("skipped", skipped);
                json.WriteStartArray("taken");
                foreach (Exchange exchange in taken.Skip(from))
                {
                    WriteExchange(json, exchange);
                }

                json.WriteEndArray();
            });
            Keep(message, taken.Count - from);
            tell(message);
        }

        private void Keep(byte[] message, int count)
        {
            _exchanges.Enqueue((message, count));
            for (_exchangesKept += count; _exchangesKept > MostExchanges; )
            {
                _exchangesKept -= _exchanges.Dequeue().Count;
            }
        }

        private static void WriteExchange(Utf8JsonWriter json, Exchange exchange)
        {
            json.WriteStartObject();
            json.WriteNumber("at", UnixTime(exchange.At));
            json.WriteString("path", exchange.Path);
            json.WriteBoolean("ours", exchange.IsNotification);
            json.WriteString("peer", exchange.Peer);
            json.WriteString("drop", exchange.Drop == DropReason.None ? null : exchange.Drop.ToString());
            json.WriteString("request", Convert.ToHexString(exchange.Request));
            json.WriteString("response", Convert.ToHexString(exchange.Response));
            json.WriteEndObject();
        }
    }
}
