using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.Keys;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Proofs by the folder: a line for each thousand, a total, the bad ones by name, and what is done passed over.</summary>
    internal sealed class ProofRunTests
    {
        private const int Many = 1020;

        private LedgerFixture _f;
        private Dictionary<string, string> _environment;

        [SetUp]
        public void SetUp()
        {
            _f = new LedgerFixture();
            _environment = new Dictionary<string, string>
            {
                ["NANOCOMM_LEDGER"] = "test.ledger",
                ["NANOCOMM_PASSPHRASE"] = LedgerFixture.Passphrase,
            };
            Directory.CreateDirectory(In("proofs/deeper"));
        }

        [TearDown]
        public void TearDown()
        {
            _f.Dispose();
        }

        [Test]
        public void A_folder_of_receipts_is_taken_and_the_bad_ones_are_named()
        {
            IReadOnlyList<IssuedTicket> issued = _f.Ledger.Issue(Enumerable.Repeat(LedgerFixture.Request(), Many).ToList());
            for (int i = 0; i < Many; i++)
            {
                File.WriteAllBytes(In($"proofs/{(i % 2 == 0 ? "" : "deeper/")}{i}.receipt"), _f.Receipt(issued[i]));
            }

            byte[] altered = _f.Receipt(issued[0]);
            altered[45] ^= 1;
            File.WriteAllBytes(In("proofs/altered.receipt"), altered);
            File.WriteAllText(In("proofs/text.receipt"), "no receipt");
            File.WriteAllBytes(In("proofs/empty.receipt"), []);
            File.WriteAllText(In("proofs/long.receipt"), new string('x', 5000));
            File.WriteAllText(In("proofs/ticket.nct"), "not looked at");

            (int exitCode, string output, string error) = Start("kms", "receipt", "proofs");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Does.Contain("1,000 of 1,024: "));
            Assert.That(output, Does.Match(@"1,024 receipts: 1,020 taken, 0 known already, 4 refused; [\d,]+/s"));
            Assert.That(output.Split('\n'), Has.Length.LessThan(8), "no line for each");
            Assert.That(error, Does.Contain("altered.receipt: the receipt is not authentic").And.Contain("text.receipt: this is not a receipt")
                .And.Contain("empty.receipt: this is not a receipt").And.Contain("long.receipt"));
            Assert.That(_f.Tickets().Select(ticket => ticket.State).Distinct(), Is.EqualTo(new[] { TicketState.Done }));

            // Once more, as after a power cut.
            (exitCode, output, _) = Start("kms", "receipt", "proofs");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Does.Contain("0 taken, 1,020 known already, 4 refused"));
        }

        [Test]
        public void A_ticket_that_was_said_to_be_lost_is_a_word_at_the_end()
        {
            IssuedTicket lost = _f.Issue();
            _f.Ledger.Revoke(_f.Ledger.Find(Convert.ToHexString(lost.Ticket.Id.Span)));
            File.WriteAllBytes(In("proofs/lost.receipt"), _f.Receipt(lost));
            (int exitCode, string output, _) = Start("kms", "receipt", "proofs");
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain("lost.receipt: This ticket was said to be lost: somebody used it"));
        }

        [Test]
        public void Erasure_records_and_answers_go_the_same_way()
        {
            IssuedTicket order = _f.Issue(kind: TicketKind.Retire);
            File.WriteAllBytes(In("proofs/1.erasure"), _f.Erasure(LedgerFixture.Unit, order, Erased.Pairing));
            File.WriteAllBytes(In("proofs/2.erasure"), _f.Erasure(LedgerFixture.OtherUnit, null, Erased.FactoryKeys, isDone: false));
            (int exitCode, string output, string error) = Start("kms", "erasure", "proofs");
            Assert.That((exitCode, output), Is.EqualTo((1, output)));
            Assert.That(output, Does.Contain("2 erasure records: 1 taken, 0 known already, 1 refused"));
            Assert.That(error, Does.Contain("2.erasure: the erasure record proves nothing yet"));
            File.Delete(In("proofs/2.erasure"));
            Assert.That(Start("kms", "erasure", "proofs").Output, Does.Contain("0 taken, 1 known already, 0 refused"));

            OrderEntry closed = _f.Order(unit: LedgerFixture.OtherUnit).Entry;
            File.WriteAllBytes(In("proofs/1.answer"), _f.Answer(closed, OrderResult.NoSuchPath));
            (exitCode, output, _) = Start("kms", "answer", "proofs");
            Assert.That(exitCode, Is.EqualTo(3));
            Assert.That(output, Does.Contain("1 of what was not done").And.Contain($"1.answer: the order {closed.Id}"));
            Assert.That(Start("kms", "answer", "proofs").ExitCode, Is.Zero, "known");
        }

        [Test]
        public void A_folder_without_one_is_told_and_so_is_a_pipe()
        {
            (int exitCode, _, string error) = Start("kms", "receipt", "proofs");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("there is no file *.receipt in the folder proofs"));
        }

        [Test]
        public void More_files_than_a_screen_are_summed_up()
        {
            File.WriteAllBytes(In("r"), _f.Receipt(_f.Issue()));
            (int exitCode, string output, _) = Start(["kms", "receipt", .. Enumerable.Repeat("r", 21)]);
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain("21 receipts: 1 taken, 20 known already, 0 refused"));
        }

        private string In(string file) => Path.Combine(_f.Folder, file);

        private (int ExitCode, string Output, string Error) Start(params string[] arguments) => ToolCommand.Run(_f.Folder, _environment, arguments);
    }
}
