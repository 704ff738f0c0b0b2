using System;
using System.Linq;
using NanoComm.Hems;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hems
{
    internal static class HemsMeterTests
    {
        private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0);

        // The example of the property map from the ECHONET Lite specification's appendix form: 29 EPCs.
        [Test]
        public static void A_long_property_map_is_read()
        {
            byte[] map = Convert.FromHexString("1D71414161004000624300414040434242");
            string epcs = "80 81 82 83 88 8A 8D 97 98 9D 9E 9F C0 D0 D3 D7 E0 E1 E2 E3 E5 E7 E8 EA EB EC ED EE EF";
            Assert.That(EchonetMessage.ParseMap(map).Order().Select(epc => epc.ToString("X2")), Is.EqualTo(epcs.Split(' ')));
        }

        [TestCase("03808188", "80 81 88")]
        [TestCase("038081", "")]
        [TestCase("1D7141", "")]
        public static void A_short_one_too_and_a_damaged_one_is_empty(string map, string epcs)
        {
            Assert.That(string.Join(' ', EchonetMessage.ParseMap(Convert.FromHexString(map)).Order().Select(epc => epc.ToString("X2"))),
                Is.EqualTo(epcs));
        }

        [Test]
        public static void A_frame_is_read_and_a_damaged_one_is_none()
        {
            byte[] whole = Convert.FromHexString("1081" + "1234" + "028801" + "05FF01" + "52" + "02" + "E704000001F8" + "D200");
            EchonetMessage frame = EchonetMessage.Parse(whole);
            Assert.That((frame.Tid, frame.Seoj, frame.Deoj, frame.Esv),
                Is.EqualTo((0x1234, 0x028801, 0x05FF01, EchonetMessage.GetSna)));
            Assert.That(HemsMeter.ToPower(frame.Find(HemsLowVoltageMeter.Power)), Is.EqualTo(504));
            Assert.That(frame.Find(0xD2), Is.Null, "a property that was refused");
            for (int length = 0; length < whole.Length; length++)
            {
                Assert.That(EchonetMessage.Parse(whole[..length]), Is.Null, $"{length} bytes of it");
            }

            Assert.That(EchonetMessage.Parse([.. whole, 0]), Is.Null, "a byte too many");
        }

        [Test]
        public static void A_request_is_written_as_the_standard_has_it()
        {
            byte[] frame = new EchonetMessage { Tid = 0x0102, Deoj = 0x028801, Esv = EchonetMessage.SetC }
                .With(0xEF, HemsMeter.ToSelector(Noon, 10)).ToBytes();
            Assert.That(Convert.ToHexString(frame), Is.EqualTo("1081" + "0102" + "05FF01" + "028801" + "61" + "01"
                + "EF07" + "07EA" + "0B17" + "0C00" + "0A"));
        }

        [TestCase("00000001", "03", 0.001)]
        [TestCase("0000000A", "01", 1)]
        [TestCase("00000001", "0B", 100)]
        [TestCase("00000064", "0D", 1000000)]
        [TestCase(null, "00", 1)]
        [TestCase(null, "04", 0.0001)]
        [TestCase(null, null, null)]
        [TestCase("00000001", null, null)]
        [TestCase("00000001", "05", null)]
        [TestCase("00000001", "09", null)]
        [TestCase("00000001", "0E", null)]
        [TestCase("00000001", "FF", null)]
        public static void A_step_is_coefficient_times_unit(string coefficient, string unit, decimal? scale)
        {
            var meter = new HemsLowVoltageMeter(0x028801);
            meter.SetScale(coefficient is null ? null : Convert.FromHexString(coefficient),
                unit is null ? null : Convert.FromHexString(unit));
            Assert.That(meter.Scale, Is.EqualTo(scale));
            Assert.That(meter.ToEnergy(1234), Is.EqualTo(1234 * scale));
        }

        [Test]
        public static void No_data_is_no_number()
        {
            Assert.That(HemsMeter.ToRegister(Convert.FromHexString("FFFFFFFE"), 0), Is.Null);
            Assert.That(HemsMeter.ToPower(Convert.FromHexString("7FFFFFFE")), Is.Null);
            Assert.That(HemsMeter.ToPower(Convert.FromHexString("FFFFFF9C")), Is.EqualTo(-100));
            Assert.That(HemsLowVoltageMeter.ToCurrent(Convert.FromHexString("FFFB7FFE"), 0), Is.EqualTo(-0.5m));
            Assert.That(HemsLowVoltageMeter.ToCurrent(Convert.FromHexString("FFFB7FFE"), 1), Is.Null);
            Assert.That(HemsMeter.ToTimed(null), Is.Null);
            Assert.That(HemsMeter.ToTimed(Convert.FromHexString("FFFFFFFFFFFFFF" + "00000001" + "00000002")), Is.Null);
            Assert.That(HemsMeter.ToTimed(Convert.FromHexString("00010101000000" + "FFFFFFFE" + "FFFFFFFE")), Is.Null, "as before its first half-hour");
        }

        [Test]
        public static void Rows_run_backward_from_their_time()
        {
            byte[] edt = Convert.FromHexString("07EA0B170C00" + "02" + "0000000A00000001" + "FFFFFFFEFFFFFFFE");
            Assert.That(HemsMeter.ToRows(edt, TimeSpan.FromMinutes(1)), Is.EqualTo(new[]
            {
                new HemsEnergy(Noon, 10, 1), new HemsEnergy(Noon.AddMinutes(-1), null, null),
            }));
            Assert.That(HemsMeter.ToRows(Convert.FromHexString("FFFFFFFFFFFF01FFFFFFFEFFFFFFFE"), TimeSpan.FromMinutes(1)),
                Is.Empty);
        }

        [Test]
        public static void Gaps_are_found_newest_first_and_in_pieces_until_none_is_left()
        {
            HemsSeries series = Minutes();
            AddMinutes(series, 0, 1, 2, 25, 27);
            AssertGap(series, 26, 1);
            AddMinutes(series, 26);
            AssertGap(series, 24, 10);
            AddMinutes(series, Enumerable.Range(15, 10).ToArray());
            AssertGap(series, 14, 10);
            AddMinutes(series, Enumerable.Range(3, 12).ToArray());
            AssertGap(series, null, 0);
            Assert.That(series.Values.Keys.Select(time => time.Minute).Order(), Is.EqualTo(Enumerable.Range(0, 28)));
        }

        [Test]
        public static void What_the_meter_has_no_longer_is_not_missed()
        {
            HemsSeries series = Minutes();
            AddMinutes(series, 0, 59);
            AssertGap(series, 58, 10);
            AddMinutes(series, 70);
            Assert.That(series.Newest, Is.EqualTo(Noon.AddMinutes(70)));
            AddMinutes(series, Enumerable.Range(21, 38).Concat(Enumerable.Range(60, 10)).ToArray());
            AssertGap(series, 20, 10);
            AddMinutes(series, Enumerable.Range(11, 10).ToArray());
            AssertGap(series, null, 0);
            Assert.That(series.Values.Keys.Min(), Is.EqualTo(Noon.AddMinutes(11)));
        }

        [Test]
        public static void What_came_before_the_first_value_is_not_missed()
        {
            HemsSeries series = Minutes();
            AddMinutes(series, 10);
            AssertGap(series, null, 0);
            AddMinutes(series, 11, 13);
            AssertGap(series, 12, 1);
        }

        [Test]
        public static void What_the_meter_has_not_yet_is_asked_again_five_minutes_later()
        {
            HemsSeries series = Minutes();
            AddMinutes(series, 0, 2);
            Assert.That(series.Add(new HemsEnergy(Noon.AddMinutes(1), null, null) { ReadAt = 1000, IsFetchedAgain = true }), Is.True);
            AssertGap(series, null, 0, 300_999);
            AssertGap(series, 1, 1, 301_000);
            Assert.That(series.Add(new HemsEnergy(Noon.AddMinutes(1), null, null) { ReadAt = 301_000, IsFetchedAgain = true }), Is.False);
            AssertGap(series, null, 0, 302_000);
            Assert.That(series.Values, Has.Count.EqualTo(2));
            AddMinutes(series, 1);
            AssertGap(series, null, 0, 900_000);
        }

        private static HemsSeries Minutes()
        {
            return new HemsSeries(TimeSpan.FromMinutes(1), 60, 10);
        }

        private static void AddMinutes(HemsSeries series, params int[] minutes)
        {
            foreach (int minute in minutes)
            {
                Assert.That(series.Add(new HemsEnergy(Noon.AddMinutes(minute), (uint)minute, 0)
                {
                    IsFetchedAgain = Noon.AddMinutes(minute) < series.Newest,
                }), Is.True);
            }
        }

        private static void AssertGap(HemsSeries series, int? minute, int wanted, long now = 0)
        {
            series.FindGap(now, out DateTime last, out int rows);
            Assert.That(rows, Is.EqualTo(wanted));
            Assert.That(rows == 0 || last == Noon.AddMinutes(minute.Value), Is.True, $"{last}");
        }
    }
}
