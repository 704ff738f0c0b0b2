using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Records;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>A swap on a board, with a stand-in for nanoff that says what nanoff says.</summary>
    [Platform(Exclude = "Win")]
    internal sealed class SwapBoardTests
    {
        private const string Unit = "4E43430000000003";

        private string _folder;
        private Dictionary<string, string> _environment;

        [SetUp]
        public void SetUp()
        {
            _folder = Directory.CreateTempSubdirectory("board").FullName;
            _environment = new Dictionary<string, string>
            {
                ["PATH"] = Path.Combine(_folder, "bin") + ":" + Environment.GetEnvironmentVariable("PATH"),
                ["TMPDIR"] = _folder,
            };
            File.WriteAllBytes(Path.Combine(_folder, "t.nct"), PairingVectors.Get("ticket file"));
        }

        [TearDown]
        public void TearDown()
        {
            Directory.Delete(_folder, recursive: true);
        }

        [Test]
        public void The_ticket_is_deployed_as_a_record_and_the_light_tells()
        {
            // As version 2.5.125 does, which ends with an error when deploying files was all it had to do.
            Install("""
                echo "$@" > arguments
                cp "$4" plan.json
                cp "$(dirname "$4")/ticket-in.rec" .
                printf 'Deploying file x to y...OK\nNo operation was performed with the options supplied.\n'
                exit 1
                """);
            (int exitCode, string output, string error) = Swap("--unit", Unit, "--yes");
            Assert.That(exitCode, Is.EqualTo(3), output + error);
            Assert.That(output, Does.Contain("look at the light").And.Contain("SAP 1"));
            Assert.That(Read("arguments"), Does.StartWith("--serialport ttyTEST --filedeployment /"));
            JsonElement plan = JsonDocument.Parse(Read("plan.json")).RootElement;
            Assert.That(plan.GetProperty("serialport").GetString(), Is.EqualTo("ttyTEST"));
            JsonElement file = plan.GetProperty("files")[0];
            Assert.That(file.GetProperty("DestinationFilePath").GetString(), Is.EqualTo("I:\\records\\ticket-in.rec"));
            Assert.That(file.GetProperty("SourceFilePath").GetString(), Does.EndWith("ticket-in.rec"));
            Assert.That(File.Exists(file.GetProperty("SourceFilePath").GetString()), Is.False, "cleared away");

            var record = new byte[DurableStore.MaxLength];
            int length = new DurableStore(new FolderFiles(_folder)).Read("ticket-in", record);
            Assert.That(record[..length], Is.EqualTo(PairingVectors.Get("ticket file")));
        }

        [Test]
        public void An_order_goes_the_same_way()
        {
            Install("""
                cp "$(dirname "$4")/ticket-in.rec" .
                printf 'Deploying file x to y...OK\n'
                """);
            File.WriteAllBytes(Path.Combine(_folder, "o.nco"), OrderVectors.Get("order file"));
            using var program = new ToolProgram(_folder, _environment,
                ["order", "post", "--file", "o.nco", "--port", "ttyTEST", "--unit", Unit]);
            (int exitCode, string output, string error) = program.End();
            Assert.That(exitCode, Is.Zero, error);
            Assert.That(output, Does.Contain("Deployed. The unit takes the order within ten seconds"));

            var record = new byte[DurableStore.MaxLength];
            int length = new DurableStore(new FolderFiles(_folder)).Read("ticket-in", record);
            Assert.That(record[..length], Is.EqualTo(OrderVectors.Get("order file")));
        }

        [TestCase("printf 'Deploying file x to y...\\nError deploying content file x to y\\n'; exit 0")]
        [TestCase("printf 'Deploying file x to y...\\nException deploying content file x to y\\n'; exit 0")]
        [TestCase("printf 'Error connecting to nanoDevice on ttyTEST to deploy files\\n'; exit 2")]
        [TestCase("exit 0")]
        public void What_nanoff_did_not_deploy_is_told_whatever_its_exit_code(string script)
        {
            Install(script);
            (int exitCode, string _, string error) = Swap("--unit", Unit, "--yes");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("did not deploy"));
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
            Install("touch ran");
            (int exitCode, string output, string _) = Swap("--unit", Unit, "--dry-run");
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain("nanoff --serialport ttyTEST --filedeployment ")
                .And.Contain(@"I:\\records\\ticket-in.rec"));
            Assert.That(File.Exists(Path.Combine(_folder, "ran")), Is.False);
        }

        [Test]
        public void Another_unit_than_the_ticket_s_is_refused_before_anything_is_done()
        {
            Install("touch ran");
            (int exitCode, string _, string error) = Swap("--unit", "4E43430000000099", "--yes");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain($"the ticket is for {Unit}"));
            Assert.That(File.Exists(Path.Combine(_folder, "ran")), Is.False);
        }

        [Test]
        public void Unasked_it_is_not_tried()
        {
            Install("touch ran");
            (int exitCode, string _, string error) = Swap("--unit", Unit);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("--yes"));
            Assert.That(File.Exists(Path.Combine(_folder, "ran")), Is.False);
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

        private void Install(string script)
        {
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, "nanoff");
            File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
            if (OperatingSystem.IsWindows())
            {
                return;
            }

            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        private string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));

        private (int ExitCode, string Output, string Error) Swap(params string[] more)
        {
            using var program = new ToolProgram(_folder, _environment,
                ["swap", "--ticket", "t.nct", "--port", "ttyTEST", .. more]);
            return program.End();
        }
    }
}
