using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;
using NanoComm.CommandLine;
using NanoComm.Reporting;

namespace NanoComm.Tool
{
    /// <summary>Results of unit tests as the test platform writes them (Visual Studio TRX), made into a report.</summary>
    internal static class UnitResults
    {
        private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

        /// <summary>Makes the report.</summary>
        /// <returns>The exit code: 1 when a test failed, 2 when none was run, else 0.</returns>
        /// <exception cref="UserError">A file is none, or the report cannot be written.</exception>
        public static int Run(IReadOnlyList<string> files, string folder)
        {
            List<(string File, XElement Root)> runs = files.Select(file => (file, Load(file))).ToList();
            var report = new Report("nanoComm unit tests on a board", runs.Select(run => StartOf(run.Root)).Min());
            foreach ((string file, XElement root) in runs)
            {
                report.Facts.Add(new ReportFact("results", file));
                report.Cases.AddRange(root.Descendants(Trx + "UnitTestResult").Select(result => ToCase(result, root)));
            }

            try
            {
                new ReportFolder(folder).Write(report);
            }
            catch (IOException error)
            {
                throw new UserError("--report: " + error.Message);
            }

            Console.WriteLine($"{report}: {Path.Combine(Path.GetFullPath(folder), ReportFolder.Page)}");
            return report.ExitCode;
        }

        private static XElement Load(string file)
        {
            try
            {
                XElement root = XElement.Load(file);
                return root.Name == Trx + "TestRun" ? root
                    : throw new UserError($"--trx: {file} holds no results of a test run (TestRun): give the .trx that vstest wrote");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or XmlException)
            {
                throw new UserError($"--trx: {file} cannot be read as results of a test run: {error.Message.TrimEnd('.')}; give the .trx "
                    + "that vstest wrote");
            }
        }

        private static DateTimeOffset StartOf(XElement root)
        {
            return DateTimeOffset.TryParse(root.Element(Trx + "Times")?.Attribute("start")?.Value, CultureInfo.InvariantCulture,
                out DateTimeOffset start) ? start : DateTimeOffset.Now;
        }

        private static ReportCase ToCase(XElement result, XElement root)
        {
            string id = result.Attribute("testId")?.Value;
            string name = result.Attribute("testName")?.Value ?? "a test without a name";
            string type = root.Descendants(Trx + "UnitTest").FirstOrDefault(test => test.Attribute("id")?.Value == id)
                ?.Element(Trx + "TestMethod")?.Attribute("className")?.Value;
            XElement output = result.Element(Trx + "Output");
            XElement error = output?.Element(Trx + "ErrorInfo");
            var one = new ReportCase(type == null || name.StartsWith(type, StringComparison.Ordinal) ? name : $"{type}.{name}",
                name.Replace('_', ' '), string.Empty)
            {
                Verdict = ToVerdict(result.Attribute("outcome")?.Value),
                Message = error?.Element(Trx + "Message")?.Value.ReplaceLineEndings(" ") ?? string.Empty,
                Duration = TimeSpan.TryParse(result.Attribute("duration")?.Value, CultureInfo.InvariantCulture, out TimeSpan took) ? took
                    : TimeSpan.Zero,
            };
            one.Message = one.Verdict == ReportVerdict.Skipped && one.Message.Length == 0 ? "not run on the board" : one.Message;
            one.Log.AddRange(Lines(output?.Element(Trx + "StdOut")?.Value).Concat(Lines(error?.Element(Trx + "StackTrace")?.Value)));
            return one;
        }

        private static ReportVerdict ToVerdict(string outcome) => outcome switch
        {
            "Passed" => ReportVerdict.Passed,
            "NotExecuted" or "Inconclusive" or "Pending" => ReportVerdict.Skipped,
            _ => ReportVerdict.Failed,
        };

        private static IEnumerable<string> Lines(string text)
        {
            return text == null ? [] : text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
