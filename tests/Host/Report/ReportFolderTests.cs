using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using NanoComm.Reporting;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Reporting
{
    /// <summary>What a run hands in, read by other readers: an XML parser, an HTML parser, a JSON parser.</summary>
    internal static class ReportFolderTests
    {
        private const string Hostile = "</pre></style></script><script>alert(1)</script><img src=x onerror=alert(2)> & \" ' ]]> <!-- \0\u001b[31m\u0008\r\u0085\ud800 \u202e\uffff 電力";

        private static readonly DateTimeOffset Start = new(2026, 11, 29, 3, 52, 0, TimeSpan.FromHours(9));

        [Test]
        public static void Junit_has_each_case_with_its_verdict()
        {
            using var folder = new TemporaryFolder();
            new ReportFolder(folder.Path).Write(Full("text"));

            XElement suite = XDocument.Load(Path.Combine(folder.Path, ReportFolder.JUnit)).Root.Element("testsuite");
            Assert.That(new[] { "tests", "failures", "errors", "skipped", "timestamp" }.Select(name => (string)suite.Attribute(name)),
                Is.EqualTo(new[] { "4", "1", "0", "1", "2026-11-28T18:52:00" }));
            Assert.That(suite.Elements("testcase").Select(one => one.Elements().Select(element => element.Name.LocalName)), Is.EqualTo(new[]
            {
                new[] { "system-out" }, ["failure", "system-out"], ["system-out"], ["skipped", "system-out"],
            }));
            Assert.That((string)suite.Elements("testcase").ElementAt(1).Element("failure").Attribute("message"), Is.EqualTo("text"));
            Assert.That((string)suite.Elements("testcase").ElementAt(2).Element("system-out"), Does.StartWith("WARNING: text"));
            Assert.That((string)suite.Element("properties").Element("property").Attribute("value"), Is.EqualTo("text"));
            Assert.That((string)suite.Elements("testcase").First().Attribute("time"), Is.EqualTo("1.500"));
        }

        [Test]
        public static void The_page_shows_cases_figures_plots_and_the_log_of_what_failed()
        {
            IHtmlDocument page = Page(Full("text"));

            Assert.That(page.QuerySelectorAll("td.passed, td.failed, td.warned, td.skipped").Select(cell => cell.TextContent).Take(4),
                Is.EqualTo(new[] { "failed", "warned", "passed", "skipped" }), "what is to be looked into stands first");
            Assert.That(page.QuerySelector("p").TextContent, Is.EqualTo("1 passed, 1 failed, 1 warned, 1 skipped"));
            Assert.That(page.QuerySelector("#case-2 ~ table").TextContent, Does.Contain("12.5 sat most 10 sno"));
            Assert.That(page.QuerySelectorAll("svg path").Length, Is.EqualTo(8), "two runs a series, with a gap between");
            Assert.That(page.QuerySelectorAll("pre").Select(log => log.TextContent), Is.EqualTo(new[] { "first\ntext", "first\ntext" }));
            Assert.That(page.QuerySelectorAll("a").Select(link => page.QuerySelector(link.GetAttribute("href"))), Has.None.Null);
        }

        [Test]
        public static void The_page_stands_alone()
        {
            IHtmlDocument page = Page(Full(Hostile));

            Assert.That(page.QuerySelectorAll("[src], [srcset], script, link, iframe, img, object, form, [onerror]"), Is.Empty);
            Assert.That(page.All.Where(element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal))),
                Is.Empty);
            Assert.That(page.QuerySelectorAll("[href]").Select(link => link.GetAttribute("href")), Has.All.StartsWith("#"));
            Assert.That(page.QuerySelector("style").TextContent, Does.Not.Contain("url(").And.Not.Contain("@import")
                .And.Contain("prefers-color-scheme:dark").And.Contain("max-width:40rem").And.Not.Contain("&gt;"));
            Assert.That(page.QuerySelector("meta[http-equiv]").GetAttribute("content"), Does.StartWith("default-src 'none'"));
            Assert.That(page.QuerySelector("meta[name=viewport]").GetAttribute("content"), Does.Contain("width=device-width"));
        }

        [Test]
        public static void Hostile_text_stays_text_in_all_three()
        {
            using var folder = new TemporaryFolder();
            new ReportFolder(folder.Path).Write(Full(Hostile));
            const string Shown = "</pre></style></script><script>alert(1)</script><img src=x onerror=alert(2)> & \" ' ]]> <!-- \u2400\u241b[31m\u2408\u240d\ufffd\ufffd \ufffd\ufffd 電力";

            var junit = XDocument.Load(Path.Combine(folder.Path, ReportFolder.JUnit));
            Assert.That((string)junit.Descendants("failure").Single().Attribute("message"), Is.EqualTo(Shown));
            Assert.That((string)junit.Descendants("system-out").ElementAt(1), Does.EndWith("first\n" + Shown));
            IHtmlDocument page = new HtmlParser().ParseDocument(File.ReadAllText(Path.Combine(folder.Path, ReportFolder.Page)));
            Assert.That((page.Title, page.QuerySelector("h1").TextContent), Is.EqualTo((Shown, Shown)));
            Assert.That(page.QuerySelector("pre").TextContent, Is.EqualTo("first\n" + Shown));
            JsonElement failed = JsonDocument.Parse(File.ReadAllLines(Path.Combine(folder.Path, ReportFolder.Lines))[2]).RootElement;
            Assert.That(failed.GetProperty("message").GetString(), Is.EqualTo(Hostile.Replace('\ud800', '\ufffd')));
        }

        [Test]
        public static void Json_has_the_report_then_each_case()
        {
            using var folder = new TemporaryFolder();
            new ReportFolder(folder.Path).Write(Full("text"));

            JsonElement[] lines = File.ReadLines(Path.Combine(folder.Path, ReportFolder.Lines))
                .Select(line => JsonDocument.Parse(line).RootElement).ToArray();
            Assert.That(lines.Select(line => line.GetProperty("kind").GetString()), Is.EqualTo(new[] { "report", "case", "case", "case", "case" }));
            Assert.That((lines[0].GetProperty("failed").GetInt32(), lines[0].GetProperty("start").GetDateTimeOffset()), Is.EqualTo((1, Start)));
            Assert.That((lines[2].GetProperty("id").GetString(), lines[2].GetProperty("verdict").GetString(), lines[2].GetProperty("source").GetString()),
                Is.EqualTo(("CASE-1", "failed", "clause 4.2")));
            JsonElement[] figures = lines[2].GetProperty("figures").EnumerateArray().ToArray();
            Assert.That(figures.Select(figure => figure.GetProperty("isWithin").GetBoolean()), Is.EqualTo(new[] { false, true, true, false }));
            Assert.That(figures[3].GetProperty("value").ValueKind, Is.EqualTo(JsonValueKind.Null), "not measured");
            Assert.That(lines[2].GetProperty("series")[0].GetProperty("points").GetRawText(), Is.EqualTo("[[0,1],[1,20],[2,null],[3,4],[4,4]]"));
        }

        [TestCase(0, ReportVerdict.Passed, ReportVerdict.Warned, ReportVerdict.Skipped)]
        [TestCase(1, ReportVerdict.Passed, ReportVerdict.Failed, ReportVerdict.Warned)]
        [TestCase(2, ReportVerdict.Skipped, ReportVerdict.Skipped)]
        [TestCase(2)]
        public static void What_a_program_ends_with(int exitCode, params ReportVerdict[] verdicts)
        {
            var report = new Report("run", Start);
            report.Cases.AddRange(verdicts.Select((verdict, i) => new ReportCase($"CASE-{i}", "", "") { Verdict = verdict }));
            Assert.That(report.ExitCode, Is.EqualTo(exitCode));
        }

        [Test]
        public static void A_day_of_seconds_keeps_its_peak_and_stays_small()
        {
            var report = new Report("run", Start);
            var one = new ReportCase("CASE-0", "", "") { Verdict = ReportVerdict.Passed };
            one.Series.Add(new ReportSeries("age", "ms", Enumerable.Range(0, 86_400)
                .Select(i => new ReportPoint(i, i == 43_210 ? 1000 : i % 7)).ToList()));
            report.Cases.Add(one);

            string path = Page(report).QuerySelector("svg path").GetAttribute("d");
            Assert.That(path.Length, Is.LessThan(25_000));
            Assert.That(System.Text.RegularExpressions.Regex.Count(path, " 12L"), Is.EqualTo(1), "the peak, at the upper edge");
        }

        [Test]
        public static void A_folder_that_cannot_be_made_is_told_at_once()
        {
            using var folder = new TemporaryFolder();
            string file = Path.Combine(folder.Path, "file");
            File.WriteAllText(file, "");

            Assert.That(() => new ReportFolder(Path.Combine(file, "report")), Throws.TypeOf<IOException>()
                .With.Message.StartsWith($"the report cannot be written to {file}/report: "));
        }

        [TestCase(ReportFolder.JUnit)]
        [TestCase(ReportFolder.Page)]
        [TestCase(ReportFolder.Lines)]
        public static void A_disk_that_is_full_leaves_the_report_before_it(string file)
        {
            using var folder = new TemporaryFolder();
            new ReportFolder(folder.Path).Write(Full("before"));
            string[] before = Files(folder);
            var full = new ReportFolder(folder.Path, path => path.Contains(file, StringComparison.Ordinal) && File.Exists(Path.Combine(folder.Path, "full"))
                ? new FullDisk(path) : File.Create(path));
            File.WriteAllText(Path.Combine(folder.Path, "full"), "");

            Assert.That(() => full.Write(Full("after")), Throws.TypeOf<IOException>().With.Message.EndsWith(": No space left on device"));
            File.Delete(Path.Combine(folder.Path, "full"));
            Assert.That(Files(folder), Is.EqualTo(before));
        }

        private static string[] Files(TemporaryFolder folder)
        {
            return Directory.GetFiles(folder.Path).Order().Select(path => path + File.ReadAllText(path)).ToArray();
        }

        private static IHtmlDocument Page(Report report)
        {
            using var folder = new TemporaryFolder();
            new ReportFolder(folder.Path).Write(report);
            return new HtmlParser(new HtmlParserOptions { IsScripting = false })
                .ParseDocument(File.ReadAllText(Path.Combine(folder.Path, ReportFolder.Page)));
        }

        private static Report Full(string text)
        {
            var report = new Report(text, Start);
            report.Facts.Add(new ReportFact("meter", text));
            ReportVerdict[] verdicts = [ReportVerdict.Passed, ReportVerdict.Failed, ReportVerdict.Warned, ReportVerdict.Skipped];
            foreach (ReportVerdict verdict in verdicts)
            {
                var one = new ReportCase($"CASE-{report.Cases.Count}", text, "clause 4.2")
                {
                    Verdict = verdict,
                    Message = verdict == ReportVerdict.Passed ? "" : text,
                    Duration = TimeSpan.FromSeconds(1.5),
                };
                one.Figures.Add(new ReportFigure("oldest", 12.5, "s", 10));
                one.Figures.Add(new ReportFigure("answers", 12, "", 10, IsMinimum: true));
                one.Figures.Add(new ReportFigure(text, 0, "s"));
                one.Figures.Add(new ReportFigure("lost", double.NaN, "s", 10));
                one.Series.Add(new ReportSeries(text, "s", [new(0, 1), new(1, 20), new(2, double.NaN), new(3, 4), new(4, 4)], 10));
                one.Log.AddRange(["first", text]);
                report.Cases.Add(one);
            }

            return report;
        }

        private sealed class FullDisk(string path) : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1)
        {
            public override void Write(byte[] buffer, int offset, int count)
            {
                throw new IOException("No space left on device");
            }

            public override void Write(ReadOnlySpan<byte> buffer)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
