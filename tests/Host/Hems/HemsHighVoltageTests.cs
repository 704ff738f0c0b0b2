using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hems
{
    /// <summary>The controller at a high-voltage meter: which object it reads, what, and how exactly.</summary>
    internal static class HemsHighVoltageTests
    {
        private const int Minute = 60_000;
        private const string Noon = "07EA0B170C00";

        private static readonly HemsHighVoltageMeter Meter = new(0x028F01);
        private static readonly DateTime NoonTime = new(2026, 11, 23, 12, 0, 0);
        private static readonly byte[] OneDirection =
        [
            0x9D, 0x9E, 0x9F, 0xC1, 0xC3, 0xC5, 0xC6, 0xCA, 0xCB, 0xCD, 0xCE, 0xD3, 0xD4, 0xE1, 0xE2, 0xE3, 0xE6, 0xE7,
        ];

        private static readonly byte[] BothDirections =
        [
            .. OneDirection, 0xC8, 0xCF, 0xD0, 0xD5, 0xE8, 0xEA, 0xEB, 0xED, 0xEF,
        ];

        [TestCase("02028A01028F01", 0x028F01)]
        [TestCase("02028F01028A01", 0x028F01)]
        [TestCase("01028A01", 0x028A01)]
        [TestCase("03028A01028F01028801", 0x028801)]
        [TestCase("02028701028A02", 0x028A02)]
        [TestCase("01028701", null)]
        [TestCase(null, null)]
        public static void Of_the_objects_of_a_node_it_reads_the_one_that_tells_most(string instances, int? eoj)
        {
            Assert.That(HemsMeter.FindIn(instances is null ? null : Convert.FromHexString(instances))?.Eoj, Is.EqualTo(eoj));
        }

        // Coefficient, multiplier, unit; what is not told (null) is in the map.
        [TestCase(0x028F01, "00000258", "00", "04", "0.06")]
        [TestCase(0x028A01, "00000258", "00", "04", "0.06")]
        [TestCase(0x028F01, "000F423F", "03", "04", "0.0999999")]
        [TestCase(0x028F01, "000F423F", "00", "0E", "99999900000")]
        [TestCase(0x028A01, "000F423F", "00", "0E", null)]
        [TestCase(0x028F01, "00000001", "04", "00", null)]
        [TestCase(0x028F01, "00000001", "0A", "00", null)]
        [TestCase(0x028F01, "00000001", "00", "05", null)]
        [TestCase(0x028F01, null, "00", "00", null)]
        [TestCase(0x028F01, "00000001", null, "00", null)]
        [TestCase(0x028F01, "00000001", "00", null, null)]
        public static void A_step_is_coefficient_times_multiplier_times_unit(int eoj, string coefficient, string multiplier,
            string unit, string scale)
        {
            var meter = new HemsHighVoltageMeter(eoj);
            meter.SetMaps(new EchonetMessage().With(0x9F, 3, 0xD3, 0xD4, 0xE6));
            meter.TakeScale(new EchonetMessage().With(0xD3, Bytes(coefficient)).With(0xD4, Bytes(multiplier))
                .With(0xE6, Bytes(unit)));
            Assert.That(meter.Scale?.ToString(), Is.EqualTo(scale));
            Assert.That(meter.ToEnergy(99_999_999), Is.EqualTo(99_999_999 * (scale is null ? null : decimal.Parse(scale))));
        }

        [Test]
        public static void At_028F_a_reading_has_both_directions_and_each_quantity_its_own_unit()
        {
            ScriptedModule module = Bidirectional();
            module.Start(20_000);
            HemsReading reading = module.Readings.Latest;
            Assert.That(reading, Is.EqualTo(new HemsReading(-100, 30.0m, -1.0m, 599_999.994m, 0.096m, 99_999_999, 16, NoonTime)
            {
                High = new HemsHighReading(NoonTime.AddSeconds(5), true, new HemsPair(6, 3, 10, 5),
                    new HemsPair(6_000_000, null, 1, null)),
            }));
            Assert.That(module.Readings.Minutes.Values[NoonTime], Is.EqualTo(new HemsEnergy(NoonTime, 99_999_998, 16)
            {
                ReadAt = module.Readings.Minutes.Values[NoonTime].ReadAt,
            }));
            Assert.That(module.Requests.Where(request => request.Deoj >> 8 == 0x028A), Is.Empty);
            Assert.That(module.Troubles, Is.Empty);
        }

        [Test]
        public static void At_028A_alone_it_reads_what_that_has()
        {
            ScriptedModule module = OneWay();
            module.Start(20_000);
            Assert.That(module.Readings.Latest, Is.EqualTo(new HemsReading(null, null, null, 599_999.994m, null, 99_999_999, null, null)
            {
                High = new HemsHighReading(NoonTime.AddSeconds(5), false, new HemsPair(6, null, 10, null),
                    new HemsPair(0.006m, null, 1, null)),
            }));
            Assert.That((Half(module.Readings.HalfHours), Half(module.Readings.Demands), Half(module.Readings.Reactives)),
                Is.EqualTo(((24u, (uint?)null), (1024u, (uint?)null), (2024u, (uint?)null))));
            Assert.That(Asked(module).Distinct(), Is.SubsetOf(OneDirection.Append((byte)0xD6)));
        }

        [Test]
        public static void Half_hours_are_taken_as_they_are_announced_and_not_asked_for()
        {
            ScriptedModule module = Bidirectional();
            module.Start(20_000);
            int asked = Asked(module).Count(epc => epc == 0xE3);
            module.SayFrame(Announcement(0x028F01, 12, 30, 25));
            module.SayFrame(Announcement(0x028A01, 13, 0, 26));
            module.Meter[0xD0] = "07EA0B170C1E00" + "05F5E0FF" + "00000010";
            module.Run(Minute);
            Assert.That((Half(module.Readings.HalfHours, 30), Half(module.Readings.Demands, 30), Half(module.Readings.Reactives, 30)),
                Is.EqualTo(((25u, (uint?)7), (1025u, (uint?)8), (2025u, (uint?)9))));
            Assert.That(module.Readings.HalfHours.Newest, Is.EqualTo(NoonTime.AddMinutes(30)), "the other object is not read");
            Assert.That(Asked(module).Count(epc => epc == 0xE3), Is.EqualTo(asked));
        }

        [TestCase(true)]
        [TestCase(false)]
        public static void Half_hours_that_were_missed_are_fetched_by_day_in_all_quantities(bool isBidirectional)
        {
            ScriptedModule module = isBidirectional ? Bidirectional() : OneWay();
            var days = new List<byte>();
            module.Set = (epc, edt) =>
            {
                Assert.That(epc, Is.EqualTo(0xE1));
                days.Add(edt[0]);
                SetDay(module, edt[0]);
            };
            int eoj = isBidirectional ? 0x028F01 : 0x028A01;
            DateTime first = NoonTime.Date.AddMinutes(-60);
            module.SetHalf(first, -2);
            module.Start(20_000);
            module.SayFrame(Announcement(eoj, 12, 0, 24));
            module.Run(2 * Minute);

            foreach ((HemsSeries series, uint offset) in new[]
            {
                (module.Readings.HalfHours, 0u), (module.Readings.Demands, 1000u), (module.Readings.Reactives, 2000u),
            })
            {
                Assert.That(series.Values.Keys.Order(), Is.EqualTo(Enumerable.Range(0, 27).Select(i => first.AddMinutes(30 * i))));
                Assert.That(Enumerable.Range(1, 25).Select(i => series.Values[first.AddMinutes(30 * i)].Normal),
                    Is.EqualTo(Enumerable.Range(1, 25).Select(i => (uint)((i + 46) % 48) + offset)));
                Assert.That(series.Values[NoonTime.AddMinutes(-30)].Reverse, Is.EqualTo(isBidirectional ? 23 + offset + 500 : null));
            }

            Assert.That(days, Is.EqualTo(new byte[] { 0, 1, 0, 1, 0, 1 }), "today and yesterday, once for each quantity");
            Assert.That(module.Readings.Refusals, Is.Zero);
        }

        [Test]
        public static void A_day_is_the_one_that_the_answer_has()
        {
            var days = new HemsDays(HemsQuantity.Energy, 0xE7, 0xE8);
            EchonetMessage Answer(string time, string day, string reverseDay) => new EchonetMessage()
                .With(0xE2, Bytes(time + "0000000100000002")).With(0xE7, Bytes(day + Values(0))).With(0xE8, Bytes(reverseDay + Values(500)));

            HemsEnergy[] rows = Meter.ToDay(Answer("07EA0B18000001", "0001", "0001"), days).ToArray();
            Assert.That((rows.Length, rows[0], rows[47]), Is.EqualTo((48, new HemsEnergy(NoonTime.Date, 0, 500),
                new HemsEnergy(NoonTime.Date.AddMinutes(47 * 30), 47, 547))), "midnight has passed");
            Assert.That(Meter.ToDay(Answer("07EA0B18000001", "0001", "0002"), days).Select(row => row.Reverse),
                Is.All.Null, "of another day");
            Assert.That(Meter.ToDay(Answer("07EA0B18000001", "00FF", "00FF"), days), Is.Empty, "no day chosen");
            Assert.That(Meter.ToDay(Answer("FFFFFFFFFFFFFF", "0000", "0000"), days), Is.Empty, "no time");
            Assert.That(HemsMeter.ToDaySelector(NoonTime, NoonTime.AddDays(-99)), Is.EqualTo(new byte[] { 99 }));
            Assert.That(HemsMeter.ToDaySelector(NoonTime, NoonTime.AddDays(-100)), Is.Null);
            Assert.That(HemsMeter.ToDaySelector(NoonTime, NoonTime.AddDays(1)), Is.Null);
        }

        [Test]
        public static void Minutes_that_were_missed_are_fetched_with_EF_and_ED()
        {
            ScriptedModule module = Bidirectional();
            string chosen = null;
            module.Set = (epc, edt) =>
            {
                chosen = epc.ToString("X2") + Convert.ToHexString(edt);
                module.Meter[0xED] = "07EA0B170C02" + "02" + "00000064" + "00000001" + "00000063" + "00000002";
            };
            module.Start(20_000);
            module.Meter[0xD0] = "07EA0B170C0300" + "05F5E0FF" + "00000010";
            module.Run(Minute);
            Assert.That(chosen, Is.EqualTo("EF" + "07EA0B170C02" + "02"));
            Assert.That(Enumerable.Range(1, 2).Select(i => module.Readings.Minutes.Values[NoonTime.AddMinutes(i)])
                .Select(value => (value.Normal, value.Reverse)), Is.EqualTo(new (uint?, uint?)[] { (99, 2), (100, 1) }));
        }

        [Test]
        public static void Another_coefficient_counts_from_the_reading_on_that_tells_it()
        {
            ScriptedModule module = Bidirectional();
            var scales = new List<decimal?>();
            module.Readings.Identified += meter => scales.Add(meter.Scale);
            module.Start(20_000);
            module.Meter[0xD3] = "000004B0";
            module.Run(Minute);
            Assert.That(scales, Is.EqualTo(new decimal?[] { 0.006m, 0.012m }));
            Assert.That(module.Readings.Latest.Normal, Is.EqualTo(1_199_999.988m));
        }

        private static ScriptedModule Bidirectional()
        {
            ScriptedModule module = High("02028A01028F01", BothDirections);
            module.Meter[0xCD] = "0E";
            module.Meter[0xD0] = Noon + "00" + "05F5E0FE" + "00000010";
            module.Meter[0xE2] = Noon + "05" + "05F5E0FF" + "00000010";
            module.Meter[0xEA] = "FFFFFF9C";
            module.Meter[0xEB] = "0000012C" + "FFFFFFF6";
            module.Meter[0xC1] = "0000000A" + "00000005";
            module.Meter[0xD5] = Noon + "05" + "00000001" + "FFFFFFFE";
            module.SetHalf(NoonTime, 24, "000000070000000800000009");
            return module;
        }

        private static ScriptedModule OneWay()
        {
            ScriptedModule module = High("01028A01", OneDirection);
            module.Meter[0xCD] = "04";
            module.Meter[0xE2] = Noon + "05" + "05F5E0FF";
            module.Meter[0xC1] = "0000000A";
            module.Meter[0xCA] = Noon + "05" + "00000001";
            module.SetHalf(NoonTime, 24);
            return module;
        }

        // 600, a tenth of it; 0.0001 kWh, 0.01 kW.
        private static ScriptedModule High(string instances, byte[] map)
        {
            var module = new ScriptedModule();
            module.Meter.Clear();
            module.Meter[0xD6] = instances;
            module.Meter[0x9D] = "03C3CBE3";
            module.Meter[0x9E] = map.Contains((byte)0xEF) ? "02E1EF" : "01E1";
            module.Meter[0x9F] = Map(map);
            module.Meter[0xD3] = "00000258";
            module.Meter[0xD4] = "01";
            module.Meter[0xE6] = "04";
            module.Meter[0xC5] = "02";
            return module;
        }

        // Energy, demand and reactive energy of a half-hour; the reverse direction's where there is one.
        private static void SetHalf(this ScriptedModule module, DateTime time, int value, string reverse = null)
        {
            string at = $"{time.Year:X4}{time.Month:X2}{time.Day:X2}{time.Hour:X2}{time.Minute:X2}00";
            uint number = (uint)(value + 48) % 48;
            module.Meter[0xE3] = at + number.ToString("X8") + reverse?[..8];
            module.Meter[0xC3] = at + (number + 1000).ToString("X8") + reverse?[8..16];
            module.Meter[0xCB] = at + (number + 2000).ToString("X8") + reverse?[16..];
        }

        private static void SetDay(ScriptedModule module, byte day)
        {
            foreach ((byte epc, int offset) in new (byte, int)[]
            {
                (0xE7, 0), (0xC6, 1000), (0xCE, 2000), (0xE8, 500), (0xC8, 1500), (0xCF, 2500),
            })
            {
                module.Meter[epc] = day.ToString("X4") + Values(offset);
            }
        }

        private static string Values(int offset)
        {
            return string.Concat(Enumerable.Range(offset, 48).Select(value => value.ToString("X8")));
        }

        private static EchonetMessage Announcement(int eoj, int hour, int minute, int value)
        {
            string at = $"07EA0B17{hour:X2}{minute:X2}00";
            bool hasReverse = eoj == 0x028F01;
            return new EchonetMessage { Seoj = eoj, Deoj = 0x05FF01, Esv = EchonetMessage.Inf }
                .With(0xC3, Bytes($"{at}{value + 1000:X8}{(hasReverse ? "00000008" : "")}"))
                .With(0xCB, Bytes($"{at}{value + 2000:X8}{(hasReverse ? "00000009" : "")}"))
                .With(0xE3, Bytes($"{at}{value:X8}{(hasReverse ? "00000007" : "")}"));
        }

        // A property map of 16 or more: its bits by low digit, then high digit.
        private static string Map(byte[] epcs)
        {
            var bits = new byte[16];
            foreach (byte epc in epcs)
            {
                bits[epc % 16] |= (byte)(1 << (epc / 16 - 8));
            }

            return epcs.Length.ToString("X2") + Convert.ToHexString(bits);
        }

        private static (uint?, uint?) Half(HemsSeries series, int minute = 0)
        {
            HemsEnergy value = series.Values[NoonTime.AddMinutes(minute)];
            return (value.Normal, value.Reverse);
        }

        private static byte[] Asked(ScriptedModule module)
        {
            return module.Requests.Where(request => request.Esv == EchonetMessage.Get)
                .SelectMany(request => request.Properties.Select(property => property.Epc)).ToArray();
        }

        private static byte[] Bytes(string text)
        {
            return Convert.FromHexString(text ?? "");
        }
    }
}
