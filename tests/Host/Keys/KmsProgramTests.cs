using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NanoComm.Keys;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The key office's commands: files, words and exit codes. Each exit code is seen from a program too.</summary>
    internal sealed class KmsProgramTests
    {
        private const string Meter = "4E434D0000000001";
        private const string Unit = "4E43430000000001";
        private const string OtherUnit = "4E43430000000002";
        private const string Right = LedgerFixture.Passphrase;

        private LedgerFixture _f;
        private Dictionary<string, string> _environment;

        [SetUp]
        public void SetUp()
        {
            _f = new LedgerFixture();
            _f.Clock.Time = DateTimeOffset.UtcNow;
            _environment = new Dictionary<string, string>
            {
                ["NANOCOMM_LEDGER"] = "test.ledger",
                ["NANOCOMM_PASSPHRASE"] = LedgerFixture.Passphrase,
                ["NANOCOMM_FILE_PASSPHRASE"] = "between factory and office",
            };
        }

        [TearDown]
        public void TearDown()
        {
            _f.Dispose();
        }

        // As programs, so that nothing they write gets past the test.
        [Test]
        public void From_init_to_a_ticket_nothing_secret_is_shown()
        {
            _environment["NANOCOMM_LEDGER"] = "fresh.ledger";
            var said = new StringBuilder();
            said.Append(RunProgram("kms", "init"));
            said.Append(RunProgram("kms", "enroll", "--mu", "--title", Meter, "--store", "meter"));
            said.Append(RunProgram("kms", "enroll", "--cu", "--title", Unit, "--store", "unit"));
            said.Append(RunProgram("kms", "ticket", "--mu", Meter, "--cu", Unit, "--out", "t.nct"));
            said.Append(RunProgram("kms", "ticket", "--mu", Meter, "--cu", Unit, "--out", ".", "--retire"));
            said.Append(RunProgram("kms", "list"));
            said.Append(RunProgram("kms", "list", "units"));
            said.Append(RunProgram("kms", "list", "units", "--json"));
            said.Append(Said(StartProgram("kms", "revoke", "--cu", Unit, "--with", Unit), 1));
            said.Append(RunProgram("swap", "--ticket", "t.nct", "--store", "unit", "--dry-run"));

            string secrets = RunProgram("kms", "list", "units", "--json", "--show-secrets");
            string[] keys = JsonDocument.Parse(secrets).RootElement.EnumerateArray()
                .SelectMany(unit => unit.EnumerateObject())
                .Where(property => property.Name is "kek" or "dk" or "proof_key" or "utility_guek" or "utility_gak")
                .Select(property => property.Value.GetString()).ToArray();
            Assert.That(keys, Has.Length.EqualTo(6));
            string all = said.ToString();
            Assert.That(keys.Where(key => all.Contains(key[..16], StringComparison.OrdinalIgnoreCase)), Is.Empty);
            Assert.That(all, Does.Not.Contain(LedgerFixture.Passphrase));

            byte[] factory = File.ReadAllBytes(Path.Combine(_f.Folder, "unit", "factory.rec"));
            Assert.That(Convert.ToHexString(factory), Does.Contain(Unit + keys.First(key => key.Length == 32)));
        }

        [Test]
        public void A_receipt_is_taken_as_bytes_or_digits_and_a_bad_one_leaves_exit_code_1()
        {
            IssuedTicket issued = _f.Issue();
            byte[] receipt = _f.Receipt(issued);
            File.WriteAllBytes(PathOf("good"), receipt);
            File.WriteAllText(PathOf("digits"), Convert.ToHexString(receipt) + "\n");
            receipt[40] ^= 1;
            File.WriteAllBytes(PathOf("bad"), receipt);
            (int exitCode, string output, string error) = StartProgram("kms", "receipt", "good", "bad", "digits", "none");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(output, Does.Contain("the ticket is done").And.Contain("known already")
                .And.Contain("2026-06-15 10:30:00+09:00"));
            Assert.That(error, Does.Contain("bad: the receipt is not authentic").And.Contain("none"));
            Assert.That(_f.Tickets()[0].State, Is.EqualTo(TicketState.Done));
        }

        [Test]
        public void An_erasure_record_is_taken()
        {
            IssuedTicket order = _f.Issue(kind: TicketKind.Retire);
            File.WriteAllBytes(PathOf("proof"), _f.Erasure(LedgerFixture.Unit, order, Erased.Pairing | Erased.RouteB));
            Assert.That(Run("kms", "erasure", "proof"), Does.Contain("Pairing, RouteB"));
            Assert.That(_f.Tickets()[0].State, Is.EqualTo(TicketState.Done));
        }

        [Test]
        public void A_batch_with_a_bad_row_makes_nothing()
        {
            File.WriteAllLines(PathOf("rows.csv"), ["mu,cu", $"{Meter},{Unit}", $"{Meter},{OtherUnit}"]);
            (int exitCode, string _, string error) = Start("kms", "ticket", "--batch", "rows.csv", "--out", "out");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain($"rows.csv:3: {Meter} is in line 2 already, with the unit {Unit}").And.Contain("no ticket was made"));
            Assert.That(_f.Tickets(), Is.Empty);
            Assert.That(Directory.GetFiles(PathOf("out")), Is.Empty);
        }

        [Test]
        public void Keys_go_from_the_factory_to_the_ledger_in_a_file()
        {
            Run("kms", "enroll", "--cu", "--export", "units.keys", "--count", "300");
            Assert.That(Run("kms", "enroll", "--import", "units.keys"), Does.Contain("300 units entered"));
            Assert.That(Run("kms", "enroll", "--import", "units.keys"), Does.Contain("0 units entered, 300 were"));
            Assert.That(_f.Ledger.Units(new UnitFilter { Kind = UnitKind.Communication }).Count(), Is.EqualTo(302));
            _environment["NANOCOMM_FILE_PASSPHRASE"] = "another one of length";
            Assert.That(Start("kms", "enroll", "--import", "units.keys").Error, Does.Contain("wrong passphrase for the file"));
        }

        [Test]
        public void A_unit_is_installed_once_more_with_the_keys_it_has()
        {
            Run("kms", "enroll", "--cu", "--title", Unit, "--store", "unit");
            byte[] first = File.ReadAllBytes(PathOf("unit/factory.rec"));
            Directory.Delete(PathOf("unit"), recursive: true);
            Run("kms", "enroll", "--cu", "--title", Unit, "--store", "unit");
            Assert.That(File.ReadAllBytes(PathOf("unit/factory.rec")), Is.EqualTo(first));
            Assert.That(Start("kms", "enroll", "--cu", "--title", OtherUnit, "--store", "unit").Error,
                Does.Contain($"holds the unit {Unit}"));
        }

        [TestCase("wrong passphrase", "five words are wrong here", "kms", "ticket", "--mu", Meter, "--cu", Unit,
            "--out", "t.nct")]
        [TestCase("is there already", Right, "kms", "init")]
        [TestCase("'XY' is no title", Right, "kms", "ticket", "--mu", "XY", "--cu", Unit, "--out", "t.nct")]
        [TestCase("a communication unit is wanted", Right, "kms", "ticket", "--mu", Meter, "--cu", Meter,
            "--out", "t.nct")]
        [TestCase("there is no folder for", Right, "kms", "ticket", "--mu", Meter, "--cu", Unit, "--out",
            "no/t.nct")]
        [TestCase("'tomorrow' is not a date", Right, "kms", "ticket", "--mu", Meter, "--cu", Unit, "--out",
            "t.nct", "--not-after", "tomorrow")]
        [TestCase("is over", Right, "kms", "ticket", "--mu", Meter, "--cu", Unit, "--out", "t.nct",
            "--not-after", "2026-01-01")]
        [TestCase("give --mu and --cu", Right, "kms", "ticket", "--out", "t.nct")]
        [TestCase("either --mu or --cu", Right, "kms", "enroll")]
        [TestCase("there is no ledger", Right, "kms", "list", "--ledger", "none")]
        [TestCase("'lost' is none of", Right, "kms", "list", "--state", "lost")]
        [TestCase("is not a ticket file", Right, "swap", "--ticket", "test.ledger.epoch", "--store", ".")]
        [TestCase("either --store or --port", Right, "swap", "--ticket", "x")]
        [TestCase("--port needs --unit", Right, "swap", "--ticket", "x", "--port", "COM3")]
        public void What_the_user_can_mend_is_one_line_and_exit_code_2(string says, string passphrase, params string[] arguments)
        {
            _environment["NANOCOMM_PASSPHRASE"] = passphrase;
            AssertRefused(says, Start(arguments));
        }

        // A program into pipes: nobody is there to be asked for one.
        [Test]
        public void Without_a_passphrase_it_is_one_line_and_exit_code_2()
        {
            _environment["NANOCOMM_PASSPHRASE"] = "";
            AssertRefused("no passphrase of the ledger",
                StartProgram("kms", "ticket", "--mu", Meter, "--cu", Unit, "--out", "t.nct"));
        }

        private void AssertRefused(string says, (int ExitCode, string Output, string Error) end)
        {
            Assert.That(end.ExitCode, Is.EqualTo(2), end.Output + end.Error);
            Assert.That(end.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(end.Error, Does.Contain(says));
            Assert.That(_f.Tickets(), Is.Empty);
        }

        private string PathOf(string file) => Path.Combine(_f.Folder, file);

        private string Run(params string[] arguments) => Said(Start(arguments), 0);

        private string RunProgram(params string[] arguments) => Said(StartProgram(arguments), 0);

        private static string Said((int ExitCode, string Output, string Error) end, int expected)
        {
            Assert.That(end.ExitCode, Is.EqualTo(expected), end.Output + end.Error);
            return end.Output + end.Error;
        }

        private (int ExitCode, string Output, string Error) Start(params string[] arguments)
        {
            return ToolCommand.Run(_f.Folder, _environment, arguments);
        }

        private (int ExitCode, string Output, string Error) StartProgram(params string[] arguments)
        {
            using var program = new ToolProgram(_f.Folder, _environment, arguments);
            return program.End();
        }
    }
}
