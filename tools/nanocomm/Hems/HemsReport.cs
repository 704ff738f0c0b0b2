using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>Tells a view what a controller does: for people and for programs.</summary>
    internal sealed class HemsReport
    {
        private readonly HemsController _hems;
        private readonly HemsReadings _readings;
        private readonly IHemsView _view;

        /// <summary>Tells from now on.</summary>
        /// <param name="hems">The controller; nothing has been asked of it yet.</param>
        /// <param name="view">Is told.</param>
        public HemsReport(HemsController hems, IHemsView view)
        {
            _hems = hems;
            _view = view;
            hems.ModuleReady += () => _view.Tell("module", $"SKSTACK {_hems.Version}, dialect {_hems.Dialect}",
                new { _hems.Version, _hems.Dialect });
            hems.Searching += () => _view.Tell("search", "on all channels", null);
            hems.Found += TellFound;
            hems.Joined += () => _view.Tell("joined", $"{_hems.Meter}, encrypted", new { Address = _hems.Meter });
            hems.Left += () => _view.Tell("left", "session ended", null);
            hems.Trouble += TellTrouble;

            // Before the readings, which take from a notification what it tells.
            hems.Notified += TellNotification;
            _readings = new HemsReadings(hems);
            _readings.Identified += TellMeter;
            _readings.Read += TellReading;
            _readings.Kept += (series, value) => _view.Tell(series == _readings.Minutes ? "minute" : "halfHour",
                $"{value.Time:yyyy-MM-dd HH:mm}  normal {ToText(ToEnergy(value.Normal), value.Normal)}, "
                    + $"reverse {ToText(ToEnergy(value.Reverse), value.Reverse)}", ToData(value));
            _readings.Fetched += TellFetched;
            _readings.Start();
        }

        /// <summary>What kept it from its first session, or null.</summary>
        public string Failure { get; private set; }

        /// <summary>A value for people, with as many decimals as it is known by.</summary>
        public static string ToText(decimal? value, string unit)
        {
            return value is decimal known
                ? known.ToString("N" + known.Scale, CultureInfo.CurrentCulture) + " " + unit
                : "no data";
        }

        /// <summary>Energy for people: in kWh, or as the register has it where its unit is not known.</summary>
        public static string ToText(decimal? energy, uint? register)
        {
            return energy == null && register is uint steps ? $"{steps:N0} (unit unknown)" : ToText(energy, "kWh");
        }

        private void TellFound(HemsPan pan)
        {
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
        }

        private void TellTrouble(string reason)
        {
            if (_hems.Joins == 0)
            {
                Failure = reason;
            }
            else
            {
                _view.Tell("trouble", reason, new { Reason = reason });
            }
        }

        private void TellNotification(EchonetMessage message)
        {
            var properties = new Dictionary<string, string>();
            foreach ((byte epc, byte[] edt) in message.Properties)
            {
                properties[epc.ToString("X2")] = Convert.ToHexString(edt);
            }

            _view.Tell("notified", $"{message.Seoj:X6}: {ToText(message.Properties.Select(property => property.Epc))}", new
            {
                Eoj = message.Seoj.ToString("X6"),
                Properties = properties,
            });
        }

        private void TellMeter(HemsMeter meter)
        {
            _view.Tell("meter", $"{meter.Eoj:X6}, {meter.GetMap.Count} properties to read, {meter.SetMap.Count} to set; "
                + (meter.Scale is decimal scale ? $"one step is {scale} kWh" : "unit unknown: the meter does not tell it (E1)"), new
                {
                    Eoj = meter.Eoj.ToString("X6"),
                    Get = ToText(meter.GetMap),
                    Set = ToText(meter.SetMap),
                    Inf = ToText(meter.InfMap),
                    KilowattHoursPerStep = meter.Scale,
                });
        }

        private void TellReading(HemsReading reading)
        {
            _view.Tell("reading", $"normal {ToText(reading.Normal, reading.NormalRegister)}, "
                + $"reverse {ToText(reading.Reverse, reading.ReverseRegister)}, "
                + $"{ToText(reading.Power, "W")}, R {ToText(reading.CurrentR, "A")}, T {ToText(reading.CurrentT, "A")}",
                reading);
        }

        private void TellFetched(HemsSeries series, IReadOnlyList<HemsEnergy> values)
        {
            _view.Tell("fetched", $"{values.Count} missed values of {Math.Round(series.Interval.TotalMinutes)} min back from "
                + $"{values[0].Time:yyyy-MM-dd HH:mm}", new
                {
                    IntervalMinutes = series.Interval.TotalMinutes,
                    Values = values.Select(ToData),
                });
        }

        private decimal? ToEnergy(uint? register)
        {
            return _readings.Meter?.ToEnergy(register);
        }

        private object ToData(HemsEnergy value)
        {
            return new
            {
                value.Time,
                Normal = ToEnergy(value.Normal),
                Reverse = ToEnergy(value.Reverse),
                NormalRegister = value.Normal,
                ReverseRegister = value.Reverse,
            };
        }

        private static string ToText(IEnumerable<byte> epcs)
        {
            return string.Join(' ', epcs.Order().Select(epc => epc.ToString("X2")));
        }
    }
}
