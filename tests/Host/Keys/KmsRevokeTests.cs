using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary><c>kms revoke</c>: the loss is in the ledger whatever becomes of the rest.</summary>
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres, Explicit = true, Reason = "half a minute; dotnet test tests/Host --filter FullyQualifiedName~KmsRevokeTests -- NUnit.ExplicitMode=Relaxed")]
    internal sealed class KmsRevokeTests(Backend backend) : KmsTestBase(backend)
    {
        private const string Meter = "4E434D0000000001";
        private const string OtherMeter = "4E434D0000000002";
        private const string Unit = "4E43430000000001";
        private const string OtherUnit = "4E43430000000002";
        private const int Patience = 120_000;

        [Test]
        public void A_lost_ticket_is_noted_and_explained_and_then_shut_out()
        {
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue(unit: LedgerFixture.OtherUnit))));
            IssuedTicket lost = _f.Issue();
            string id = Convert.ToHexString(lost.Ticket.Id.Span);
            Assert.That(_office.Run("kms", "revoke", "--ticket", id), Does.StartWith("Noted: the ticket is lost")
                .And.Contain("until a higher epoch is staged").And.Contain($"rotation ticket for the unit {OtherUnit}")
                .And.Contain("No ticket was made"));
            Assert.That(_f.Tickets()[0].State, Is.EqualTo(TicketState.Revoked));

            Assert.That(_office.Run("kms", "revoke", "--ticket", id, "--out", "rotation"), Does.StartWith("Noted before"));
            TicketEntry rotation = _f.Tickets()[0];
            Assert.That((rotation.Meter, rotation.Unit), Is.EqualTo((LedgerFixture.Meter, LedgerFixture.OtherUnit)));
            Assert.That(rotation.Epoch, Is.GreaterThan(lost.Epoch));
            Assert.That(File.Exists(_office.PathOf(Path.Combine("rotation", $"{Meter}-{OtherUnit}.nct"))));
        }

        [Test]
        public void A_stolen_unit_takes_a_replacement_which_may_be_named_later()
        {
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue())));
            (int exitCode, string output, string error) = _office.Start("kms", "revoke", "--cu", Unit, "--out", "rotation");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Does.Contain($"meter {Meter}: the unit on it is the lost one: name the unit for it with --with TITLE"));
            Assert.That(error, Does.StartWith("nanocomm: the loss is noted, but --with is missing"));
            Assert.That(_f.Ledger.Find(LedgerFixture.Unit).State, Is.EqualTo(UnitState.Revoked));

            _office.Run("kms", "revoke", "--cu", Unit, "--with", OtherUnit, "--out", "rotation");
            Assert.That(_f.Tickets()[0].Unit, Is.EqualTo(LedgerFixture.OtherUnit));
        }

        // A folder below a file can be made by nobody.
        [TestCase("cannot|not a directory|exists", LedgerFixture.Passphrase, "--with", OtherUnit, "--out", "test.ledger.epoch/rotation")]
        [TestCase("wrong passphrase", "five words are wrong here", "--with", OtherUnit, "--out", "rotation")]
        [TestCase("no passphrase", "", "--with", OtherUnit, "--out", "rotation")]
        [TestCase("is not in the ledger", LedgerFixture.Passphrase, "--with", "4E434300000000FF", "--out", "rotation")]
        [TestCase("names the lost unit", LedgerFixture.Passphrase, "--with", Unit, "--out", "rotation")]
        [TestCase("is there already", LedgerFixture.Passphrase, "--with", OtherUnit, "--out", ".")]
        public void The_loss_is_noted_whatever_becomes_of_the_rest(string says, string passphrase, params string[] options)
        {
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue())));
            File.WriteAllText(_office.PathOf($"{Meter}-{OtherUnit}.nct"), "mine");
            _office.Environment["NANOCOMM_PASSPHRASE"] = passphrase;
            (int exitCode, string output, string error) = passphrase.Length > 0
                ? _office.Start(["kms", "revoke", "--cu", Unit, .. options]) : End(["kms", "revoke", "--cu", Unit, .. options]);
            Assert.That(exitCode, Is.EqualTo(1), output + error);
            Assert.That(output, Does.StartWith("Noted: the unit is lost"));
            Assert.That(error, Does.Match("^nanocomm: the loss is noted, but .*(" + says + ").*\n$").IgnoreCase);
            using Ledger ledger = Ledger.Open(_f.Address, null);
            Assert.That(ledger.Find(LedgerFixture.Unit).State, Is.EqualTo(UnitState.Revoked));
            Assert.That(File.ReadAllText(_office.PathOf($"{Meter}-{OtherUnit}.nct")), Is.EqualTo("mine"));
        }

        // It waits for somebody to write its passphrase into the pipe, and is killed there.
        [Test]
        [Platform("Linux")]
        public void A_loss_is_noted_before_the_passphrase_is_there()
        {
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue())));
            Process.Start("mkfifo", [_office.PathOf("pipe")]).WaitForExit();
            using ToolProgram program = _office.Begin("kms", "revoke", "--cu", Unit, "--with", OtherUnit, "--out", "rotation",
                "--passphrase-file", "pipe");
            var clock = Stopwatch.StartNew();
            while (!IsRevoked())
            {
                Assert.That(program.HasEnded, Is.False);
                Assert.That(clock.ElapsedMilliseconds, Is.LessThan(Patience));
                Thread.Sleep(50);
            }

            program.Kill();
            Assert.That(IsRevoked());
            Assert.That(_f.Tickets(), Has.Count.EqualTo(1), "no rotation ticket");
        }

        [Test]
        public void A_batch_that_was_lost_is_noted_by_its_rows_and_made_anew()
        {
            _f.Issue();
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit))));
            File.WriteAllLines(_office.PathOf("rows.csv"), ["mu;cu", $"{Meter};{Unit}", $"{OtherMeter};{Unit}", $"x;{Unit}",
                $"{OtherMeter};{OtherUnit}"]);
            (int exitCode, string output, string error) = _office.Start("kms", "revoke", "--batch", "rows.csv");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Does.StartWith("Noted: 1 tickets are lost. 1 others were noted before, or nobody can use them any more."));
            Assert.That(error, Does.Contain($"rows.csv:3: no ticket for {OtherMeter} and {Unit} is in the ledger")
                .And.Contain("rows.csv:4: cell 1, mu: 'x' is no title").And.Contain("the loss is noted, but not of 2 rows or files"));
            Assert.That(_f.Tickets().Select(ticket => ticket.State), Is.EqualTo(new[] { TicketState.Done, TicketState.Revoked }));

            (exitCode, output, error) = _office.Start("kms", "revoke", "--batch", "rows.csv", "--out", "anew");
            Assert.That(exitCode, Is.EqualTo(1), output + error);
            Assert.That(output, Does.StartWith("Noted: 0 tickets are lost. 2 others"));
            Assert.That(_f.Tickets().Select(ticket => (ticket.Meter, ticket.Unit, ticket.State)).First(),
                Is.EqualTo((LedgerFixture.Meter, LedgerFixture.Unit, TicketState.Issued)));
            Assert.That(Directory.GetFiles(_office.PathOf("anew")).Select(Path.GetFileName), Is.EqualTo(new[] { $"{Meter}-{Unit}.nct" }));
        }

        [Test]
        public void A_batch_that_was_lost_is_noted_by_a_copy_of_its_files()
        {
            File.WriteAllLines(_office.PathOf("rows.csv"), ["mu,cu", $"{Meter},{Unit}", $"{OtherMeter},{OtherUnit}"]);
            _office.Run("kms", "ticket", "--batch", "rows.csv", "--out", "tickets");
            Assert.That(_office.Run("kms", "revoke", "--files", Path.Combine("tickets", $"{Meter}-{Unit}.nct")),
                Does.StartWith("Noted: 1 tickets are lost."));
            File.WriteAllText(_office.PathOf(Path.Combine("tickets", "other.nct")), "mine");
            (int exitCode, string output, string error) = _office.Start("kms", "revoke", "--files", "tickets");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Does.StartWith("Noted: 1 tickets are lost. 1 others"));
            Assert.That(error, Does.Contain("tickets: other.nct: this is not a ticket file"));
            Assert.That(_f.Tickets().Select(ticket => ticket.State), Is.All.EqualTo(TicketState.Revoked));
        }

        [Test]
        public void A_batch_that_was_lost_is_noted_by_a_copy_of_its_archive()
        {
            File.WriteAllLines(_office.PathOf("rows.csv"), ["mu,cu", $"{Meter},{Unit}", $"{OtherMeter},{OtherUnit}"]);
            Assert.That(_office.Run("kms", "ticket", "--batch", "rows.csv", "--archive", "batch.nca"),
                Does.Contain("was read back: 2 tickets, each whole"));
            Assert.That(_office.Run("kms", "revoke", "--files", "batch.nca"), Does.StartWith("Noted: 2 tickets are lost."));
            Assert.That(_f.Tickets().Select(ticket => ticket.State), Is.All.EqualTo(TicketState.Revoked));
        }

        [TestCase("there is no ticket 00", "--ticket", "00")]
        [TestCase("give one of --ticket, --cu, --batch and --files")]
        [TestCase("give one of --ticket", "--ticket", "00", "--cu", Unit)]
        [TestCase("--with goes with", "--batch", "x", "--with", Unit)]
        [TestCase("neither a file nor a folder", "--files", "none")]
        [TestCase("Could not find", "--batch", "none.csv")]
        [TestCase("is not in the ledger", "--cu", "4E434300000000FF")]
        public void Where_nothing_can_be_noted_it_is_exit_code_2(string says, params string[] options)
        {
            (int exitCode, string output, string error) = _office.Start(["kms", "revoke", .. options]);
            Assert.That(exitCode, Is.EqualTo(2), output + error);
            Assert.That(error, Does.Contain(says));
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        }

        private (int ExitCode, string Output, string Error) End(params string[] arguments)
        {
            using ToolProgram program = _office.Begin(arguments);
            return program.End();
        }

        private bool IsRevoked()
        {
            using Ledger ledger = Ledger.Open(_f.Address, null);
            return ledger.Find(LedgerFixture.Unit).State == UnitState.Revoked;
        }
    }
}
