using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Data.Sqlite;
using NanoComm.Keys;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>A batch in one file: written whole or not at all, and one ticket found without the others.</summary>
    internal sealed class TicketArchiveTests
    {
        private const string Meter = "4E434D0000000001";
        private const string OtherMeter = "4E434D0000000002";
        private const string Unit = "4E43430000000001";
        private const string OtherUnit = "4E43430000000002";

        private LedgerFixture _f;
        private Dictionary<string, string> _environment;

        private string Archive => Path.Combine(_f.Folder, "batch.nca");

        [SetUp]
        public void SetUp()
        {
            _f = new LedgerFixture();
            _environment = new Dictionary<string, string>
            {
                ["NANOCOMM_LEDGER"] = "test.ledger",
                ["NANOCOMM_PASSPHRASE"] = LedgerFixture.Passphrase,
            };
        }

        [TearDown]
        public void TearDown()
        {
            _f.Dispose();
        }

        [Test]
        public void A_ticket_is_found_by_meter_by_unit_and_by_both()
        {
            Make();
            using TicketArchive archive = TicketArchive.Open(Archive);
            Assert.That(archive.Count, Is.EqualTo(2));
            archive.Check(_ => { });
            foreach (TicketEntry entry in _f.Tickets())
            {
                foreach ((SystemTitle? meter, SystemTitle? unit) in new (SystemTitle?, SystemTitle?)[]
                    { (entry.Meter, null), (null, entry.Unit), (entry.Meter, entry.Unit) })
                {
                    ArchivedTicket found = archive.Find(meter, unit);
                    Assert.That((found.Meter, found.Unit), Is.EqualTo((entry.Meter, entry.Unit)));
                    Assert.That(Convert.ToHexString(found.Ticket.Id.Span), Is.EqualTo(entry.Id));
                    Assert.That(found.Order, Is.Null);
                }
            }
        }

        [TestCase(Meter, OtherUnit, "for the meter 4E434D0000000001 and the unit 4E43430000000002: its ticket for that meter is for the unit 4E43430000000001")]
        [TestCase("4E434D00000000FF", Unit, "its ticket for that unit is for the meter 4E434D0000000001")]
        [TestCase("4E434D00000000FF", null, "has no ticket for the meter 4E434D00000000FF")]
        [TestCase(null, "4E434300000000FF", "has no ticket for the unit 4E434300000000FF")]
        public void A_missing_pair_is_told_and_what_is_there_in_its_place(string meter, string unit, string says)
        {
            Make();
            using TicketArchive archive = TicketArchive.Open(Archive);
            Assert.That(() => archive.Find(Title(meter), Title(unit)), Throws.TypeOf<LedgerException>().With.Message.Contains(says));
        }

        [Test]
        public void Two_tickets_for_one_unit_are_told_apart_by_the_meter()
        {
            using (var writer = new TicketArchiveWriter(Archive))
            {
                writer.Write([_f.Issue(), _f.Issue(LedgerFixture.OtherMeter)]);
                writer.Finish();
            }

            using TicketArchive archive = TicketArchive.Open(Archive);
            Assert.That(() => archive.Find(null, LedgerFixture.Unit), Throws.TypeOf<LedgerException>()
                .With.Message.Contains(Meter).And.Message.Contains(OtherMeter).And.Message.Contains("--mu"));
            Assert.That(archive.Find(LedgerFixture.OtherMeter, LedgerFixture.Unit).Meter, Is.EqualTo(LedgerFixture.OtherMeter));
        }

        [Test]
        public void A_pair_has_one_ticket_in_an_archive()
        {
            using var writer = new TicketArchiveWriter(Archive);
            writer.Write([_f.Issue()]);
            Assert.That(() => writer.Write([_f.Issue()]), Throws.TypeOf<LedgerException>().With.Message.Contains("has a ticket for the meter"));
        }

        [Test]
        public void It_is_there_when_it_is_finished_and_for_its_owner_alone()
        {
            using (var writer = new TicketArchiveWriter(Archive))
            {
                writer.Write([_f.Issue()]);
                Assert.That(File.Exists(Archive), Is.False);
                Assert.That(Leftovers(), Has.Length.EqualTo(1));
                AssertOwnerOnly(Leftovers()[0]);
            }

            Assert.That(Leftovers(), Is.Empty, "not finished");
            Make();
            AssertOwnerOnly(Archive);
            byte[] before = File.ReadAllBytes(Archive);
            Assert.That(() => new TicketArchiveWriter(Archive), Throws.TypeOf<LedgerException>().With.Message.Contains("--replace"));
            using (var writer = new TicketArchiveWriter(Archive, replace: true))
            {
                writer.Write([_f.Issue()]);
                Assert.That(File.ReadAllBytes(Archive), Is.EqualTo(before));
                writer.Finish();
            }

            using TicketArchive archive = TicketArchive.Open(Archive);
            Assert.That(archive.Count, Is.EqualTo(1));
            Assert.That(Leftovers(), Is.Empty);
        }

        // Of every byte that is altered it is told, or it makes no difference to the ticket that is read.
        [Test]
        public void Damage_anywhere_is_told_and_never_gives_another_ticket()
        {
            Make();
            byte[] whole = File.ReadAllBytes(Archive);
            byte[] right = Read(out _).ToArray();
            var random = new Random(7);
            int told = 0;
            for (int i = 0; i < 300; i++)
            {
                byte[] bad = [.. whole];
                int length = random.Next(1, 40);
                random.NextBytes(bad.AsSpan(random.Next(bad.Length - length), length));
                File.WriteAllBytes(Archive, bad);
                byte[] read = Read(out string said);
                Assert.That(read, Is.Null.Or.EqualTo(right), $"try {i}");
                Assert.That(read is null, Is.EqualTo(said is not null), $"try {i}");
                told += said is null ? 0 : 1;
            }

            Assert.That(told, Is.GreaterThan(10));
        }

        [Test]
        public void A_ticket_altered_in_place_is_told()
        {
            Make();
            Execute($"UPDATE ticket SET ticket = (SELECT ticket FROM ticket WHERE mu = '{OtherMeter}') WHERE mu = '{Meter}'");
            Assert.That(Read(out string said), Is.Null);
            Assert.That(said, Does.Contain("is damaged or was tampered with"));
        }

        [Test]
        public void A_row_that_was_taken_out_is_told_by_the_check()
        {
            Make();
            Execute($"DELETE FROM ticket WHERE mu = '{OtherMeter}'");
            using TicketArchive archive = TicketArchive.Open(Archive);
            Assert.That(() => archive.Check(_ => { }), Throws.TypeOf<LedgerException>().With.Message.Contains("was made with 2"));
        }

        [TestCase("PRAGMA application_id = 1", "is not an archive of tickets")]
        [TestCase("PRAGMA user_version = 2", "of version 2: this program reads version 1")]
        [TestCase("DROP TABLE ticket", "failed")]
        public void A_file_of_another_form_is_refused(string statement, string says)
        {
            Make();
            Execute(statement);
            Assert.That(Read(out string said), Is.Null);
            Assert.That(said, Does.Contain(says));
        }

        [Test]
        public void A_file_cut_short_is_told()
        {
            Make();
            byte[] whole = File.ReadAllBytes(Archive);
            foreach (int length in new[] { 16, 99, 100, 4096, whole.Length / 2, whole.Length - 1 })
            {
                File.WriteAllBytes(Archive, whole[..length]);
                Assert.That(Read(out string said), Is.Null, $"{length} bytes");
                Assert.That(said, Is.Not.Null);
            }
        }

        [Test]
        public void From_the_office_to_the_unit_by_the_commands()
        {
            Run(0, "kms", "enroll", "--cu", "--title", Unit, "--store", "unit");
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue())));
            IssuedOrder order = _f.Order();
            File.WriteAllLines(Path.Combine(_f.Folder, "rows.csv"), ["mu,cu", $"{Meter},{Unit}", $"{OtherMeter},{OtherUnit}"]);
            Assert.That(Run(0, "kms", "ticket", "--batch", "rows.csv", "--archive", "batch.nca", "--again"), Does.Contain("2 tickets in batch.nca"));
            Assert.That(Run(2, "kms", "ticket", "--batch", "rows.csv", "--archive", "batch.nca"), Does.Contain("--replace"));
            Assert.That(_f.Tickets(), Has.Count.EqualTo(3), "nothing was made for the one that was refused");

            string said = Run(0, "swap", "--ticket", "batch.nca", "--mu", Meter, "--unit", Unit, "--store", "unit", "--dry-run");
            Assert.That(said, Does.Contain(Meter).And.Contain(Unit));
            Assert.That(Run(0, "swap", "--ticket", "batch.nca", "--mu", Meter, "--store", "unit", "--dry-run"), Does.Contain(Unit));
            Assert.That(Run(2, "swap", "--ticket", "batch.nca", "--store", "unit"), Does.Contain("say which one with --mu"));
            Assert.That(Run(2, "swap", "--ticket", "batch.nca", "--mu", Meter, "--unit", OtherUnit, "--store", "unit"),
                Does.Contain($"is for the unit {Unit}"));
            Assert.That(Run(2, "swap", "--ticket", "batch.nca", "--mu", OtherMeter, "--store", "unit", "--dry-run"),
                Does.Contain($"this is the unit {Unit}"));

            // The order that follows: made anew for the ticket, above it.
            using TicketArchive archive = TicketArchive.Open(Archive);
            Order follows = archive.Find(LedgerFixture.Meter, LedgerFixture.Unit).Order;
            Assert.That(Convert.ToHexString(follows.Id.Span), Is.EqualTo(_f.Orders()[0].Id).And.Not.EqualTo(order.Entry.Id));
            Assert.That(Run(0, "order", "post", "--file", "batch.nca", "--unit", Unit, "--store", "unit"), Does.Contain("is in the inbox"));
            Assert.That(Run(2, "order", "post", "--file", "batch.nca", "--unit", OtherUnit, "--store", "unit"),
                Does.Contain($"no order follows the ticket for the unit {OtherUnit}"));
            Assert.That(Run(2, "order", "post", "--file", "batch.nca", "--store", "unit"), Does.Contain("--unit"));
        }

        [Test]
        public void The_ticket_of_another_meter_is_refused()
        {
            Run(0, "kms", "enroll", "--cu", "--title", Unit, "--store", "unit");
            Run(0, "kms", "ticket", "--mu", Meter, "--cu", Unit, "--out", "t.nct");
            Assert.That(Run(2, "swap", "--ticket", "t.nct", "--mu", OtherMeter, "--store", "unit", "--dry-run"),
                Does.Contain($"--mu: this is the meter {OtherMeter}, the ticket is for {Meter}"));
        }

        [TestCase("--archive goes with --batch", "--mu", Meter, "--cu", Unit, "--archive", "x.nca")]
        [TestCase("either --out or --archive", "--batch", "rows.csv", "--archive", "x.nca", "--out", "out")]
        [TestCase("either --out or --archive", "--batch", "rows.csv")]
        [TestCase("--out is missing", "--mu", Meter, "--cu", Unit)]
        public void Options_that_do_not_go_together_are_told(string says, params string[] arguments)
        {
            Assert.That(Run(2, ["kms", "ticket", .. arguments]), Does.Contain(says));
        }

        private static SystemTitle? Title(string text) => text is null ? null : SystemTitle.Parse(text);

        private static void AssertOwnerOnly(string path)
        {
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }

        private void Make()
        {
            using var batch = new TicketBatch(_f.Ledger);
            using (BatchReader rows = BatchReader.Of(new StringReader($"mu,cu\n{Meter},{Unit}\n{OtherMeter},{OtherUnit}\n")))
            {
                batch.Load(rows, error => Assert.Fail(error.What), _ => { });
            }

            using var writer = new TicketArchiveWriter(Archive);
            batch.Issue(writer, false, _ => { });
        }

        private string[] Leftovers() => Directory.GetFiles(_f.Folder, "*.tmp");

        private byte[] Read(out string said)
        {
            said = null;
            try
            {
                using TicketArchive archive = TicketArchive.Open(Archive);
                return archive.Find(LedgerFixture.Meter, LedgerFixture.Unit).Ticket.Bytes.ToArray();
            }
            catch (LedgerException error)
            {
                said = error.Message;
                return null;
            }
        }

        private void Execute(string statement)
        {
            using var connection = new SqliteConnection($"Data Source={Archive};Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        private string Run(int exitCode, params string[] arguments)
        {
            (int ended, string output, string error) = ToolCommand.Run(_f.Folder, _environment, arguments);
            Assert.That(ended, Is.EqualTo(exitCode), output + error);
            return output + error;
        }
    }
}
