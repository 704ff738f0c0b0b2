using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;

namespace NanoComm.Reporting
{
    /// <summary>
    /// One page that stands alone: it loads nothing, needs no script, allows none, and is readable in light and dark and in a
    /// window of 360 pixels. All text goes through an XML writer, which escapes it.
    /// </summary>
    internal static class HtmlWriter
    {
        // Whatever a line of the log holds: nothing is loaded and nothing runs.
        private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

        private const string Style = """
            :root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;--rule:#d0d7de;--passed:#1a7f37;--failed:#b42318;--warned:#8a5a00;--skipped:#57606a}
            @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa4ae;--paper:#0d1117;--rule:#30363d;--passed:#4ac26b;--failed:#ff7b72;--warned:#e3b341;--skipped:#9aa4ae}}
            body{margin:0 auto;max-width:70rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
            h1{font-size:1.5rem}h2{font-size:1.2rem}h3{font-size:1rem;margin:1.5rem 0 .25rem}
            h1,h2,h3,p,td,th,dd{overflow-wrap:anywhere}
            dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.2rem 1rem}dt{color:var(--soft)}dd{margin:0}
            table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--rule)}
            .number{font-variant-numeric:tabular-nums}th,td.number,td.passed,td.failed,td.warned,td.skipped{white-space:nowrap}.source,figcaption{color:var(--soft);font-size:.9rem}
            .passed{color:var(--passed)}.failed{color:var(--failed);font-weight:600}.warned{color:var(--warned)}.skipped{color:var(--skipped)}
            pre{overflow-x:auto;max-height:30rem;padding:.6rem;border:1px solid var(--rule);font-size:.85rem}
            figure{margin:.5rem 0}svg{width:100%;height:auto;max-width:45rem}
            svg text{fill:var(--soft);font-size:13px}.curve{fill:none;stroke:var(--ink);stroke-width:1.5}.limit{stroke:var(--failed);stroke-dasharray:5 4}.frame{fill:none;stroke:var(--rule)}
            @media(max-width:40rem){thead{display:none}tr{display:block;padding:.4rem 0;border-bottom:1px solid var(--rule)}td{display:block;border:0;padding:0}td[data-label]::before{content:attr(data-label) ": ";color:var(--soft)}dl{display:block}dd{margin:0 0 .4rem}}
            """;

        public static void Write(Report report, Stream stream)
        {
            var settings = new XmlWriterSettings
            {
                Encoding = new UTF8Encoding(false),
                OmitXmlDeclaration = true,
                CloseOutput = false,
            };
            using XmlWriter xml = XmlWriter.Create(stream, settings);
            var page = new HtmlPage(xml);
            xml.WriteDocType("html", null, null, null);
            page.Element("html", [("lang", "en")], () =>
            {
                WriteHead(page, report);
                page.Element("body", [], () => WriteBody(page, report));
            });
        }

        private static void WriteHead(HtmlPage page, Report report)
        {
            page.Element("head", [], () =>
            {
                page.Void("meta", ("charset", "utf-8"));
                page.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
                page.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
                page.Text("title", report.Title);
                page.Style(Style);
            });
        }

        // What is to be looked into stands first.
        private static void WriteBody(HtmlPage page, Report report)
        {
            page.Text("h1", report.Title);
            page.Text("p", report.ToString(), ("class", report.ExitCode == 1 ? "failed" : "summary"));
            page.Element("dl", [], () =>
            {
                WriteFact(page, "Begun", report.Start.ToString("yyyy-MM-dd HH:mm:ss zzz"));
                WriteFact(page, "Time of the cases", $"{ReportText.Seconds(report.Duration)} s");
                report.Facts.ForEach(fact => WriteFact(page, fact.Name, fact.Value));
            });
            page.Text("h2", "Cases");
            List<(ReportCase Case, int Number)> cases = report.Cases.Select((one, i) => (one, i))
                .OrderByDescending(pair => pair.one.Verdict is ReportVerdict.Failed or ReportVerdict.Warned ? pair.one.Verdict : 0).ToList();
            WriteTable(page, ["Case", "Verdict", "What", "Source", "Time"], cases, (page, pair) => WriteRow(page, pair.Case, pair.Number));
            List<(ReportCase Case, int Number)> told = cases.Where(pair => HasMore(pair.Case)).ToList();
            if (told.Count > 0)
            {
                page.Text("h2", "What was seen");
                told.ForEach(pair => WriteDetails(page, pair.Case, pair.Number));
            }
        }

        private static void WriteFact(HtmlPage page, string name, string value)
        {
            page.Text("dt", name);
            page.Text("dd", value);
        }

        private static void WriteTable<T>(HtmlPage page, string[] columns, IReadOnlyList<T> rows,
            Action<HtmlPage, T> write)
        {
            page.Element("table", [], () =>
            {
                page.Element("thead", [], () => page.Element("tr", [], () =>
                {
                    foreach (string column in columns)
                    {
                        page.Text("th", column, ("scope", "col"));
                    }
                }));
                page.Element("tbody", [], () =>
                {
                    foreach (T row in rows)
                    {
                        page.Element("tr", [], () => write(page, row));
                    }
                });
            });
        }

        private static void WriteRow(HtmlPage page, ReportCase one, int number)
        {
            page.Element("td", [], () =>
            {
                if (HasMore(one))
                {
                    page.Text("a", one.Id, ("href", "#" + Anchor(number)));
                }
                else
                {
                    page.Text(one.Id);
                }
            });
            page.Text("td", ReportText.Word(one.Verdict), ("class", ReportText.Word(one.Verdict)));
            page.Text("td", one.Message.Length > 0 ? $"{one.Title}: {one.Message}" : one.Title);
            page.Text("td", one.Source, ("class", "source"), ("data-label", "Source"));
            page.Text("td", $"{ReportText.Seconds(one.Duration)} s", ("class", "number"), ("data-label", "Time"));
        }

        // Figures and plots of every case; the log of those that are to be looked into.
        private static void WriteDetails(HtmlPage page, ReportCase one, int number)
        {
            page.Text("h3", $"{one.Id} {one.Title}", ("id", Anchor(number)), ("class", ReportText.Word(one.Verdict)));
            if (one.Message.Length > 0)
            {
                page.Text("p", $"{ReportText.Word(one.Verdict)}: {one.Message}");
            }

            if (one.Figures.Count > 0)
            {
                WriteTable(page, ["Figure", "Measured", "Limit", "Kept"], one.Figures, WriteFigure);
            }

            one.Series.ForEach(series => SeriesPlot.Write(page, series));
            if (HasLog(one))
            {
                page.Text("pre", string.Join('\n', one.Log), ("tabindex", "0"));
            }
        }

        private static void WriteFigure(HtmlPage page, ReportFigure figure)
        {
            string unit = ReportText.Unit(figure.Unit);
            page.Text("td", figure.Name);
            page.Text("td", ReportText.Number(figure.Value) + unit, ("class", "number"), ("data-label", "Measured"));
            page.Text("td", figure.Limit is double limit
                ? $"at {(figure.IsMinimum ? "least" : "most")} {ReportText.Number(limit)}{unit}" : "none",
                ("class", "number"), ("data-label", "Limit"));
            page.Text("td", figure.Limit == null ? string.Empty : figure.IsWithin ? "yes" : "no",
                ("class", figure.IsWithin ? "passed" : "failed"), ("data-label", "Kept"));
        }

        private static bool HasMore(ReportCase one)
        {
            return one.Figures.Count > 0 || one.Series.Count > 0 || HasLog(one);
        }

        private static bool HasLog(ReportCase one)
        {
            return one.Verdict is ReportVerdict.Failed or ReportVerdict.Warned && one.Log.Count > 0;
        }

        private static string Anchor(int number)
        {
            return $"case-{number + 1}";
        }
    }
}
