using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace NanoComm.Tests.Hil
{
    /// <summary>What a user does wrong at the bench is told in one line, with exit code 2.</summary>
    [Parallelizable(ParallelScope.All)]
    internal static class BadInputTests
    {
        private static readonly (string What, Action<BenchTable> Arrange, string[] More, string Says)[] Wirings =
        [
            ("nothing connected", _ => { }, ["--patience", "2"], "nothing comes at the metering port"),
            ("garbage", table => Repeat(() => table.Metering.SendToBench(Garbage())), [], "no HDLC"),
            ("the wire to the board missing", table =>
            {
                table.Metering.ReachesBoard = false;
                table.PutPairedBoard();
            }, ["--patience", "15"], "does not hear the answers"),
            ("another address", table => table.PutPairedBoard(), ["--patience", "8", "--ip", "127.17.0.1", "--from", "127.17.0.2"], "nothing answers ECHONET Lite"),
            ("no log", table => table.PutPairedBoard(), ["--patience", "8", "--log-port", "LOG"], "nothing comes at the log port"),
            ("another image", table => Repeat(() => table.SayOnLog("MicroPython v1.24 on ESP32\r\n>>> \r\n")),
                ["--patience", "4", "--log-port", "LOG"], "another image is on it (\"MicroPython v1.24 on ESP32\")"),
            ("a board that starts for ever", table => Repeat(() => table.SayOnLog("rst:0x10 (RTCWDT_RTC_RESET)\r\nBrownout detector was triggered\r\n")),
                ["--log-port", "LOG"], "starts again and again"),
        ];

        private static readonly (string What, string[] Arguments, string Says)[] Lines =
        [
            ("no board", ["--report", "r"], "give --board virtual or --board FOLDER"),
            ("no report", ["--board", "virtual"], "and --report DIR"),
            ("a folder without a board", ["--board", "/", "--mu-port", "/dev/null", "--report", "FOLDER"], "is no folder of a board"),
            ("no metering port", ["--board", "BOARD", "--report", "FOLDER"], "--mu-port: give the serial port"),
            ("a port that is not there", ["--board", "BOARD", "--mu-port", "/dev/ttyNONE", "--report", "FOLDER"], "there is no such port"),
            ("a port for the virtual board", ["--board", "virtual", "--mu-port", "/dev/null", "--report", "FOLDER"], "the virtual board needs none"),
            ("no such scenario", ["--board", "virtual", "--scenario", "x", "--report", "FOLDER"], "'x' is none of"),
            ("no such program", ["--board", "virtual", "--virtual-board", "/none.dll", "--report", "FOLDER"], "there is no file /none.dll"),
            ("a report that cannot be written", ["--board", "virtual", "--report", "/dev/null/r"], "--report: "),
            ("results that are none", ["units", "--trx", "/dev/null", "--report", "FOLDER"], "cannot be read as results of a test run"),
        ];

        public static IEnumerable<string> WiringNames => Wirings.Select(one => one.What);

        public static IEnumerable<string> LineNames => Lines.Select(one => one.What);

        [TestCaseSource(nameof(LineNames))]
        public static void A_wrong_command_line_is_one_line(string what)
        {
            (_, string[] arguments, string says) = Lines.Single(one => one.What == what);
            using var table = new BenchTable();
            AssertOneLine(arguments.Select(one => one.Replace("FOLDER", table.Report).Replace("BOARD", table.BoardFolder)), says);
        }

        [TestCaseSource(nameof(WiringNames))]
        public static void The_first_look_says_which_cable(string what)
        {
            (_, Action<BenchTable> arrange, string[] more, string says) = Wirings.Single(one => one.What == what);
            using var table = new BenchTable();
            arrange(table);
            AssertOneLine(table.Arguments([.. more.Select(one => one == "LOG" ? table.Log.BenchPort : one)]), says);
            Assert.That(table.ReportLines().Skip(2), Has.All.Contains("\"skipped\"").And.All.Contains("not run: "));
        }

        [Test]
        public static void Ports_that_are_swapped_are_told()
        {
            using var table = new BenchTable();
            table.PutPairedBoard();
            AssertOneLine(["--board", table.BoardFolder, "--mu-port", table.WiSun.BenchPort, "--wisun-port", table.Metering.BenchPort,
                "--report", table.Report], "the two ports are swapped");
        }

        // The name of the port is given to the next pair of ports, which another test would have meanwhile.
        [Test, NonParallelizable]
        public static void An_adapter_that_is_unplugged_ends_the_run_with_a_report_of_what_was_done()
        {
            using var table = new BenchTable();
            table.PutPairedBoard();
            Task unplug = Task.Run(() => table.Metering.UnplugInUse(120_000));
            AssertOneLine(table.Arguments("--ip", "127.17.0.1", "--from", "127.17.0.3", "--patience", "300"), $"{table.Metering.BenchPort} is gone");
            unplug.Wait();
            Assert.That(table.ReportLines()[1], Does.Contain("first-check").And.Contains("is gone"));
        }

        // Root may use every port, so the program is run as another user where it can be.
        [Test]
        public static void A_port_without_permission_is_told_with_what_to_do()
        {
            using var table = new BenchTable();
            (int code, string error) = HilProgram.RunAsNobody("--board", table.BoardFolder, "--mu-port", table.Metering.BenchPort, "--report",
                table.Report);
            Assume.That(error, Does.Contain("nanocomm: "), "the program can be run by another user");
            Assert.That(error, Does.Contain("usermod -aG dialout"));
            Assert.That(code, Is.EqualTo(2));
        }

        private static void AssertOneLine(IEnumerable<string> arguments, string says)
        {
            (int code, _, string error) = HilProgram.Run(arguments);
            Assert.That(code, Is.EqualTo(2));
            string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(lines, Has.Length.EqualTo(1));
            Assert.That(lines[0], Does.Contain(says));
        }

        private static byte[] Garbage()
        {
            var bytes = new byte[64];
            Random.Shared.NextBytes(bytes);
            return bytes;
        }

        // For as long as a run takes at most.
        private static void Repeat(Action action)
        {
            const int Times = 60;
            _ = Task.Run(() =>
            {
                for (int i = 0; i < Times; i++)
                {
                    Thread.Sleep(500);
                    try
                    {
                        action();
                    }
                    catch (ObjectDisposedException)
                    {
                        return;
                    }
                }
            });
        }
    }
}
