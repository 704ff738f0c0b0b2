using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>How a virtual board ends where Ctrl-C does nothing, what it leaves when it is killed, and who is told that it
    /// runs.</summary>
    [Platform("Linux")]
    [Parallelizable]
    internal static class BoardEndTests
    {
        private const string Address = "127.0.0.98";
        private const int Patience = 60_000;

        private static string _folder;

        [SetUp]
        public static void MakeFolder() => _folder = Directory.CreateTempSubdirectory("nanocomm-end-").FullName;

        [TearDown]
        public static void Remove() => Directory.Delete(_folder, true);

        // As under nohup, and as whatever a script starts with & behind it.
        [TestCase("")]
        [TestCase("--for 2")]
        public static void With_the_interrupt_ignored_it_ends_on_a_request_and_when_its_time_is_over(string time)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm-virtual.dll");
            using Process board = Process.Start(new ProcessStartInfo("bash",
                ["-c", $"trap '' INT; exec dotnet '{program}' --listen {Address} --port {FreePort()} {time}"]) { RedirectStandardOutput = true });
            try
            {
                string line = board.StandardOutput.ReadLine();
                Assert.That(line, Does.Contain("Ctrl-C ends"));
                Send("INT", board);
                if (time.Length == 0)
                {
                    Assert.That(board.WaitForExit(500), Is.False, "the interrupt is ignored");
                    Send("TERM", board);
                }

                Assert.That(board.StandardOutput.ReadToEnd(), Does.Contain("end ").And.Contain("requests handled"));
                Assert.That(board.WaitForExit(Patience), "it does not end");
                Assert.That(board.ExitCode, Is.Zero);
            }
            finally
            {
                board.Kill();
            }
        }

        [Test]
        public static void The_dongle_of_a_board_that_was_killed_is_taken_over_whoever_has_its_terminal_by_then()
        {
            string dongle = Path.Combine(_folder, "dongle");
            using (VirtualBoardProgram board = Start("--hems-dongle", dongle))
            {
                board.WaitFor("HEMS dongle");
                using Process kill = Process.Start("kill", ["-KILL", board.Id.ToString(CultureInfo.InvariantCulture)]);
                kill.WaitForExit();
                board.End();
            }

            Assert.That(new FileInfo(dongle).LinkTarget, Is.Not.Null, "it had no time to take it away");
            using var other = new PseudoTerminal();
            using var another = new PseudoTerminal();
            using (VirtualBoardProgram board = Start("--hems-dongle", dongle))
            {
                board.WaitFor("HEMS dongle");
                Assert.That(File.ResolveLinkTarget(dongle, true).FullName, Does.StartWith("/dev/pts/"));
                using VirtualBoardProgram second = Start("--hems-dongle", dongle);
                Assert.That(second.End().Error, Has.One.Contains("is there already"), "that of a board that runs is let alone");
                board.Interrupt();
                Assert.That(board.End().ExitCode, Is.Zero);
            }

            Assert.That(new FileInfo(dongle).LinkTarget, Is.Null);
        }

        [Test]
        public static void Who_makes_credentials_is_told_that_the_unit_runs()
        {
            string store = Path.Combine(_folder, "store");
            using VirtualBoardProgram board = Start("--store", store);
            board.WaitFor("Ctrl-C ends");
            using (var credentials = new NanocommProgram("credentials", "--store", store, "--replace", "--json"))
            {
                Assert.That(credentials.WaitFor("\"id\""), Does.Contain($"\"restart\":\"nanocomm-virtual (process {board.Id})\""));
            }

            board.Interrupt();
            board.End();
            using var again = new NanocommProgram("credentials", "--store", store, "--replace", "--json");
            Assert.That(again.WaitFor("\"id\""), Does.Not.Contain("restart"));
        }

        [Test]
        public static void The_line_that_a_metering_unit_shows_pairs_a_board()
        {
            using var meter = new NanocommProgram("mu", "--tcp", "127.0.0.1:0", "--show-secrets");
            string address = meter.WaitFor("Ctrl-C ends").Split(" on ")[1].Split(';')[0];
            string pair = Path.Combine(_folder, "pair.txt");
            File.WriteAllText(pair, meter.WaitFor("--pair-file: ").Split("--pair-file: ")[1] + "\n");
            using VirtualBoardProgram board = Start("--mu", "tcp:" + address, "--pair-file", pair);
            board.WaitFor("reading the metering unit");
        }

        [Test]
        public static void Into_a_device_without_room_it_ends_with_one_line()
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm-virtual.dll");
            foreach (string log in new[] { "text", "json" })
            {
                using Process board = Process.Start(new ProcessStartInfo("bash",
                    ["-c", $"exec dotnet '{program}' --listen {Address} --port {FreePort()} --log {log} >/dev/full"]) { RedirectStandardError = true });
                Assert.That(board.StandardError.ReadToEnd(), Is.EqualTo("nanocomm-virtual: the output cannot be written: No space left on device\n"));
                Assert.That(board.WaitForExit(Patience), "it does not end");
                Assert.That(board.ExitCode, Is.EqualTo(2));
            }
        }

        // The one behind it has what it wanted at the first line; what was left to do at the end is done.
        [TestCase("nanocomm-virtual", "--log text --hems-dongle {0}")]
        [TestCase("nanocomm-virtual", "--log json --hems-dongle {0}")]
        [TestCase("nanocomm", "mu --tcp 127.0.0.1:0")]
        [TestCase("nanocomm", "air --module {0} --dongle {0}2")]
        public static void What_nobody_reads_any_more_ends(string name, string options)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, name + ".dll");
            string address = name == "nanocomm" ? "" : $" --listen {Address} --port {FreePort()}";
            string line = string.Format(CultureInfo.InvariantCulture, options, Path.Combine(_folder, "link"));
            using Process shell = Process.Start(new ProcessStartInfo("bash",
                ["-c", $"set -o pipefail; timeout {Patience / 1000} dotnet '{program}' {line}{address} | head -1"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            string[] output = shell.StandardOutput.ReadToEnd().Split('\n', System.StringSplitOptions.RemoveEmptyEntries);
            Assert.That(shell.StandardError.ReadToEnd(), Is.Empty);
            Assert.That(shell.WaitForExit(Patience));
            Assert.That((shell.ExitCode, output.Length), Is.EqualTo((0, 1)));
            Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty, "a link is left");
        }

        private static VirtualBoardProgram Start(params string[] options)
        {
            return new VirtualBoardProgram(["--listen", Address, "--port", $"{FreePort()}", .. options]);
        }

        private static int FreePort()
        {
            using var socket = new UdpClient(new IPEndPoint(IPAddress.Parse(Address), 0));
            return ((IPEndPoint)socket.Client.LocalEndPoint).Port;
        }

        private static void Send(string signal, Process process)
        {
            Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        }
    }
}
