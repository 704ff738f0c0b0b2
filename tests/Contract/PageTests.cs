using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>What pages point at is there: links to files, and the names that docs/requirements.md gives.</summary>
    public static class PageTests
    {
        private const string Requirements = "docs/requirements.md";

        private static readonly Regex Link = new(@"\]\((?!https?:)(?<path>[^)#\s]+)(?:#[^)]*)?\)");
        private static readonly Regex Code = new("`(?<name>[^`]+)`");
        private static readonly Regex Declaration = new(@"\b(?:class|interface|enum|struct|record)\s+(?<name>\w+)");

        private static IEnumerable<string> Pages =>
            Repository.Here.Files("", ".md").Select(Repository.Here.Relative);

        [TestCaseSource(nameof(Pages))]
        public static void Links_lead_somewhere(string page)
        {
            string folder = Path.GetDirectoryName(Repository.Here.Absolute(page));
            Assert.That(Link.Matches(File.ReadAllText(Repository.Here.Absolute(page)))
                .Select(match => match.Groups["path"].Value)
                .Where(path => !Exists(Path.Combine(folder, path))), Is.Empty);
        }

        [Test]
        public static void Requirements_name_what_there_is()
        {
            HashSet<string> types = new[] { "firmware", "hal", "boards", "tools" }
                .SelectMany(folder => Repository.Here.Files(folder, ".cs"))
                .SelectMany(file => Declaration.Matches(File.ReadAllText(file)))
                .Select(match => match.Groups["name"].Value).ToHashSet();
            List<string> names = Code.Matches(File.ReadAllText(Repository.Here.Absolute(Requirements)))
                .Select(match => match.Groups["name"].Value)
                .Where(name => !name.StartsWith("nanocomm ", StringComparison.Ordinal)).ToList();

            Assert.That(names, Is.Not.Empty);
            Assert.That(names.Where(name => !types.Contains(name.Split('.')[0]) && !Exists(Repository.Here.Absolute(name))),
                Is.Empty, "neither a type nor a file or folder");
        }

        [Test]
        public static void Requirements_are_all_there_once()
        {
            Assert.That(Regex.Matches(File.ReadAllText(Repository.Here.Absolute(Requirements)), @"^\| R(\d+) \|", RegexOptions.Multiline)
                .Select(match => int.Parse(match.Groups[1].Value)), Is.EqualTo(Enumerable.Range(1, 40)));
        }

        private static bool Exists(string path)
        {
            return File.Exists(path) || Directory.Exists(path);
        }
    }
}
