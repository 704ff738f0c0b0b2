using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
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
            Assert.That(cases["erase"].Verdict, Is.EqualTo("skipped"));
            Assert.That(cases["erase"].Message, Does.Contain("cannot read"));
            Assert.That(code, Is.Zero);
            Assert.That(nanoff.Calls, Has.Some.Contains("deploy"));
        }

        [Test]
        public static void A_power_command_that_fails_ends_the_run_by_one_line()
        {
            using var table = new BenchTable();
            (int code, _, string error) = HilProgram.Run(table.Arguments("--power-command", "sh -c 'exit 7' relay"));
            Assert.That(code, Is.EqualTo(2));
            Assert.That(error, Does.Contain("ended with exit code 7: look at the relay"));
        }
    }
}
