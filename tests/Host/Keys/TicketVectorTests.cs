using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The key tools against the vectors of docs/pairing.md, which another implementation made.</summary>
    internal static class TicketVectorTests
    {
        private static SystemTitle KeyManagement => Title("title of the KMS");

        private static SystemTitle Meter => Title("MU title");

        private static SystemTitle Unit => Title("CU title");

        [Test]
        public static void A_ticket_to_pair_is_the_vector_s()
        {
            TicketMaker maker = Maker("ticket id", "fresh key of C", "fresh key of M", "GUEK", "GAK");
            Ticket ticket = maker.Pair(Meter, Get("KEK"), Unit, Get("DK"), Number("epoch"), Number("not-after"));
            Assert.That(ticket.UnitPart.ToArray(), Is.EqualTo(Get("C")));
            Assert.That(ticket.MeterPart.ToArray(), Is.EqualTo(Get("M")));
            Assert.That(ticket.Bytes.ToArray(), Is.EqualTo(Get("ticket file")));
        }

        [Test]
        public static void An_order_to_retire_is_the_vector_s()
        {
            TicketMaker maker = Maker("ticket id, retire", "fresh key, retire");
            Ticket ticket = maker.Retire(Meter, Unit, Get("DK"), Number("epoch") + 1);
            Assert.That(ticket.Bytes.ToArray(), Is.EqualTo(Get("ticket file, retire")));
        }

        [Test]
        public static void What_a_ticket_shows_is_what_was_put_in()
        {
            Ticket pair = Ticket.Parse(Get("ticket file"));
            Assert.That(pair.Kind, Is.EqualTo(TicketKind.Pair));
            Assert.That(pair.Id.ToArray(), Is.EqualTo(Get("ticket id")));
            Assert.That((pair.Meter, pair.Unit), Is.EqualTo(((SystemTitle?)Meter, Unit)));
            Ticket retire = Ticket.Parse(Get("ticket file, retire"));
            Assert.That((retire.Kind, retire.Meter, retire.Unit), Is.EqualTo((TicketKind.Retire, (SystemTitle?)null, Unit)));
            Assert.That(retire.Id.ToArray(), Is.EqualTo(Get("ticket id, retire")));
        }

        [Test]
        public static void The_receipt_verifies_and_says_what_was_committed()
        {
            Receipt receipt = Receipt.Parse(Get("receipt"));
            Assert.That(receipt.IsAuthentic(Get("proof key of the MU")));
            Assert.That((receipt.Meter, receipt.Unit, receipt.Epoch), Is.EqualTo((Meter, Unit, Number("epoch"))));
            Assert.That(receipt.TicketId.ToArray(), Is.EqualTo(Get("ticket id")));
            Assert.That(receipt.Time.ToString(), Is.EqualTo("2026-06-15 10:30:00+09:00"));
        }

        [Test]
        public static void The_erasure_record_verifies_in_both_phases_and_says_what_was_erased()
        {
            byte[] bytes = Get("erasure record");
            ErasureRecord record = ErasureRecord.Parse(bytes);
            Assert.That(record.IsAuthentic(Get("proof key of the CU")));
            Assert.That(record.IsDone);
            Assert.That((record.Unit, record.Meter, record.Epoch), Is.EqualTo((Unit, Meter, Number("epoch") + 1)));
            Assert.That(record.Order, Is.EqualTo(ErasureOrder.Ticket));
            Assert.That(record.OrderId.ToArray(), Is.EqualTo(Get("ticket id, retire")));
            Assert.That(record.Erased,
                Is.EqualTo(Erased.Pairing | Erased.Tickets | Erased.RouteB | Erased.Logs | Erased.Settings));
            Assert.That(record.Time.ToString(), Is.EqualTo("2026-06-15 10:30:00+09:00"));

            record = ErasureRecord.Parse(Get("erasure record, begun"));
            Assert.That(record.IsAuthentic(Get("proof key of the CU")));
            Assert.That(record.IsDone, Is.False);
            foreach (string name in new[] { "erasure record", "erasure record, begun" })
            {
                bytes = Get(name);
                bytes[1] ^= 1;
                Assert.That(ErasureRecord.Parse(bytes).IsAuthentic(Get("proof key of the CU")), Is.False, "the phase is proved too");
            }
        }

        // A cut after such a record was written, and one altered byte, made it say "done" with all keys still there.
        [TestCase(0)]
        [TestCase(1)]
        public static void An_erasure_record_of_version_1_proves_that_it_was_begun(byte phase)
        {
            byte[] bytes = Get("erasure record of version 1");
            bytes[1] = phase;
            ErasureRecord record = ErasureRecord.Parse(bytes);
            Assert.That(record.IsAuthentic(Get("proof key of the CU")));
            Assert.That((record.IsDone, record.IsOfFirstVersion), Is.EqualTo((false, true)));
        }

        // The key management holds no pairing keys, so it cannot verify a tombstone: this holds up the vector only.
        [Test]
        public static void The_tombstone_is_a_gmac_under_the_old_keys()
        {
            byte[] tombstone = Get("tombstone");
            byte[] said = [.. "retired"u8, .. Get("MU title"), .. Get("title of the old CU"), .. Get("epoch")];
            Assert.That(tombstone[..^12], Is.EqualTo(said));
            using var gcm = new AesGcm(Get("old GUEK"), 12);
            byte[] nonce = [.. Get("MU title"), 0xFF, 0xFF, 0xFF, 0xFF];
            byte[] associated = [0x10, .. Get("old GAK"), .. said];
            byte[] code = tombstone[^12..];
            Assert.That(() => gcm.Decrypt(nonce, Array.Empty<byte>(), code, Array.Empty<byte>(), associated),
                Throws.Nothing);
        }

        [Test]
        public static void The_table_s_times_are_the_ones_it_is_said_to_show()
        {
            var japan = TimeSpan.FromHours(9);
            Assert.That(UtilityTime.ToTime(Number("epoch")),
                Is.EqualTo(new DateTimeOffset(2026, 6, 15, 10, 30, 0, japan)));
            Assert.That(UtilityTime.FromTime(new DateTimeOffset(2026, 7, 31, 23, 59, 59, japan)),
                Is.EqualTo(Number("not-after")));
        }

        private static TicketMaker Maker(params string[] randomness)
        {
            var bytes = new MemoryStream();
            foreach (string row in randomness)
            {
                bytes.Write(Get(row));
            }

            bytes.Position = 0;
            return new TicketMaker(KeyManagement, wanted => bytes.ReadExactly(wanted));
        }

        private static byte[] Get(string row) => PairingVectors.Get(row);

        private static SystemTitle Title(string row) => new(Get(row));

        private static uint Number(string row) => BinaryPrimitives.ReadUInt32BigEndian(Get(row));
    }
}
