using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The programs on a terminal of any size: they draw, and Ctrl-C ends them. The terminal is that of the
    /// command <c>script</c>; where there is none, these tests are skipped.</summary>
    [TestFixture]
    internal sealed class TerminalTests
    {
        private const string AlternateScreen = "\u001b[?1049h";
        private const int Patience = 30_000;

        private const int Shown = 1_000;

        // Time for some drawings.
        private const int Drawings = 1_000;

        // Seconds until the window changes.
        private const int Later = 3;

        private static readonly string[] Folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);

        [OneTimeSetUp]
        public static void Look_for_a_terminal()
        {
            foreach (string tool in new[] { "script", "stty" })
            {
                if (!Folders.Any(folder => File.Exists(Path.Combine(folder, tool))))
                {
                    Assert.Ignore($"'{tool}' is not installed");
                }
            }
        }

        [TestCase(1, 1)]
        [TestCase(2, 24)]
        [TestCase(3, 5)]
        [TestCase(20, 2)]
        [TestCase(40, 8)]
        public static void The_virtual_board_ends_by_Ctrl_C(int columns, int lines)
        {
            EndsByCtrlC("nanocomm-virtual", Board(), columns, lines, AlternateScreen);
        }

        [Test]
        public static void The_virtual_board_ends_by_Ctrl_C_in_a_window_that_was_shrunk()
        {
            EndsByCtrlC("nanocomm-virtual", Board(), 100, 40, AlternateScreen, "stty cols 2 rows 1 </dev/tty");
        }

        [TestCase(1, 1)]
        [TestCase(2, 24)]
        [TestCase(40, 8)]
        public static void The_controller_ends_by_Ctrl_C(int columns, int lines)
        {
            using var dongle = new PseudoTerminal();
            string[] arguments = ["hems", "--port", dongle.Name, "--id", new string('0', 32), "--password", "0123456789AB"];
            EndsByCtrlC("nanocomm", arguments, columns, lines, AlternateScreen);
        }

        [TestCase(1, 1)]
        [TestCase(2, 24)]
        public static void The_metering_unit_ends_by_Ctrl_C(int columns, int lines)
        {
            EndsByCtrlC("nanocomm", ["mu", "--tcp", "127.0.0.1:0"], columns, lines, "Ctrl-C");
        }

        // The layout of the help failed in one column, and never ended in two.
        [TestCase(1)]
        [TestCase(2)]
        public static void The_help_comes_to_an_end_by_itself(int columns)
        {
            using Process process = Start("nanocomm", ["mu", "--help"], columns, 5, null);
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Assert.That(process.WaitForExit(Patience), "it does not end");
            Assert.That(process.ExitCode, Is.Zero);
            Assert.That(output.Result, Does.Contain("--wrapper"));
        }

        private static string[] Board()
        {
            using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            return ["--listen", "127.0.0.3", "--port", ((IPEndPoint)socket.Client.LocalEndPoint).Port.ToString()];
        }

        private static Process Start(string name, string[] arguments, int columns, int lines, string later)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, name + ".dll");
            string resize = later == null ? "" : $"(sleep {Later}; {later}) & ";
            string command = $"stty cols {columns} rows {lines}; {resize}exec dotnet '{program}' {string.Join(' ', arguments)}";
            return Process.Start(new ProcessStartInfo("script", ["-qec", command, "/dev/null"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["TERM"] = "xterm-256color" },
            });
        }

        private static void EndsByCtrlC(string name, string[] arguments, int columns, int lines, string sign, string later = null)
        {
            using Process process = Start(name, arguments, columns, lines, later);
            var output = new StringBuilder();
            var reader = new Thread(() => Read(process.StandardOutput, output)) { IsBackground = true };
            reader.Start();
            try
            {
                Assert.That(() => Squeeze(output), Does.Contain(sign).After(Patience, 50));
                Thread.Sleep((later == null ? 0 : Later * 1000) + Drawings);
                process.StandardInput.Write('\u0003');
                process.StandardInput.Flush();
                Assert.That(process.WaitForExit(Patience), () => $"Ctrl-C does not end it: {Squeeze(output)}");
                Assert.That(process.ExitCode, Is.Zero, () => Squeeze(output));
            }
            finally
            {
                process.Kill(entireProcessTree: true);
            }
        }

        private static void Read(StreamReader from, StringBuilder output)
        {
            for (int next = from.Read(); next >= 0; next = from.Read())
            {
                lock (output)
                {
                    output.Append((char)next);
                }
            }
        }

        // The first and the last of it, without the line ends of a narrow window.
        private static string Squeeze(StringBuilder output)
        {
            lock (output)
            {
                string text = output.Replace("\r", "").Replace("\n", "").ToString();
                return text.Length <= 2 * Shown ? text : text[..Shown] + " ... " + text[^Shown..];
            }
        }
    }
}
