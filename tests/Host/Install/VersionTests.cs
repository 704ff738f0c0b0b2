using System;
using System.IO;
using System.Linq;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Install
{
    /// <summary>What <c>--version</c> says.</summary>
    [Parallelizable]
    internal static class VersionTests
    {
        [Test]
        public static void The_version_is_the_changelogs_number_and_the_commit()
        {
            string[] says = ToolProgram.Run("--version").Output.TrimEnd().Split('+');
            Assert.That(says[0], Is.EqualTo(Number(File.ReadAllLines(WorkingCopy.PathOf("CHANGELOG.md")))));
            if (Path.Exists(WorkingCopy.PathOf(".git")))
            {
                Assert.That(says, Has.Length.EqualTo(2), "without its commit");
                WorkingCopy.Do("git", "cat-file", "-e", says[1] + "^{commit}");
            }
        }

        [TestCase("0.2.0", "## [0.2.0]", "- a line", "## [0.1.0]")]
        [TestCase("0.2.0", "## [Unreleased]", "", "## [0.2.0]")]
        [TestCase("0.2.1-unreleased", "## [Unreleased]", "", "### Added", "- a line", "", "## [0.2.0]", "## [0.1.0]")]
        [TestCase("1.10.10-unreleased", "## [Unreleased]", "text", "## [1.10.9]")]
        public static void The_number_follows_from_the_changelog(string version, params string[] changelog)
        {
            Assert.That(Number(changelog), Is.EqualTo(version), "the oracle of these tests");
            using var folder = new TemporaryFolder();
            File.Copy(WorkingCopy.PathOf("Directory.Build.props"), Path.Combine(folder.Path, "Directory.Build.props"));
            File.WriteAllText(Path.Combine(folder.Path, "CHANGELOG.md"), "# Changelog\n\n" + string.Join('\n', changelog) + "\n");
            string project = Path.Combine(folder.Path, "a.csproj");
            File.WriteAllText(project, "<Project Sdk=\"Microsoft.NET.Sdk\" />");
            Assert.That(WorkingCopy.Do("dotnet", "msbuild", project, "-getProperty:Version").TrimEnd(), Is.EqualTo(version));
        }

        // Line by line: the newest number, or the one behind it where anything stands above it.
        private static string Number(string[] changelog)
        {
            string[] lines = changelog.Where(line => line.Trim().Length > 0).ToArray();
            int first = Array.FindIndex(lines, line => line.StartsWith("## [", StringComparison.Ordinal) && char.IsDigit(line[4]));
            int unreleased = Array.IndexOf(lines, "## [Unreleased]");
            var number = new Version(lines[first][4..lines[first].IndexOf(']')]);
            return unreleased >= 0 && first - unreleased > 1
                ? $"{number.Major}.{number.Minor}.{number.Build + 1}-unreleased" : number.ToString();
        }
    }
}
