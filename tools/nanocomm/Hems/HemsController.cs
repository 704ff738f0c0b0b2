using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>
    /// A controller: finds the meter of its route-B id, joins it, reads it each minute and half hour, fetches what it
    /// missed, and joins again when the session went.
    /// </summary>
    internal sealed class HemsController
    {
        private const int AnswerPatience = 5000;
        private const int SendPause = 2000;
        private const int Attempts = 3;
        private const int RejoinPause = 10_000;
        private const int GapsPerReading = 6;
        private const int LowVoltageMeterClass = 0x0288;
        private const byte InstanceListS = 0xD6;
        private const byte InfMap = 0x9D;
        private const byte SetMap = 0x9E;
        private const byte GetMap = 0x9F;

        // 4.8 s for all channels, and 9.2 s for a meter that must wait for its turn.
        private static readonly int[] ScanDurations = [4, 5];

        private readonly HemsModule _module;
        private readonly RouteBCredentials _credentials;
        private readonly TimeSpan _interval;
        private readonly IHemsView _view;
        private readonly CancellationToken _end;
        private string _address;
        private bool _isJoined;
        private bool _wasJoined;
        private int _meterEoj;
        private int _tid;

        /// <summary>Makes it.</summary>
        /// <param name="module">The module.</param>
        /// <param name="credentials">Of the meter.</param>
        /// <param name="interval">From one reading to the next.</param>
        /// <param name="view">Is told what happens.</param>
        /// <param name="end">Ends it.</param>
        public HemsController(HemsModule module, RouteBCredentials credentials, TimeSpan interval, IHemsView view,
            CancellationToken end)
        {
            _module = module;
            _credentials = credentials;
            _interval = interval;
            _view = view;
            _end = end;
        }

        /// <summary>The meter, as far as it is known.</summary>
        public HemsMeter Meter { get; } = new();

        /// <summary>Runs until the end.</summary>
        /// <exception cref="HemsFault">The first join did not come about; later ones are tried again and again.</exception>
        public void Run()
        {
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    Connect();
                    ReadUntilLost();
                }
                catch (HemsFault fault) when (_wasJoined)
                {
                    _isJoined = false;
                    _view.Tell("trouble", fault.Message, new { reason = fault.Message });
                    _end.WaitHandle.WaitOne(RejoinPause);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }

        /// <summary>Ends the session, so that the meter is free for another controller. Call after
        /// <see cref="Run"/>.</summary>
        public void Leave()
        {
            if (!_isJoined)
            {
                return;
            }

            try
            {
                _module.Leave();
                _view.Tell("left", "session ended", null);
            }
            catch (HemsFault)
            {
                // Gone already: the meter lets the session expire.
            }
        }

        private void Connect()
        {
            _module.Open();
            _view.Tell("module", $"SKSTACK {_module.Version}, dialect {_module.Dialect}",
                new { _module.Version, _module.Dialect });
            _module.Use(_credentials);
            HemsPan pan = Search();
            string weak = pan.Rssi < HemsPan.UsableFrom
                ? $": below {HemsPan.UsableFrom} dBm, move the dongle or the antenna"
                : "";
            _view.Tell("found", $"a meter on channel {pan.Channel:X2}, PAN {pan.Pan:X4}, {pan.Rssi:F0} dBm{weak}", new
            {
                Channel = pan.Channel.ToString("X2"),
                Pan = pan.Pan.ToString("X4"),
                pan.Mac,
                pan.Lqi,
                Dbm = Math.Round(pan.Rssi, 1),
            });
            _address = _module.Join(pan) ?? _module.Join(pan) ?? throw new HemsFault($"the meter is there (channel "
                + $"{pan.Channel:X2}, PAN {pan.Pan:X4}, {pan.Rssi:F0} dBm) and does not let us in: look at the password; "
                + "if it is right, another controller may hold the meter's one session");
            _isJoined = true;
            _wasJoined = true;
            _view.Tell("joined", $"{_address}, encrypted", new { Address = _address });
        }

        private HemsPan Search()
        {
            string pairingId = _credentials.Id[^8..];
            foreach (int duration in ScanDurations)
            {
                _view.Tell("search", "on all channels", null);
                if (_module.Scan(pairingId, duration) is HemsPan pan)
                {
                    return pan;
                }
            }

            throw new HemsFault("no meter answers to this route-B id: look at the id; if it is right, at the meter's side "
                + "(route B opened, the same id set) and at the distance");
        }

        private void ReadUntilLost()
        {
            Identify();
            while (_isJoined)
            {
                var clock = Stopwatch.StartNew();
                ReadNow();
                FetchGaps(Meter.MinuteValues, HemsMeter.MinutesTime, HemsMeter.Minutes);
                FetchGaps(Meter.HalfHourValues, HemsMeter.HalfHoursTime, HemsMeter.HalfHours);
                Listen(clock, (long)_interval.TotalMilliseconds);
            }

            throw new HemsFault("the session with the meter ended; joining again");
        }

        private void Identify()
        {
            HemsFrame node = Get(HemsFrame.NodeProfile, InstanceListS);
            _meterEoj = Instances(node?[InstanceListS]).FirstOrDefault(eoj => eoj >> 8 == LowVoltageMeterClass);
            if (_meterEoj == 0)
            {
                throw new HemsFault(node == null
                    ? "the meter let us in and answers no ECHONET Lite request: look at the meter's side"
                    : "what let us in is no low-voltage smart meter (class 0x0288): look at the meter's side");
            }

            HemsFrame maps = Get(_meterEoj, InfMap, SetMap, GetMap) ?? throw Mute();
            Meter.InfMap = HemsFrame.ReadMap(maps[InfMap]);
            Meter.SetMap = HemsFrame.ReadMap(maps[SetMap]);
            Meter.GetMap = HemsFrame.ReadMap(maps[GetMap]);
            HemsFrame scale = Get(_meterEoj, Readable(HemsMeter.Coefficient, HemsMeter.Unit)) ?? throw Mute();
            Meter.SetScale(scale[HemsMeter.Coefficient], scale[HemsMeter.Unit]);
            _view.Tell("meter", $"{_meterEoj:X6}, {Meter.GetMap.Count} properties to read, {Meter.SetMap.Count} to set; "
                + $"one step is {Meter.Scale} kWh", new
                {
                    Eoj = _meterEoj.ToString("X6"),
                    Get = ToText(Meter.GetMap),
                    Set = ToText(Meter.SetMap),
                    Inf = ToText(Meter.InfMap),
                    KilowattHoursPerStep = Meter.Scale,
                });
        }

        private void ReadNow()
        {
            HemsFrame answer = Get(_meterEoj, Readable(HemsMeter.Power, HemsMeter.Currents, HemsMeter.Normal,
                HemsMeter.Reverse, HemsMeter.OneMinute)) ?? throw Mute();
            HemsEnergy minute = HemsMeter.ToEnergyAt(answer[HemsMeter.OneMinute], null);
            var reading = new HemsReading(DateTime.Now, HemsMeter.ToPower(answer[HemsMeter.Power]),
                HemsMeter.ToCurrent(answer[HemsMeter.Currents], 0), HemsMeter.ToCurrent(answer[HemsMeter.Currents], 1),
                Meter.ToEnergy(HemsMeter.ToRegister(answer[HemsMeter.Normal])),
                Meter.ToEnergy(HemsMeter.ToRegister(answer[HemsMeter.Reverse])), minute?.Time);
            _view.Tell("reading", $"normal {Text(reading.Normal, "kWh")}, reverse {Text(reading.Reverse, "kWh")}, "
                + $"{Text(reading.Power, "W")}, R {Text(reading.CurrentR, "A")}, T {Text(reading.CurrentT, "A")}", reading);
            Keep(Meter.MinuteValues, minute, "minute");
            if (IsHalfHourDue(minute?.Time))
            {
                KeepHalfHour(Get(_meterEoj, Readable(HemsMeter.HalfHourNormal, HemsMeter.HalfHourReverse))
                    ?? throw Mute());
            }
        }

        // A meter without D0 says no time: then each reading asks for the half hour.
        private bool IsHalfHourDue(DateTime? now)
        {
            return Meter.GetMap.Contains(HemsMeter.HalfHourNormal)
                && (now == null || Meter.HalfHourValues.Newest is not DateTime newest
                    || now >= newest + Meter.HalfHourValues.Interval);
        }

        private void KeepHalfHour(HemsFrame frame)
        {
            Keep(Meter.HalfHourValues,
                HemsMeter.ToEnergyAt(frame[HemsMeter.HalfHourNormal], frame[HemsMeter.HalfHourReverse] ?? []), "halfHour");
        }

        private void FetchGaps(HemsSeries series, byte selector, byte data)
        {
            bool isServed = Meter.GetMap.Contains(data) && Meter.SetMap.Contains(selector);
            for (int i = 0; isServed && _isJoined && i < GapsPerReading; i++)
            {
                series.FindGap(out DateTime last, out int rows);
                if (rows == 0)
                {
                    return;
                }

                HemsFrame chosen = Ask(_meterEoj, HemsFrame.SetC, (selector, HemsMeter.ToSelector(last, rows)));
                HemsFrame answer = chosen?.Esv == HemsFrame.SetRes ? Get(_meterEoj, data) : null;
                HemsEnergy[] values = HemsMeter.ToRows(answer?[data], series.Interval).ToArray();
                int added = values.Count(series.Add);
                if (added == 0)
                {
                    return;
                }

                _view.Tell("fetched", $"{added} missed values of {Math.Round(series.Interval.TotalMinutes)} min back from "
                    + $"{last:yyyy-MM-dd HH:mm}", new
                    {
                        IntervalMinutes = series.Interval.TotalMinutes,
                        Values = values.Select(ToData),
                    });
            }
        }

        private void Keep(HemsSeries series, HemsEnergy value, string kind)
        {
            if (value != null && series.Add(value))
            {
                _view.Tell(kind, $"{value.Time:yyyy-MM-dd HH:mm}  normal {Text(Meter.ToEnergy(value.Normal), "kWh")}, "
                    + $"reverse {Text(Meter.ToEnergy(value.Reverse), "kWh")}", ToData(value));
            }
        }

        private void Listen(Stopwatch clock, long milliseconds)
        {
            while (_isJoined && _module.Receive(clock, milliseconds) is object heard)
            {
                Hear(heard);
            }
        }

        private HemsFrame Get(int eoj, params byte[] epcs)
        {
            return Ask(eoj, HemsFrame.Get, epcs.Select(epc => (epc, Array.Empty<byte>())).ToArray());
        }

        // Null when nobody answers; then the session is over, as far as a controller can tell.
        private HemsFrame Ask(int eoj, byte esv, params (byte Epc, byte[] Edt)[] properties)
        {
            for (int attempt = 0; _isJoined && attempt < Attempts; attempt++)
            {
                _tid = (_tid + 1) & 0xFFFF;
                var clock = Stopwatch.StartNew();
                bool isSent = _module.Send(_address, HemsFrame.Write(_tid, eoj, esv, properties));
                long patience = isSent ? AnswerPatience : SendPause;
                while (_isJoined && _module.Receive(clock, patience) is object heard)
                {
                    if (Hear(heard) is HemsFrame frame && frame.Tid == _tid && frame.Seoj == eoj
                        && frame.Esv != HemsFrame.Inf)
                    {
                        return frame;
                    }
                }
            }

            return null;
        }

        private HemsFrame Hear(object heard)
        {
            if (heard is HemsNotice notice)
            {
                _isJoined &= !notice.EndsSession;
                return null;
            }

            HemsFrame frame = heard is HemsDatagram datagram ? HemsFrame.Read(datagram.Data) : null;
            if (frame?.Esv == HemsFrame.Inf)
            {
                _view.Tell("notified", $"{frame.Seoj:X6}: {ToText(frame.Properties.Select(property => property.Key))}", new
                {
                    Eoj = frame.Seoj.ToString("X6"),
                    Properties = frame.Properties.ToDictionary(property => property.Key.ToString("X2"),
                        property => Convert.ToHexString(property.Value)),
                });
                if (frame.Seoj == _meterEoj)
                {
                    KeepHalfHour(frame);
                }
            }

            return frame;
        }

        private byte[] Readable(params byte[] epcs)
        {
            return epcs.Where(Meter.GetMap.Contains).ToArray();
        }

        private static IEnumerable<int> Instances(byte[] list)
        {
            return Enumerable.Range(0, list == null ? 0 : (list.Length - 1) / 3)
                .Select(i => HemsFrame.Number(list, 1 + (i * 3), 3));
        }

        private object ToData(HemsEnergy value)
        {
            return new { value.Time, Normal = Meter.ToEnergy(value.Normal), Reverse = Meter.ToEnergy(value.Reverse) };
        }

        private static string Text(decimal? value, string unit)
        {
            return HemsMeter.ToText(value, unit);
        }

        private static string ToText(IEnumerable<byte> epcs)
        {
            return string.Join(' ', epcs.Order().Select(epc => epc.ToString("X2")));
        }

        private static HemsFault Mute()
        {
            return new HemsFault("the meter does not answer any more: look at the distance and the meter's side; "
                + "joining again");
        }
    }
}
