using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using NanoComm.CommandLine;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>Tells a view what a controller does: for people and for programs.</summary>
    internal sealed class HemsReport
    {
        private readonly HemsLink _hems;
        private readonly HemsReadings _readings;
        private readonly IHemsView _view;

        /// <summary>Tells from now on.</summary>
        /// <param name="hems">The controller; nothing has been asked of it yet.</param>
        /// <param name="view">Is told.</param>
        public HemsReport(HemsLink hems, IHemsView view)
        {
            _hems = hems;
            _view = view;
            if (hems is HemsController module)
            {
                Watch(module);
            }

            hems.Joined += () => _view.Tell("joined", _hems.IsEncrypted ? Words.Of($"{_hems.Meter}, encrypted") : Words.Of($"{_hems.Meter}, in the clear"),
                new JsonObject { ["address"] = _hems.Meter });
            hems.Left += () => _view.Tell("left", Words.Of("session ended"), null);
            hems.Trouble += TellTrouble;

            // Before the readings, which take from a notification what it tells.
            hems.Notified += TellNotification;
            _readings = new HemsReadings(hems);
            _readings.Identified += TellMeter;
            _readings.Read += TellReading;
            _readings.Kept += TellKept;
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
                : Words.Of("no data");
        }

        /// <summary>A register for people: in its unit, or as it was read where that is not known.</summary>
        public static string ToText(decimal? value, uint? register, string unit = "kWh")
        {
            return value == null && register is uint steps ? Words.Of($"{steps:N0} (unit unknown)") : ToText(value, unit);
        }

        /// <summary>The rows of a reading, named by the properties of the meter's class.</summary>
        /// <param name="reading">The reading, or null before the first one.</param>
        public static IEnumerable<(string Name, string Value)> ToRows(HemsReading reading)
        {
            string normal = ToText(reading?.Normal, reading?.NormalRegister);
            string reverse = ToText(reading?.Reverse, reading?.ReverseRegister);
            return reading?.High switch
            {
                null =>
                [
                    (Words.Of("E0 normal"), normal), (Words.Of("E3 reverse"), reverse), (Words.Of("E7 power"), ToText(reading?.Power, "W")),
                    (Words.Of("E8 R"), ToText(reading?.CurrentR, "A")), (Words.Of("E8 T"), ToText(reading?.CurrentT, "A")),
                ],
                { HasReverse: false } high =>
                [
                    (Words.Of("E2 normal"), normal), (Words.Of("C1 maximum"), ToNormal(high.MaximumDemand, "kW")),
                    (Words.Of("CA lag"), ToNormal(high.ReactiveLag, "kvarh")),
                ],
                { } high =>
                [
                    (Words.Of("E2 normal"), normal), (Words.Of("E2 reverse"), reverse), (Words.Of("EA power"), ToText(reading.Power, "W")),
                    (Words.Of("EB R"), ToText(reading.CurrentR, "A")), (Words.Of("EB T"), ToText(reading.CurrentT, "A")),
                    (Words.Of("C1 maximum"), ToNormal(high.MaximumDemand, "kW")),
                    (Words.Of("C1 reverse"), ToReverse(high.MaximumDemand, "kW")),
                    (Words.Of("D5 lag"), ToNormal(high.ReactiveLag, "kvarh")),
                    (Words.Of("D5 reverse"), ToReverse(high.ReactiveLag, "kvarh")),
                ],
            };
        }

        private void Watch(HemsController module)
        {
            module.ModuleReady += () => _view.Tell("module", Words.Of($"SKSTACK {module.Version}, dialect {module.Dialect}"),
                new JsonObject { ["version"] = module.Version, ["dialect"] = module.Dialect });
            module.Searching += () => _view.Tell("search", Words.Of("on all channels"), null);
            module.Found += TellFound;
        }

        private void TellFound(HemsPan pan)
        {
            string weak = pan.Rssi < HemsPan.UsableFrom
                ? Words.Of($": below {HemsPan.UsableFrom} dBm, move the dongle or the antenna")
                : "";
            _view.Tell("found", Words.Of($"a meter on channel {pan.Channel:X2}, PAN {pan.Pan:X4}, {pan.Rssi:F0} dBm{weak}"), new JsonObject
            {
                ["channel"] = pan.Channel.ToString("X2"),
                ["pan"] = pan.Pan.ToString("X4"),
                ["mac"] = pan.Mac,
                ["lqi"] = pan.Lqi,
                ["dbm"] = Math.Round(pan.Rssi, 1),
            });
        }

        private void TellTrouble(string reason)
        {
            if (_hems.Joins == 0)
            {
                Failure = Words.OfOther(reason);
            }
            else
            {
                _view.Tell("trouble", Words.OfOther(reason), new JsonObject { ["reason"] = reason });
            }
        }

        private void TellNotification(EchonetMessage message)
        {
            var properties = new JsonObject();
            foreach ((byte epc, byte[] edt) in message.Properties)
            {
                properties[epc.ToString("X2")] = Convert.ToHexString(edt);
            }

            _view.Tell("notified", $"{message.Seoj:X6}: {ToText(message.Properties.Select(property => property.Epc))}", new JsonObject
            {
                ["eoj"] = message.Seoj.ToString("X6"),
                ["properties"] = properties,
            });
        }

        private void TellMeter(HemsMeter meter)
        {
            _view.Tell("meter", Words.Of($"{meter.Eoj:X6}, {meter.GetMap.Count} properties to read, {meter.SetMap.Count} to set; "
                + $"{ToScaleText(meter)}"), ToData(meter));
        }

        private static string ToScaleText(HemsMeter meter)
        {
            if (meter.Scale is not decimal scale)
            {
                return Words.Of($"unit unknown: the meter does not tell it ({(meter is HemsHighVoltageMeter ? "D3, D4, E6" : "E1")})");
            }

            string text = Words.Of($"one step is {scale} kWh");
            text += meter.ScaleOf(HemsQuantity.Demand) is decimal demand ? Words.Of($", {demand} kW") : "";
            return text + (meter.ScaleOf(HemsQuantity.Reactive) is decimal reactive ? Words.Of($", {reactive} kvarh") : "");
        }

        private static JsonObject ToData(HemsMeter meter)
        {
            var data = new JsonObject
            {
                ["eoj"] = meter.Eoj.ToString("X6"),
                ["get"] = ToText(meter.GetMap),
                ["set"] = ToText(meter.SetMap),
                ["inf"] = ToText(meter.InfMap),
                ["kilowattHoursPerStep"] = meter.Scale,
            };
            if (meter is HemsHighVoltageMeter)
            {
                data["kilowattsPerStep"] = meter.ScaleOf(HemsQuantity.Demand);
                data["kilovarHoursPerStep"] = meter.ScaleOf(HemsQuantity.Reactive);
            }

            return data;
        }

        private void TellReading(HemsReading reading)
        {
            string energy = Words.Of($"normal {ToText(reading.Normal, reading.NormalRegister)}");
            string reverse = Words.Of($", reverse {ToText(reading.Reverse, reading.ReverseRegister)}");
            string power = Words.Of($", {ToText(reading.Power, "W")}, R {ToText(reading.CurrentR, "A")}, "
                + $"T {ToText(reading.CurrentT, "A")}");
            _view.TellReading(reading.High switch
            {
                null => energy + reverse + power,
                { HasReverse: true } high => energy + reverse + power + ToText(high),
                { } high => energy + ToText(high),
            }, reading);
        }

        private static string ToText(HemsHighReading high)
        {
            return Words.Of($", maximum demand {ToNormal(high.MaximumDemand, "kW")}, lag {ToNormal(high.ReactiveLag, "kvarh")}");
        }

        private void TellKept(HemsSeries series, HemsEnergy value)
        {
            string kind = series == _readings.Minutes ? "minute"
                : series.Quantity == HemsQuantity.Energy ? "halfHour"
                : ToName(series.Quantity);
            string normal = Words.Of($"{value.Time:yyyy-MM-dd HH:mm}  normal {ToText(series, value.Normal)}");
            _view.Tell(kind, _readings.Meter?.HasReverse == false ? normal
                : normal + Words.Of($", reverse {ToText(series, value.Reverse)}"), ToData(series, value));
        }

        private void TellFetched(HemsSeries series, IReadOnlyList<HemsEnergy> values)
        {
            string what = series.Quantity == HemsQuantity.Energy ? "" : Words.Of($" ({Words.OfLater(ToName(series.Quantity))})");
            _view.Tell("fetched", Words.Of($"{values.Count} missed values of {Math.Round(series.Interval.TotalMinutes)} min{what} back from "
                + $"{values[0].Time:yyyy-MM-dd HH:mm}"), new JsonObject
                {
                    ["intervalMinutes"] = series.Interval.TotalMinutes,
                    ["quantity"] = ToName(series.Quantity),
                    ["values"] = new JsonArray([.. values.Select(value => ToData(series, value))]),
                });
        }

        private decimal? ToValue(HemsSeries series, uint? register)
        {
            return _readings.Meter?.ToValue(series.Quantity, register);
        }

        private string ToText(HemsSeries series, uint? register)
        {
            return ToText(ToValue(series, register), register, series.Quantity switch
            {
                HemsQuantity.Demand => "kW",
                HemsQuantity.Reactive => "kvarh",
                _ => "kWh",
            });
        }

        private JsonObject ToData(HemsSeries series, HemsEnergy value)
        {
            return new JsonObject
            {
                ["time"] = value.Time,
                ["normal"] = ToValue(series, value.Normal),
                ["reverse"] = ToValue(series, value.Reverse),
                ["normalRegister"] = value.Normal,
                ["reverseRegister"] = value.Reverse,
            };
        }

        private static string ToName(HemsQuantity quantity)
        {
            return quantity.ToString().ToLowerInvariant();
        }

        private static string ToNormal(HemsPair pair, string unit)
        {
            return ToText(pair.Normal, pair.NormalRegister, unit);
        }

        private static string ToReverse(HemsPair pair, string unit)
        {
            return ToText(pair.Reverse, pair.ReverseRegister, unit);
        }

        private static string ToText(IEnumerable<byte> epcs)
        {
            return string.Join(' ', epcs.Order().Select(epc => epc.ToString("X2")));
        }
    }
}
