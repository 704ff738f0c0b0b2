using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Install
{
    /// <summary>docs/install.md and what lies in docs/examples beside it.</summary>
    internal static class ExampleTests
    {
        private const string Service = "docs/examples/systemd/nanocomm-board.service";
        private const string Settings = "docs/examples/systemd/board.env";
        private const string Container = "docs/examples/container/Containerfile";
        private const string Compose = "docs/examples/container/compose.yaml";
        private const string Page = "docs/install.md";
        private const string Program = "/usr/local/bin/nanocomm";

        [Test]
        [Platform("Linux")]
        public static void Systemd_takes_the_service()
        {
            WorkingCopy.Need("systemd-analyze", "systemd");
            using var folder = new TemporaryFolder();
            string copy = Path.Combine(folder.Path, Path.GetFileName(Service));

            // It looks for the program and the file of settings.
            File.WriteAllText(copy, WorkingCopy.Read(Service).Replace(Program, "/bin/true", StringComparison.Ordinal)
                .Replace("/etc/nanocomm/board.env", WorkingCopy.PathOf(Settings), StringComparison.Ordinal));
            (int exitCode, string output, string error) = WorkingCopy.Run("systemd-analyze", "verify", "--man=no", copy);
            Assert.That(output + error, Does.Not.Contain(copy).And.Not.Contain("nanocomm-board"));
            Assert.That(exitCode, Is.Zero);
        }

        [Test]
        [Platform("Linux")]
        public static void Systemd_finds_the_service_little_exposed()
        {
            WorkingCopy.Need("systemd-analyze", "systemd");
            WorkingCopy.Do("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", WorkingCopy.PathOf(Service));
        }

        [Test]
        public static void The_services_command_is_one_of_the_tool()
        {
            Dictionary<string, string> settings = File.ReadAllLines(WorkingCopy.PathOf(Settings)).Where(line => !line.StartsWith('#'))
                .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            settings["STATE_DIRECTORY"] = "/var/lib/nanocomm";
            string command = Regex.Match(WorkingCopy.Read(Service), $"(?m)^ExecStart={Program} (.*)$").Groups[1].Value
                .Replace("%d", "/run/credentials", StringComparison.Ordinal);
            command = Regex.Replace(command, @"\$\{?(\w+)\}?", name => settings[name.Groups[1].Value]);
            Parses(command.Split(' '));
        }

        [Test]
        public static void The_container_runs_a_command_of_the_tool_from_the_file_that_is_published()
        {
            string text = WorkingCopy.Read(Container);
            Assert.That(text, Does.Contain($"COPY nanocomm {Program}").And.Contain($"ENTRYPOINT [\"{Program}\"]"));
            Assert.That(text, Does.Contain($"EXPOSE {RouteB.EchonetPath.EchonetPort}/udp"));
            Parses(Words(Regex.Match(text, @"(?m)^CMD \[(.*)\]$").Groups[1].Value));
            string[][] commands = Regex.Matches(WorkingCopy.Read(Compose), @"(?m)^ +command: \[(.*)\]$")
                .Select(match => Words(match.Groups[1].Value)).ToArray();
            Assert.That(commands, Has.Length.EqualTo(2));
            foreach (string[] command in commands)
            {
                Parses(command);
            }
        }

        [Test]
        public static void The_pages_commands_are_commands_of_the_tool()
        {
            string[] commands = Regex.Matches(WorkingCopy.Read(Page), @"(?m)^nanocomm ([^|>&#\n]*)").Select(match => match.Groups[1].Value.Trim()).ToArray();
            Assert.That(commands, Has.Length.GreaterThan(5));
            foreach (string command in commands)
            {
                Parses(command.Split(' '));
            }
        }

        [Test]
        public static void The_page_names_what_lies_beside_it()
        {
            string page = WorkingCopy.Read(Page);
            string[] files = Directory.GetFiles(WorkingCopy.PathOf("docs/examples"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(WorkingCopy.PathOf("docs"), file).Replace('\\', '/'))
                .Where(file => !file.StartsWith("examples/key-office/", StringComparison.Ordinal)).ToArray();
            Assert.That(files, Is.Not.Empty);
            Assert.That(files.Where(file => !page.Contains($"]({file})", StringComparison.Ordinal)), Is.Empty);
        }

        private static string[] Words(string list) => list.Split(',').Select(word => word.Trim(' ', '"')).ToArray();

        private static void Parses(string[] arguments)
        {
            Assert.That(Tool.Program.MakeCommand().Parse(arguments).Errors.Select(error => error.Message), Is.Empty, string.Join(' ', arguments));
        }
    }
}
