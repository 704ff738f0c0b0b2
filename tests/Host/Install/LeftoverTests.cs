using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Install
{
    /// <summary>Who runs the pages' commands in a clone finds nothing of it in <c>git status</c>.</summary>
    [Parallelizable]
    internal static class LeftoverTests
    {
        private const string Fence = "```";

        private static readonly Regex Written = new(@"(?:--out|--utility-keys|>) (?<name>[^\s/$""'|;]+)(?= |$)");
        private static readonly Regex Folders = new(@"(?:--store|--report|^dotnet .* -o) (?<name>[^\s/$""'|;]+)(?= |$)");

        // What a program leaves beside a file that it is given, by how that file's name ends.
        private static readonly (string Of, string Left)[] Beside = [(".nct", ".receipt"), (".nct", ".erasure"), (".nco", ".answer")];

        [Test]
        public static void What_the_pages_leave_is_ignored()
        {
            if (!Path.Exists(WorkingCopy.PathOf(".git")))
            {
                Assert.Ignore("no clone: git is not asked");
            }

            string[] left = Pages().SelectMany(Commands).SelectMany(Left).Distinct().ToArray();
            Assert.That(left, Is.SupersetOf(new[] { "first.nct", "first.receipt", "old/", "meter.json", "meter.json.counter", "open.answer" }),
                "the reading of the pages has lost its way");
            using var folder = new TemporaryFolder();
            string list = Path.Combine(folder.Path, "list");
            File.WriteAllLines(list, left);
            string ignored = WorkingCopy.Run("sh", "-c", $"git check-ignore --no-index --stdin < '{list}'").Output;
            Assert.That(left.Except(ignored.Split('\n')), Is.Empty, "each needs a line in .gitignore");
        }

        private static IEnumerable<string> Pages()
        {
            return Directory.GetFiles(WorkingCopy.PathOf("docs"), "*.md").Append(WorkingCopy.PathOf("README.md"));
        }

        private static IEnumerable<string> Commands(string page)
        {
            string[] parts = File.ReadAllText(page).Split("\n" + Fence);
            return parts.Where((part, number) => number % 2 == 1 && (part[0] == '\n' || part.StartsWith("console", StringComparison.Ordinal)))
                .SelectMany(part => part.Split('\n').Select(line => Regex.Replace(line, @"\s{2,}# .*$", "")));
        }

        private static IEnumerable<string> Left(string command)
        {
            foreach (string name in Folders.Matches(command).Select(match => match.Groups["name"].Value))
            {
                yield return name + "/";
            }

            foreach (string name in Written.Matches(command).Select(match => match.Groups["name"].Value).Where(name => name != "-"))
            {
                yield return name;
                foreach ((string of, string left) in Beside.Where(one => name.EndsWith(one.Of, StringComparison.Ordinal)))
                {
                    yield return name[..^of.Length] + left;
                }

                if (name.EndsWith(".json", StringComparison.Ordinal))
                {
                    yield return name + ".counter";
                }
            }
        }
    }
}
