using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>One thing has one name in Japanese: docs/terms.ja.md says which, and what it is not called.</summary>
    public static class TermTests
    {
        private const string Page = "docs/terms.ja.md";
        private const string Between = "、";

        // The terms, and the words that are not used.
        private static readonly (string[] Terms, string[] Others)[] Rows = File.ReadLines(Repository.Here.Absolute(Page))
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Split(Between), cells[2].Split(Between))).ToArray();

        private static IEnumerable<string> Places => Repository.Here.Files("", ".ja.md").Select(Repository.Here.Relative).Except([Page])
            .Append("tools/CommandLine/Words/ja.json").Append("boards/Virtual/Web/Page/texts.ja.js");

        [TestCaseSource(nameof(Places))]
        public static void Nothing_has_another_name_than_its_term(string place)
        {
            string text = File.ReadAllText(Repository.Here.Absolute(place));
            Assert.That(Rows.SelectMany(row => row.Others).Where(word => text.Contains(word, StringComparison.Ordinal)), Is.Empty);
        }

        [Test]
        public static void Each_term_is_used()
        {
            string all = string.Concat(Places.Select(place => File.ReadAllText(Repository.Here.Absolute(place))));
            Assert.That(Rows, Has.Length.GreaterThan(30));
            Assert.That(Rows.SelectMany(row => row.Terms).Where(term => !all.Contains(term, StringComparison.Ordinal)), Is.Empty);
        }
    }
}
