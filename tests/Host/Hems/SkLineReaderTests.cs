using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoComm.Hems;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hems
{
    internal static class SkLineReaderTests
    {
        private const string Addresses = "FE80:0000:0000:0000:021D:1290:0003:C890 FE80:0000:0000:0000:021D:1290:0003:C891";

        private static readonly byte[] Payload = [0x10, 0x81, 0x0D, 0x0A, 0x20, 0x00];

        private static readonly string[] Headers =
        [
            $"ERXUDP {Addresses} 0E1A 0E1A 001D129000000001 1 0006 ",
            $"ERXUDP {Addresses} 0E1A 0E1A 001D129000000001 1 0 0006 ",
            $"ERXUDP {Addresses} 0E1A 0E1A 001D129000000001 7C 1 0 0006 ",
        ];

        [TestCaseSource(nameof(Headers))]
        public static void A_datagram_is_the_same_in_both_dialects_and_both_forms(string header)
        {
            byte[] binary = [.. Encoding.ASCII.GetBytes(header), .. Payload, .. "\r\n"u8];
            byte[] hexadecimal = Encoding.ASCII.GetBytes($"{header}{Convert.ToHexString(Payload)}\r\n");
            foreach (byte[] bytes in new[] { binary, hexadecimal })
            {
                SkLine[] heard = Read(bytes, bytes.Length);
                Assert.That(heard, Has.Length.EqualTo(1));
                AssertPayload(heard[0]);
            }
        }

        [Test]
        public static void Bytes_may_be_cut_anywhere()
        {
            byte[] all = [.. "\r\nOK\r\n"u8, .. Encoding.ASCII.GetBytes(Headers[0]), .. Payload,
                .. "\r\n\r\nEVENT 21 FE80:0000:0000:0000:021D:1290:0003:C890 02\r\nOK 00\rEVER 1.2.10\r\n"u8];
            for (int size = 1; size <= all.Length; size++)
            {
                SkLine[] heard = Read(all, size);
                Assert.That(heard, Has.Length.EqualTo(5), $"in pieces of {size}");
                Assert.That(heard[0], Is.EqualTo(new SkLine("OK")));
                AssertPayload(heard[1]);
                Assert.That(heard[2], Is.EqualTo(SkEvent.Parse("EVENT 21 FE80:0000:0000:0000:021D:1290:0003:C890 02")));
                Assert.That(heard[3..], Is.EqualTo(new[] { new SkLine("OK 00"), new SkLine("EVER 1.2.10") }));
            }
        }

        [TestCase("EVENT 25 FE80:0000:0000:0000:021D:1290:0003:C890", 0x25, 0)]
        [TestCase("EVENT 25 FE80:0000:0000:0000:021D:1290:0003:C890 0", 0x25, 0)]
        [TestCase("EVENT 21 FE80:0000:0000:0000:021D:1290:0003:C890 0 01", 0x21, 1)]
        public static void A_notice_is_the_same_in_both_dialects(string line, int number, int parameter)
        {
            Assert.That(SkEvent.Parse(line), Is.EqualTo(new SkEvent(line, number, "FE80:0000:0000:0000:021D:1290:0003:C890",
                parameter)));
        }

        [TestCase("ERXUDP FE80 short")]
        [TestCase("ERXUDP " + Addresses + " 0E1A 0E1A 001D129000000001 1 0006 1081")]
        [TestCase("ERXUDP " + Addresses + " 0E1A 0E1A 001D129000000001 1 0001 XX")]
        [TestCase("ERXUDP " + Addresses + " 0E1A ZZZZ 001D129000000001 1 0001 10")]
        [TestCase("ERXUDP " + Addresses + " 0E1A FE1A001D1 001D129000000001 1 0001 10")]
        [TestCase("ERXUDP " + Addresses + " 0E1A 0E1A 001D129000000001 1 -001 10")]
        [TestCase("ERXUDP " + Addresses + " 0E1A 0E1A 001D129000000001 01 0001 10")]
        [TestCase("EVENT")]
        public static void A_damaged_line_is_a_line_and_the_next_one_is_whole(string line)
        {
            SkLine[] heard = Read(Encoding.ASCII.GetBytes(line + "\r\nOK\r\n"), 7);
            Assert.That(heard, Is.EqualTo(new[] { new SkLine(line), new SkLine("OK") }));
        }

        private static SkLine[] Read(byte[] bytes, int size)
        {
            var reader = new SkLineReader();
            var heard = new List<SkLine>();
            foreach (byte[] piece in bytes.Chunk(size))
            {
                heard.AddRange(reader.Read(piece));
            }

            return heard.ToArray();
        }

        private static void AssertPayload(SkLine heard)
        {
            Assert.That(heard, Is.TypeOf<SkDatagram>());
            var datagram = (SkDatagram)heard;
            Assert.That(datagram.Sender, Is.EqualTo("FE80:0000:0000:0000:021D:1290:0003:C890"));
            Assert.That(datagram.Port, Is.EqualTo(3610));
            Assert.That(datagram.IsEncrypted, Is.True);
            Assert.That(datagram.Data, Is.EqualTo(Payload));
        }
    }
}
