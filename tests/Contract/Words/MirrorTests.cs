using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>Pages that are there in Japanese too follow the English ones: a change of one fails until the other has it.</summary>
    public static class MirrorTests
    {
        private const string English = ".md";
        private const string Japanese = ".ja.md";

        private static readonly string[] Terms = ["docs/terms.ja.md"];

        private static IEnumerable<string> Pages => Repository.Here.Files("", Japanese).Select(Repository.Here.Relative).Except(Terms)
            .Select(page => page.Replace(Japanese, English, StringComparison.Ordinal));

        [Test]
        public static void The_pages_for_the_field_are_there()
        {
            Assert.That(Pages, Is.SupersetOf(new[] { "README.md", "docs/b-route-flows.md", "docs/field-swap.md", "docs/key-office.md" }));
        }

        [TestCaseSource(nameof(Pages))]
        public static void A_Japanese_page_has_what_the_English_one_has(string page)
        {
            var english = new MirroredPage(page, Read);
            Assert.That(english.Sections.Count, Is.GreaterThan(5));
            Assert.That(english.DiffersFrom(new MirroredPage(ToJapanese(page), Read)), Is.Empty);
        }

        [TestCaseSource(nameof(Pages))]
        public static void Each_leads_to_the_other_at_its_top(string page)
        {
            Assert.That(Read(page).Split('\n').Take(3).Last(), Is.EqualTo($"[日本語]({Path.GetFileName(ToJapanese(page))})"));
            Assert.That(Read(ToJapanese(page)).Split('\n').Take(3).Last(), Is.EqualTo($"[English]({Path.GetFileName(page)})"));
        }

        [TestCaseSource(nameof(Pages))]
        public static void Links_from_Japanese_lead_to_a_heading_that_is_there(string page)
        {
            Assert.That(new MirroredPage(ToJapanese(page), Read).Sections.SelectMany(section => section.Links)
                .Where(link => link.EndsWith("#-1", StringComparison.Ordinal)), Is.Empty);
        }

        [TestCase("# A\n\ntext `x`\n", "# あ\n\n文 `x`\n", true)]
        [TestCase("# A\n\ntext\n", "# あ\n\n文\n\n文\n", false)]
        [TestCase("# A\n\ntext `x`\n", "# あ\n\n文 `y`\n", false)]
        [TestCase("# A\n\n```\nx\n```\n", "# あ\n\n```\ny\n```\n", false)]
        [TestCase("# A\n\n## B\n", "# あ\n\n### い\n", false)]
        [TestCase("# A\n\n| a |\n|---|\n| b |\n", "# あ\n\n| あ |\n|---|\n", false)]
        [TestCase("# A\n\n| a |\n|---:|\n| at most 5 |\n", "# あ\n\n| あ |\n|---:|\n| 6 以下 |\n", false)]
        [TestCase("# A\n\n[b](#b)\n\n## B\n", "# あ\n\n[い](#い)\n\n## い\n", true)]
        [TestCase("# A\n\n[a](#a)\n\n## B\n", "# あ\n\n[い](#い)\n\n## い\n", false)]
        [TestCase("# A\n\n[b](b.md)\n", "# あ\n\n[い](b.ja.md)\n", true)]
        [TestCase("# A\n\n[b](b.md)\n", "# あ\n\n[い](c.md)\n", false)]
        public static void What_does_not_follow_is_found(string english, string japanese, bool isSame)
        {
            string Read(string page) => page == "a.md" ? english : page == "a.ja.md" ? japanese : null;
            Assert.That(new MirroredPage("a.md", Read).DiffersFrom(new MirroredPage("a.ja.md", Read)).Any(), Is.EqualTo(!isSame));
        }

        private static string ToJapanese(string page) => page[..^English.Length] + Japanese;

        private static string Read(string page)
        {
            string path = Repository.Here.Absolute(page);
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
    }
}
