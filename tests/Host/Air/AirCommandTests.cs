using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NanoComm.Simulators;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Air
{
    /// <summary><c>air</c> from its command line to the links that it makes and takes away.</summary>
    [Platform("Linux")]
    internal static class AirCommandTests
    {
        private static readonly Dictionary<string, string> Nothing = [];

        [Test]
        public static void It_says_what_to_start_next_and_leaves_no_link()
        {
            using var folder = new TemporaryFolder();
            (int exitCode, string output, string error) = Run(folder, "--module", "my module", "--dongle", "one", "--dongle", "two", "--seed", "7", "--loss", "2.5",
                "--for", "0.01");
            Assert.That((exitCode, error), Is.EqualTo((0, "")));
            string[] lines = output.Split('\n');
            Assert.That(lines[0], Does.EndWith($"a simulated air, -69 dBm, 2.5% of the datagrams lost, seed 7: module {folder.Path}/my module, "
                + $"dongle {folder.Path}/one, dongle {folder.Path}/two; Ctrl-C ends"));
            string id = lines[2].Split(' ')[^1];
            Assert.That(id, Does.Match("^[0-9A-F]{32}$").And.Not.EqualTo("00112233445566778899AABBCCDDEEFF"), "a pair that a unit takes at a port");
            Assert.That(lines[2], Does.EndWith($" board virtual --wisun '{folder.Path}/my module' --store unit --route-b-id {id}"));
            Assert.That(lines[3], Does.EndWith($" hems --port {folder.Path}/one --id {id}"));
            Assert.That(lines[4], Does.EndWith($" hems --port {folder.Path}/two --id {id}"));
            Assert.That(lines[2..5].Select(line => line.TrimStart().Split(' ')[0]).Distinct().Single(), Does.Match("^NANOCOMM_ROUTE_B_PASSWORD=[0-9A-Za-z]{12}$"));
            Assert.That(lines[5], Does.Contain("end      frames in the air 0, datagrams lost 0"));
            Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
        }

        [Test]
        public static void For_programs_each_line_is_an_object()
        {
            using var folder = new TemporaryFolder();
            (_, string output, _) = Run(folder, "--module", "m", "--dongle", "d", "--dbm", "-90", "--json", "--for", "0.01");
            JsonElement[] events = output.Split('\n', System.StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
            Assert.That(events.Select(one => one.GetProperty("event").GetString()), Is.EqualTo(new[] { "start", "end" }));
            Assert.That(events[0].GetProperty("dbm").GetDouble(), Is.EqualTo(-90));
            Assert.That(events[0].GetProperty("next").GetArrayLength(), Is.EqualTo(2));
            Assert.That(events[1].GetProperty("ports").EnumerateArray().Select(port => port.GetProperty("role").GetString()), Is.EqualTo(new[] { "module", "dongle" }));
        }

        // Of a process that was killed: its link leads nowhere, or, in a container, to what the same number stands for now.
        [TestCase("/proc/999999999/fd/3")]
        [TestCase(null)]
        public static void A_link_that_was_left_behind_is_taken_over(string target)
        {
            using var folder = new TemporaryFolder();
            File.CreateSymbolicLink(Path.Combine(folder.Path, "m"), target ?? PseudoTerminal.OwnLinks + "fd/1");
            Assert.That(Run(folder, "--module", "m", "--dongle", "d", "--for", "0.01").ExitCode, Is.Zero);
            Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
        }

        [TestCase("file")]
        [TestCase("link")]
        [TestCase("folder")]
        public static void What_is_there_is_let_alone_and_what_was_made_before_is_taken_away(string name)
        {
            using var folder = new TemporaryFolder();
            File.WriteAllText(Path.Combine(folder.Path, "file"), "mine");
            File.CreateSymbolicLink(Path.Combine(folder.Path, "link"), "file");
            Directory.CreateDirectory(Path.Combine(folder.Path, "folder"));

            (int exitCode, string output, string error) = Run(folder, "--module", "m", "--dongle", name, "--for", "0.01");

            Assert.That((exitCode, output), Is.EqualTo((2, "")));
            Assert.That(error, Is.EqualTo($"nanocomm: --dongle: {folder.Path}/{name} is there already; remove it if no other program offers it, or name "
                + "another path\n"));
            Assert.That(Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName), Is.EquivalentTo(new[] { "file", "link", "folder" }));
            Assert.That(File.ReadAllText(Path.Combine(folder.Path, "link")), Is.EqualTo("mine"));
        }

        [TestCase("--module is missing", "--dongle", "d")]
        [TestCase("--dongle is missing", "--module", "m")]
        [TestCase("--dongle: a path is missing", "--module", "m", "--dongle", "")]
        [TestCase("./m is given twice; each has a path of its own", "--dongle", "d", "--dongle", "./m", "--module", "m")]
        [TestCase("no such folder/m", "--module", "no such folder/m", "--dongle", "d")]
        [TestCase("--loss: '101' is not a number from 0 to 100", "--module", "m", "--dongle", "d", "--loss", "101")]
        [TestCase("--frame-loss: '-1' is not a number from 0 to 100", "--module", "m", "--dongle", "d", "--frame-loss", "-1")]
        [TestCase("--dbm: '0' is not a number from -104 to -35", "--module", "m", "--dongle", "d", "--dbm", "0")]
        [TestCase("--delay: '-1' is not a whole number from 0 to 60000", "--module", "m", "--dongle", "d", "--delay", "-1")]
        [TestCase("--seed: 'x' is not a whole number", "--module", "m", "--dongle", "d", "--seed", "x")]
        [TestCase("--dialect: 'b7' is neither a1 nor c2", "--module", "m", "--dongle", "d", "--dialect", "b7")]
        public static void A_bad_option_gives_one_line_and_exit_code_2(string says, params string[] options)
        {
            using var folder = new TemporaryFolder();
            (int exitCode, string output, string error) = Run(folder, [.. options, "--for", "0.01"]);
            Assert.That((exitCode, output), Is.EqualTo((2, "")));
            Assert.That(error, Does.StartWith("nanocomm: ").And.Contain(says));
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
        }

        private static (int ExitCode, string Output, string Error) Run(TemporaryFolder folder, params string[] options)
        {
            return ToolCommand.Run(folder.Path, Nothing, ["air", .. options]);
        }
    }
}
