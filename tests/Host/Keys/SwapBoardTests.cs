using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Tests.Host.Tools;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>A swap on a board, with a stand-in for nanoff that says what nanoff says.</summary>
    [Platform(Exclude = "Win")]
    internal sealed class SwapBoardTests
    {
        private const string Unit = "4E43430000000003";

        private string _folder;
        private FakeNanoff _nanoff;
        private Dictionary<string, string> _environment;

        [SetUp]
        public void SetUp()
        {
            _folder = Directory.CreateTempSubdirectory("board").FullName;
            _nanoff = new FakeNanoff(_folder);
            _environment = _nanoff.Environment;
            File.WriteAllBytes(Path.Combine(_folder, "t.nct"), PairingVectors.Get("ticket file"));
        }

        [TearDown]
        public void TearDown()
        {
            Directory.Delete(_folder, recursive: true);
        }

        [TestCase(FakeNanoff.Version25)]
        [TestCase(FakeNanoff.Version3)]
        public void The_ticket_is_deployed_as_a_record_and_the_light_tells(string version)
        {
            _nanoff.Put("version", version);
            (int exitCode, string output, string error) = Swap("--unit", Unit, "--yes");
            Assert.That(exitCode, Is.EqualTo(3), output + error);
            Assert.That(output, Does.Contain("look at the light").And.Contain("SAP 1"));
            JsonElement plan = JsonDocument.Parse(_nanoff.Text("plan.json")).RootElement;
            Assert.That(plan.GetProperty("serialport").GetString(), Is.EqualTo("ttyTEST"));
            JsonElement file = plan.GetProperty("files")[1];
            Assert.That(file.GetProperty("DestinationFilePath").GetString(), Is.EqualTo("I:\\records\\ticket-in.rec"));
            string source = file.GetProperty("SourceFilePath").GetString();
            Assert.That(source, Does.EndWith("ticket-in.rec"));
            Assert.That(Directory.Exists(Path.GetDirectoryName(source)), Is.False, "cleared away");
            Assert.That(_nanoff.Text("mode"), Is.EqualTo("700"), "the folder while nanoff ran");
            Assert.That(Deployed(), Is.EqualTo(PairingVectors.Get("ticket file")));
        }

        [Test]
        public void What_would_count_in_the_ticket_s_place_goes_first()
        {
            _nanoff.Put("board/ticket-in.new", [1]);
            Assert.That(Swap("--unit", Unit, "--yes").ExitCode, Is.EqualTo(3));
            Assert.That(_nanoff.Exists("board/ticket-in.new"), Is.False);
            Assert.That(_nanoff.Exists("board/ticket-in.rec"));
        }

        [Test]
        public void An_order_goes_the_same_way()
        {
            File.WriteAllBytes(Path.Combine(_folder, "o.nco"), OrderVectors.Get("order file"));
            using var program = new Keys.ToolProgram(_folder, _environment,
                ["order", "post", "--file", "o.nco", "--port", "ttyTEST", "--unit", Unit]);
            (int exitCode, string output, string error) = program.End();
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(output, Does.Contain("Deployed. The unit takes the order within ten seconds"));
            Assert.That(Deployed(), Is.EqualTo(OrderVectors.Get("order file")));
        }

        [Test]
        public void An_error_after_the_file_was_deployed_is_none()
        {
            // As version 2.5.125 does, which ends with an error when deploying files was all it had to do.
            _nanoff.Put("say-files", """
                printf 'Deploying file x to I:\\records\\ticket-in.rec...OK\nNo operation was performed with the options supplied.\n'
                exit 1
                """);
            Assert.That(Swap("--unit", Unit, "--yes").ExitCode, Is.EqualTo(3));
        }

        [TestCase("printf 'Deploying file x to I:\\\\records\\\\ticket-in.rec...\nError deploying content file x to y\n'; exit 0", "")]
        [TestCase("printf 'Deploying file x to I:\\\\records\\\\ticket-in.rec...\nException deploying content file x to y\n'; exit 0", "")]
        [TestCase("printf 'Deploying file x to I:\\\\records\\\\ticket-in.new...OK\n'; exit 0", "")]
        [TestCase("printf 'Error E2000: Error connecting to nano device.\n'; exit 208", "no nanoFramework answers at ttyTEST")]
        [TestCase("printf 'Error E6002: x\n'; exit 114", "another nanoFramework program holds ttyTEST")]
        [TestCase("exit 0", "")]
        public void What_nanoff_did_not_deploy_is_told_whatever_its_exit_code(string script, string why)
        {
            _nanoff.Put("say-files", script);
            (int exitCode, string _, string error) = Swap("--unit", Unit, "--yes");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("did not deploy").And.Contain(why));
        }

        [Test]
        public void Without_nanoff_it_says_how_to_get_it()
        {
            _environment["PATH"] = Path.GetDirectoryName(FindDotnet());
            (int exitCode, string _, string error) = Swap("--unit", Unit, "--yes");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("dotnet tool install -g nanoff"));
        }

        [Test]
        public void A_dry_run_prints_the_command_and_its_plan_and_does_nothing()
        {
            (int exitCode, string output, string _) = Swap("--unit", Unit, "--dry-run");
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain("nanoff --filedeployment DIR/deploy.json ")
                .And.Contain(@"I:\\records\\ticket-in.rec").And.Contain("ttyTEST"));
            Assert.That(_nanoff.Calls, Is.Empty);
        }

        [Test]
        public void Another_unit_than_the_ticket_s_is_refused_before_anything_is_done()
        {
            (int exitCode, string _, string error) = Swap("--unit", "4E43430000000099", "--yes");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain($"the ticket is for {Unit}"));
            Assert.That(_nanoff.Calls, Is.Empty);
        }

        [Test]
        public void Unasked_it_is_not_tried()
        {
            (int exitCode, string _, string error) = Swap("--unit", Unit);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("--yes"));
            Assert.That(_nanoff.Calls, Is.Empty);
        }

        private static string FindDotnet()
        {
            foreach (string folder in Environment.GetEnvironmentVariable("PATH").Split(':'))
            {
                if (File.Exists(Path.Combine(folder, "dotnet")))
                {
                    return Path.Combine(folder, "dotnet");
                }
            }

            throw new FileNotFoundException("dotnet");
        }

        private byte[] Deployed()
        {
            var files = new MemoryFiles();
            byte[] file = _nanoff.Bytes("board/ticket-in.rec");
            files.Write("ticket-in.rec", file, file.Length);
            var record = new byte[DurableStore.MaxLength];
            int length = new DurableStore(files).Read("ticket-in", record);
            return record[..length];
        }

        private (int ExitCode, string Output, string Error) Swap(params string[] more)
        {
            using var program = new Keys.ToolProgram(_folder, _environment,
                ["swap", "--ticket", "t.nct", "--port", "ttyTEST", .. more]);
            return program.End();
        }
    }
}
