using System;
using System.IO;
using CsCheck;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Files that are no tickets, receipts or erasure records are told so, and nothing else happens.</summary>
    internal static class TicketParsingTests
    {
        private static readonly string[] Tickets = ["ticket file", "ticket file, retire"];

        // The order of the lengths, the tags and the fixed fields in C of the vector: what can be wrong without a key.
        private const int IdOffset = 6 + 2;
        private const int IdLength = 16;

        [TestCaseSource(nameof(Tickets))]
        public static void A_ticket_cut_anywhere_is_refused(string name)
        {
            byte[] good = PairingVectors.Get(name);
            for (int length = 0; length < good.Length; length++)
            {
                byte[] cut = good[..length];
                Assert.That(() => Ticket.Parse(cut), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
            }

            byte[] longer = [.. good, 0];
            Assert.That(() => Ticket.Parse(longer), Throws.TypeOf<InvalidDataException>());
        }

        [Test]
        public static void A_ticket_with_any_byte_altered_is_refused_or_shows_what_was_altered()
        {
            byte[] good = PairingVectors.Get("ticket file");
            Ticket original = Ticket.Parse(good);
            int refused = 0;
            for (int i = 0; i < good.Length; i++)
            {
                byte[] bad = [.. good];
                bad[i] ^= 0xFF;
                try
                {
                    // What is sealed is the units' to judge; what is open must not be taken for another part of the file.
                    Ticket ticket = Ticket.Parse(bad);
                    Assert.That(ticket.UnitPart.Length, Is.EqualTo(original.UnitPart.Length));
                    Assert.That(ticket.MeterPart.Length, Is.EqualTo(original.MeterPart.Length));
                    Assert.That(ticket.Bytes.ToArray(), Is.EqualTo(bad));
                }
                catch (InvalidDataException)
                {
                    refused++;
                }
            }

            // Magic 4, two lengths 2 each; in each part tag, three lengths, the id (which must agree), the KMS's title
            // (likewise), two empty fields, four of the key-info, the service's length, control and counter 4.
            int perPart = 1 + 3 + IdLength + SystemTitle.Length + 2 + 4 + 1 + 1 + 4;
            Assert.That(refused, Is.EqualTo(4 + 4 + 2 * perPart));
        }

        [Test]
        public static void Two_tickets_put_together_are_refused()
        {
            byte[] mixed = PairingVectors.Get("ticket file");
            PairingVectors.Get("ticket id, retire").CopyTo(mixed.AsSpan(IdOffset, IdLength));
            Assert.That(() => Ticket.Parse(mixed), Throws.TypeOf<InvalidDataException>());
        }

        [Test]
        public static void Any_bytes_at_all_are_refused_in_words()
        {
            Gen<byte[]> any = Gen.Byte.Array[0, 600];
            Gen<byte[]> near = Gen.Select(any, Gen.Int[0, 292], (noise, kept) =>
                (byte[])[.. PairingVectors.Get("ticket file")[..kept], .. noise]);
            Gen.OneOf(any, near).Sample(bytes =>
            {
                Refuses(() => Ticket.Parse(bytes), bytes);
                Refuses(() => Receipt.Parse(bytes), bytes);
                Refuses(() => ErasureRecord.Parse(bytes), bytes);
            }, iter: 20_000);
        }

        [Test]
        public static void A_time_of_any_bytes_is_a_time_or_unknown()
        {
            Gen.Byte.Array[CosemDateTime.Length].Sample(bytes =>
            {
                string text = new CosemDateTime(bytes).ToString();
                return text == "unknown" || DateTime.TryParseExact(text[..19], "yyyy-MM-dd HH:mm:ss", null, 0, out _);
            }, iter: 100_000);
        }

        [TestCase("07EA060F010A1E0000FDE400", "2026-06-15 10:30:00+09:00")]
        [TestCase("07EA060F010A1E0000800001", "2026-06-15 10:30:00 (the clock called it doubtful)")]
        [TestCase("07EA060FFF0A1EFFFF003C00", "2026-06-15 10:30:00-01:00")]
        [TestCase("07EA021DFF0A1E0000FDE400", "unknown")]
        [TestCase("FFFFFFFFFFFFFFFFFFFFFFFF", "unknown")]
        public static void A_time_is_read_as_its_clock_meant_it(string bytes, string text)
        {
            Assert.That(new CosemDateTime(Convert.FromHexString(bytes)).ToString(), Is.EqualTo(text));
        }

        private static void Refuses(Action parse, byte[] bytes)
        {
            try
            {
                parse();
            }
            catch (InvalidDataException)
            {
            }
            catch (Exception error)
            {
                Assert.Fail($"{error.GetType().Name} from {Convert.ToHexString(bytes)}");
            }
        }
    }
}
