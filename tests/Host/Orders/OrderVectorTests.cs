using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;
using NanoComm.Tests.Host.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Orders
{
    /// <summary>The vectors of docs/orders.md against a calculation of their own.</summary>
    internal static class OrderVectorTests
    {
        private const byte OpenRouteB = 0x10;
        private const byte Report = 0x18;

        [Test]
        public static void The_order_to_open_the_B_route_is_calculated()
        {
            Assert.That(Get("body"), Is.EqualTo(Encoding.ASCII.GetBytes("00112233445566778899AABBCCDDEEFF0123456789AB")));
            byte[] text = OrderReference.Text(OpenRouteB, Get("number"), Get("not-after of an order"), Get("body"));
            Assert.That(Get("plaintext of an order"), Is.EqualTo(text));
            Assert.That(Get("fresh key of an order, wrapped"),
                Is.EqualTo(OrderReference.Wrap(PairingVectors.Get("DK"), Get("fresh key of an order"))));
            byte[] file = OrderReference.File(Get("order id"), Get("fresh key of an order"), text);
            Assert.That(Get("order file"), Is.EqualTo(file));
            Assert.That(Get("C of an order"), Is.EqualTo(file[6..]));
        }

        [Test]
        public static void The_order_to_report_is_calculated()
        {
            byte[] text = OrderReference.Text(Report, Get("number, report"), [0xFF, 0xFF, 0xFF, 0xFF], []);
            Assert.That(Get("plaintext, report"), Is.EqualTo(text));
            Assert.That(Get("fresh key, report, wrapped"),
                Is.EqualTo(OrderReference.Wrap(PairingVectors.Get("DK"), Get("fresh key, report"))));
            Assert.That(Get("order file, report"),
                Is.EqualTo(OrderReference.File(Get("order id, report"), Get("fresh key, report"), text)));
        }

        [TestCase("answer", 0, "date-time of the answer")]
        [TestCase("answer, expired", 2, "date-time, expired")]
        [TestCase("answer, overtaken and no time known", 1, "date-time not known")]
        public static void An_answer_is_calculated(string row, byte result, string time)
        {
            Assert.That(Get(row),
                Is.EqualTo(OrderReference.Answer(Get("order id"), Get("number"), result, Get(time), [])));
        }

        [Test]
        public static void The_answer_with_a_report_is_calculated()
        {
            byte[] body = Get("body of the report");
            Assert.That(body, Has.Length.EqualTo(58));
            Assert.That(body[^32..], Is.EqualTo(OrderReference.Code(Get("record `audit`"))));
            Assert.That(body[1..5], Is.EqualTo(PairingVectors.Get("epoch")));
            Assert.That(Get("answer, report"), Is.EqualTo(OrderReference.Answer(Get("order id, report"),
                Get("number, report"), 0, Get("date-time of the report"), body)));
        }

        [Test]
        public static void The_parameters_of_the_box_carry_them()
        {
            byte[] post = Get("parameter of post, not replacing");
            Assert.That(post[..5], Is.EqualTo(new byte[] { 0x02, 0x03, 0x09, 0x81, 0xDB }));
            Assert.That(post[5..^7], Is.EqualTo(Get("order file")));
            Assert.That(post[^7..], Is.EqualTo((byte[])[0x06, .. Get("number"), 0x03, 0x00]));
            Assert.That(Get("parameter of answer"), Is.EqualTo((byte[])[0x09, 0x4A, .. Get("answer")]));
            Assert.That(Get("parameter of answer, report"),
                Is.EqualTo((byte[])[0x09, 0x81, 0x84, .. Get("answer, report")]));
            Assert.That(Get("answer").Skip(9).Take(16), Is.EqualTo(Get("order file").Skip(8).Take(16)), "it names the order");
        }

        [Test]
        public static void The_numbers_are_above_the_pairing_s_epoch_and_what_expired_did()
        {
            uint epoch = Number(PairingVectors.Get("epoch"));
            Assert.That(Number(Get("number")), Is.GreaterThan(epoch + 1));
            Assert.That(Number(Get("number, report")), Is.GreaterThan(Number(Get("number"))));
            Assert.That(Get("not-after of an order"), Is.EqualTo(PairingVectors.Get("not-after")));
            var end = new DateTime(2020, 1, 1, 9, 0, 0).AddSeconds(Number(Get("not-after of an order")));
            byte[] time = Get("date-time, expired");
            Assert.That(end.AddSeconds(1), Is.EqualTo(new DateTime((time[0] << 8) | time[1], time[2], time[3], time[5], time[6], time[7])));
        }

        private static byte[] Get(string row) => OrderVectors.Get(row);

        private static uint Number(byte[] bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
