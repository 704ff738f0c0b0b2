using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using NanoComm.Tests.Host.Flash;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Hil
{
    /// <summary>A board at serial ports, with records by nanoff and power by a command: the virtual board stands in for it.</summary>
    [Parallelizable(ParallelScope.All)]
    internal static class SerialBoardTests
    {
        [Test]
        public static void One_board_goes_through_the_scenarios_and_what_it_lacks_is_skipped_with_the_reason()
        {
            using var table = new BenchTable();
            var nanoff = new FakeNanoff(table.Folder);
            string store = Directory.CreateDirectory(Path.Combine(table.Folder, "nanoff", "board")).FullName;
            using FileSystemWatcher copy = CopyFlashWhenAsked(nanoff, store);
            (int code, _, _) = HilProgram.Run(table.Arguments(
                "--log-port", table.Log.BenchPort, "--ip", table.BoardAddress, "--from", table.AddressOf(0), "--from", table.AddressOf(1),
                "--power-command", table.PowerScript(store), "--enrol",
                "--scenario", "order", "--scenario", "hour", "--scenario", "erase"), nanoff.Environment);
            Dictionary<string, (string Verdict, string Message)> cases = table.ReportLines().Skip(1)
                .Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(one => one.GetProperty("id").GetString(),
                    one => (one.GetProperty("verdict").GetString(), one.GetProperty("message").GetString()));
            Assert.That(cases["first-check"].Verdict, Is.EqualTo("passed"), cases["first-check"].Message);
            Assert.That(cases["order"].Verdict, Is.EqualTo("passed"), cases["order"].Message);
            Assert.That(cases["hour"].Verdict, Is.EqualTo("skipped"));
            Assert.That(cases["hour"].Message, Does.Contain("its own speed"));
            Assert.That(cases["erase"].Verdict, Is.EqualTo("passed"), cases["erase"].Message);
            Assert.That(code, Is.Zero);
            Assert.That(nanoff.Calls, Has.Some.Contains("deploy"));
            Assert.That(nanoff.Calls, Has.Some.Contains("backup"));
        }

        [Test]
        public static void A_line_unplugged_in_the_middle_of_a_scenario_ends_the_run_by_one_line_that_names_it()
        {
            using var table = new BenchTable();
            var nanoff = new FakeNanoff(table.Folder);
            string store = Directory.CreateDirectory(Path.Combine(table.Folder, "nanoff", "board")).FullName;
            using Process bench = HilProgram.Start("nanocomm", table.Arguments("--log-port", table.Log.BenchPort, "--ip", table.BoardAddress,
                "--from", table.AddressOf(0), "--power-command", table.PowerScript(store), "--enrol", "--scenario", "line").Prepend("hil"),
                nanoff.Environment);
            string line = bench.StandardOutput.ReadLine();
            while (line is not null && line != "line: begins")
            {
                line = bench.StandardOutput.ReadLine();
            }

            Assert.That(line, Is.Not.Null, "the scenario does not begin");
            table.Metering.UnplugInUse(0);
            bench.StandardOutput.ReadToEnd();
            string[] errors = bench.StandardError.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            bench.WaitForExit();
            Assert.That(bench.ExitCode, Is.EqualTo(2));
            Assert.That(errors, Has.Length.EqualTo(1));
            Assert.That(errors[0], Does.Contain($"--mu-port: the port {table.Metering.BenchPort} is gone"));
            Assert.That(table.ReportLines(), Has.Some.Contains("\"failed\"").And.Some.Contains("is gone"));
        }

        [Test]
        public static void A_power_command_that_fails_ends_the_run_by_one_line()
        {
            using var table = new BenchTable();
            (int code, _, string error) = HilProgram.Run(table.Arguments("--power-command", "sh -c 'exit 7' relay"));
            Assert.That(code, Is.EqualTo(2));
            Assert.That(error, Does.Contain("ended with exit code 7: look at the relay"));
        }

        // What a copy of the board's flash would have in it at that moment.
        private static FileSystemWatcher CopyFlashWhenAsked(FakeNanoff nanoff, string store)
        {
            string folder = Path.GetDirectoryName(store);
            nanoff.Put("say-backup", "rm -f \"$D/flash.bin\"; echo > \"$D/wanted\"; until [ -f \"$D/flash.bin\" ]; do sleep 0.05; done\n");
            var watcher = new FileSystemWatcher(folder, "wanted");
            watcher.Created += (_, _) =>
            {
                File.Delete(Path.Combine(folder, "wanted"));
                File.WriteAllBytes(Path.Combine(folder, "flash.part"), FlashMaker.Make(LittleFsMaker.MakeOfRecords(store)));
                File.Move(Path.Combine(folder, "flash.part"), Path.Combine(folder, "flash.bin"));
            };
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
    }
}
