using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.Hil;
using NUnit.Framework;

namespace NanoComm.Tests.Hil
{
    /// <summary>docs/hil.md says today's truth: its commands are taken, and its table has every scenario.</summary>
    internal static class HilPageTests
    {
        private static string[] Page => File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "hil.md"));

        private static IEnumerable<string> Commands => Page.Where(line => line.StartsWith("nanocomm hil ", StringComparison.Ordinal))
            .Select(line => line.Split('#')[0].Trim()).Distinct();

        [Test]
        public static void Its_table_has_every_scenario_as_it_is_run()
        {
            var rows = Page.Select(line => Regex.Match(line, @"^\| `(?<name>[a-z-]+)` \| (?<run>short|when asked) \|"))
                .Where(row => row.Success).Select(row => (row.Groups["name"].Value, row.Groups["run"].Value));
            Assert.That(rows, Is.EqualTo(ScenarioList.All.Select(scenario => (scenario.Name, scenario.IsShort ? "short" : "when asked"))));
        }

        // What is behind the options is not there, or takes long: that the line is taken shows by what is said then.
        [Test]
        public static void Its_commands_are_taken()
        {
            Assert.That(Commands.Count(), Is.AtLeast(6));
            foreach (string command in Commands.Where(command => !command.Contains("--list")))
            {
                string[] words = command.Split(' ')[2..];
                string[] arguments = words[0] == "units" ? words
                    : words.Contains("virtual") ? [.. words, "--virtual-board", "/none.dll"]
                    : words.Select(word => word == "boards/Esp32RouteB" ? "/none" : word).ToArray();
                (int code, _, string error) = HilProgram.Run(arguments);
                Assert.That(code, Is.EqualTo(2), command);
                Assert.That(error, Does.Contain("/none").Or.Contain("common.trx"), command);
            }
        }

        [Test]
        public static void The_list_of_the_program_has_every_scenario()
        {
            (int code, string output, _) = HilProgram.Run(["--list"]);
            Assert.That(code, Is.Zero);
            foreach (Scenario scenario in ScenarioList.All)
            {
                Assert.That(output, Does.Contain(scenario.Name));
            }
        }
    }
}
