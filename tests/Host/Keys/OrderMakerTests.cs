using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The key tools against docs/orders.md, whose vectors another implementation made.</summary>
    internal static class OrderMakerTests
    {
        private const string RouteBId = "00112233445566778899AABBCCDDEEFF";
        private const string Password = "0123456789AB";

        private static readonly IPAddress LinkLocal = IPAddress.Parse("fe80::21d:1290:0:2");
        private static readonly IPAddress Host = IPAddress.Parse("192.168.1.77");

        // Each body as the page's table says, byte by byte.
        private static readonly TestCaseData[] Bodies =
        [
            new TestCaseData(OrderBody.OpenRouteB(RouteBId, Password), 0x10, Hex(RouteBId) + Hex(Password)).SetName("open the B route"),
            new TestCaseData(OrderBody.Of(OrderKind.CloseRouteB), 0x11, "").SetName("close the B route"),
            new TestCaseData(OrderBody.WifiOn(WifiRole.Station, WifiSecurity.Wpa2, "home"u8, "8 chars!"), 0x12,
                "00" + "03" + "04" + Hex("home") + "08" + Hex("8 chars!")).SetName("Wi-Fi on, station"),
            new TestCaseData(OrderBody.WifiOn(WifiRole.AccessPoint, WifiSecurity.Wpa2Wpa3, new byte[32], new string('x', 63)), 0x12,
                "01" + "05" + "20" + Hex(new string('\0', 32)) + "3F" + Hex(new string('x', 63))).SetName("Wi-Fi on, access point, longest"),
            new TestCaseData(OrderBody.WifiOn(WifiRole.Station, WifiSecurity.Wpa3, "a"u8, "passphrase"), 0x12,
                "00" + "04" + "01" + "61" + "0A" + Hex("passphrase")).SetName("Wi-Fi on, WPA3"),
            new TestCaseData(OrderBody.Of(OrderKind.WifiOff), 0x13, "").SetName("Wi-Fi off"),
            new TestCaseData(OrderBody.Limits([new PathLimits(OrderPath.Ip, 16, 0x1234), new PathLimits(OrderPath.WiSun, 1, 10)]), 0x14,
                "02" + "10" + "1234" + "01" + "01" + "000A").SetName("limits"),
            new TestCaseData(OrderBody.CutOffIp(Host, null), 0x15, "02" + "04" + "C0A8014D" + "00").SetName("cut off, IPv4"),
            new TestCaseData(OrderBody.CutOffIp(IPAddress.Parse("2001:db8::1"), "a new one"), 0x15,
                "02" + "10" + "20010DB8000000000000000000000001" + "09" + Hex("a new one")).SetName("cut off, IPv6, new passphrase"),
            new TestCaseData(OrderBody.CutOffWiSun(LinkLocal, null, null), 0x15, "01" + "10" + "FE80000000000000021D129000000002")
                .SetName("cut off, Wi-SUN"),
            new TestCaseData(OrderBody.CutOffWiSun(LinkLocal, RouteBId, Password), 0x15,
                "01" + "10" + "FE80000000000000021D129000000002" + Hex(RouteBId) + Hex(Password)).SetName("cut off, Wi-SUN, new credentials"),
            new TestCaseData(OrderBody.Readmit(OrderPath.Ip, Host), 0x16, "02" + "04" + "C0A8014D").SetName("re-admit"),
            new TestCaseData(OrderBody.Readmit(OrderPath.WiSun, null), 0x16, "01" + "00").SetName("re-admit everybody"),
            new TestCaseData(OrderBody.AdmitOnly(OrderPath.Ip, [Host, IPAddress.Parse("2001:db8::1")]), 0x17,
                "02" + "02" + "04" + "C0A8014D" + "10" + "20010DB8000000000000000000000001").SetName("admit only"),
            new TestCaseData(OrderBody.AdmitOnly(OrderPath.Ip, []), 0x17, "02" + "00").SetName("admit only, no list"),
            new TestCaseData(OrderBody.Of(OrderKind.Report), 0x18, "").SetName("report"),
        ];

        private static SystemTitle Meter => new(PairingVectors.Get("MU title"));

        private static SystemTitle Unit => new(PairingVectors.Get("CU title"));

        [Test]
        public static void An_order_to_open_the_B_route_is_the_vector_s()
        {
            byte[] file = Make(OrderBody.OpenRouteB(RouteBId, Password), "number", "order id", "fresh key of an order",
                U32(OrderVectors.Get("not-after of an order")));
            Assert.That(file, Is.EqualTo(OrderVectors.Get("order file")));
        }

        [Test]
        public static void An_order_to_report_is_the_vector_s()
        {
            byte[] file = Make(OrderBody.Of(OrderKind.Report), "number, report", "order id, report", "fresh key, report",
                UtilityTime.Never);
            Assert.That(file, Is.EqualTo(OrderVectors.Get("order file, report")));
        }

        [Test]
        public static void What_an_order_shows_is_for_whom_it_is()
        {
            Order order = Order.Parse(OrderVectors.Get("order file"));
            Assert.That(order.Unit, Is.EqualTo(Unit));
            Assert.That(order.Id.ToArray(), Is.EqualTo(OrderVectors.Get("order id")));
        }

        [Test]
        public static void An_order_cut_short_lengthened_or_altered_where_one_can_see_it_is_refused()
        {
            byte[] good = OrderVectors.Get("order file");
            Assert.That(() => Order.Parse(PairingVectors.Get("ticket file")),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("not an order file"));
            foreach (int length in Enumerable.Range(0, good.Length))
            {
                Assert.That(() => Order.Parse(good[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
            }

            Assert.That(() => Order.Parse([.. good, 0]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("copy it again"));

            // Every byte but those of id, titles, wrapped key, text and tag.
            int[] shape = [.. Enumerable.Range(0, 8), 24, 33, .. Enumerable.Range(42, 6), .. Enumerable.Range(72, 7)];
            foreach (int i in shape)
            {
                byte[] bad = [.. good];
                bad[i] ^= 1;
                Assert.That(() => Order.Parse(bad), Throws.TypeOf<InvalidDataException>(), $"byte {i}");
            }
        }

        [TestCaseSource(nameof(Bodies))]
        public static void A_body_is_the_page_s(OrderBody body, int kind, string hexadecimal)
        {
            OpenedOrder opened = OpenedOrder.Read(Make(body, "number", "order id", "fresh key of an order", 0x01020304),
                PairingVectors.Get("DK"));
            Assert.That((opened.Kind, Convert.ToHexString(opened.Body)), Is.EqualTo((kind, hexadecimal)));
            Assert.That((opened.Meter, opened.NotAfter), Is.EqualTo((Meter, 0x01020304u)));
            Assert.That(opened.Number, Is.EqualTo(U32(OrderVectors.Get("number"))));
        }

        [Test]
        public static void A_list_has_16_addresses_at_most_and_finds_place_in_an_order()
        {
            IPAddress[] four = Enumerable.Range(1, 17).Select(i => IPAddress.Parse($"10.0.0.{i}")).ToArray();
            IPAddress[] six = Enumerable.Range(1, 7).Select(i => IPAddress.Parse($"2001:db8::{i}")).ToArray();
            Assert.That(OrderBody.IsWithinLimits(four[..16]));
            Assert.That(OrderBody.IsWithinLimits(four), Is.False);
            Assert.That(OrderBody.IsWithinLimits(six[..6]));
            Assert.That(OrderBody.IsWithinLimits(six), Is.False);
        }

        [TestCase("answer", OrderResult.Done, "2026-06-16 10:35:00")]
        [TestCase("answer, expired", OrderResult.Expired, "2026-08-01 00:00:00")]
        [TestCase("answer, overtaken and no time known", OrderResult.Overtaken, "unknown")]
        public static void An_answer_verifies_and_says_what_became_of_the_order(string row, OrderResult result, string time)
        {
            OrderAnswer answer = OrderAnswer.Parse(OrderVectors.Get(row));
            Assert.That(answer.IsAuthentic(PairingVectors.Get("proof key of the CU")));
            Assert.That(answer.IsAuthentic(PairingVectors.Get("proof key of the MU")), Is.False);
            Assert.That((answer.Unit, answer.Number, answer.Result), Is.EqualTo((Unit, U32(OrderVectors.Get("number")), result)));
            Assert.That(answer.OrderId.ToArray(), Is.EqualTo(OrderVectors.Get("order id")));
            Assert.That(answer.Time.ToString(), Is.EqualTo(time));
            Assert.That(answer.Report, Is.Null);
        }

        [Test]
        public static void A_report_is_read()
        {
            OrderAnswer answer = OrderAnswer.Parse(OrderVectors.Get("answer, report"));
            Assert.That(answer.IsAuthentic(PairingVectors.Get("proof key of the CU")));
            OrderReport report = answer.Report;
            Assert.That(report.Epoch, Is.EqualTo(U32(PairingVectors.Get("epoch"))));
            Assert.That((report.RouteB, report.Wifi, report.WiSunSignal, report.WifiSignal), Is.EqualTo((2, 2, -61, -55)));
            Assert.That((report.Terminals, report.CutOff, report.Admitted), Is.EqualTo((3, 1, 2)));
            Assert.That((report.Answers, report.Dropped, report.Refused, report.LogEntries), Is.EqualTo((100_000, 12, 7, 2)));
            Assert.That(report.LogDigest.ToArray(), Is.EqualTo(OrderVectors.Get("body of the report")[^32..]));
        }

        [Test]
        public static void What_is_no_answer_is_refused_by_name()
        {
            byte[] report = OrderVectors.Get("answer, report");
            byte[] unknown = OrderVectors.Get("answer");
            unknown[29] = 10;
            byte[] version = [.. report];
            version[42] = 2;
            foreach ((byte[] bytes, string says) in new (byte[], string)[]
            {
                ([], "74 bytes"), (OrderVectors.Get("answer")[..^1], "74 bytes"), ([.. OrderVectors.Get("answer"), 0], "74 bytes"),
                (PairingVectors.Get("receipt"), "begins with 01"), (PairingVectors.Get("erasure record of version 1"), "begins with 01"),
                (PairingVectors.Get("erasure record"), "74 bytes"), (unknown, "the result 10"), (version, "a report of a version"),
                (OrderVectors.Get("order file"), "74 bytes"),
            })
            {
                Assert.That(() => OrderAnswer.Parse(bytes), Throws.TypeOf<InvalidDataException>().With.Message.Contains(says));
            }
        }

        [TestCase("answer")]
        [TestCase("answer, report")]
        public static void An_answer_altered_in_any_bit_is_none_or_not_authentic(string row)
        {
            byte[] good = OrderVectors.Get(row);
            byte[] key = PairingVectors.Get("proof key of the CU");
            for (int i = 0; i < 8 * good.Length; i++)
            {
                byte[] bad = [.. good];
                bad[i / 8] ^= (byte)(1 << (i % 8));
                Assert.That(IsAuthentic(bad, key), Is.False, $"bit {i}");
            }
        }

        private static bool IsAuthentic(byte[] bytes, byte[] key)
        {
            try
            {
                return OrderAnswer.Parse(bytes).IsAuthentic(key);
            }
            catch (InvalidDataException)
            {
                return false;
            }
        }

        private static byte[] Make(OrderBody body, string number, string id, string key, uint notAfter)
        {
            var bytes = new MemoryStream([.. OrderVectors.Get(id), .. OrderVectors.Get(key)]);
            var maker = new OrderMaker(new SystemTitle(PairingVectors.Get("title of the KMS")), wanted => bytes.ReadExactly(wanted));
            byte[] draft = maker.Write(new OrderRequest(Unit, Meter, body, notAfter), U32(OrderVectors.Get(number)));
            return maker.Seal(draft, Unit, PairingVectors.Get("DK")).Bytes.ToArray();
        }

        private static string Hex(string text) => Convert.ToHexString(Encoding.ASCII.GetBytes(text));

        private static uint U32(byte[] bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
