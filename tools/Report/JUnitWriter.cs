using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;

namespace NanoComm.Reporting
{
    /// <summary>JUnit XML as Jenkins and GitLab read it. It knows no warnings: there a warned case has passed, and its output
    /// begins with what it warns of.</summary>
    internal static class JUnitWriter
    {
        public static void Write(Report report, Stream stream)
        {
            var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, CloseOutput = false };
            using XmlWriter xml = XmlWriter.Create(stream, settings);
            xml.WriteStartElement("testsuites");
            WriteSums(xml, report);
            xml.WriteStartElement("testsuite");
            WriteSums(xml, report);
            Attribute(xml, "timestamp", report.Start.UtcDateTime.ToString("s"));
            WriteFacts(xml, report);
            foreach (ReportCase one in report.Cases)
            {
                WriteCase(xml, report, one);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        private static void WriteSums(XmlWriter xml, Report report)
        {
            Attribute(xml, "name", report.Title);
            Attribute(xml, "tests", report.Cases.Count.ToString());
            Attribute(xml, "failures", report.Count(ReportVerdict.Failed).ToString());
            Attribute(xml, "errors", "0");
            Attribute(xml, "skipped", report.Count(ReportVerdict.Skipped).ToString());
            Attribute(xml, "time", ReportText.Seconds(report.Duration));
        }

        private static void WriteFacts(XmlWriter xml, Report report)
        {
            xml.WriteStartElement("properties");
            foreach (ReportFact fact in report.Facts)
            {
                xml.WriteStartElement("property");
                Attribute(xml, "name", fact.Name);
                Attribute(xml, "value", fact.Value);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        private static void WriteCase(XmlWriter xml, Report report, ReportCase one)
        {
            xml.WriteStartElement("testcase");
            Attribute(xml, "classname", report.Title);
            Attribute(xml, "name", $"{one.Id} {one.Title}");
            Attribute(xml, "time", ReportText.Seconds(one.Duration));
            if (one.Verdict is ReportVerdict.Failed or ReportVerdict.Skipped)
            {
                xml.WriteStartElement(one.Verdict == ReportVerdict.Failed ? "failure" : "skipped");
                Attribute(xml, "message", one.Message);
                xml.WriteEndElement();
            }

            string output = string.Join('\n', Output(one));
            if (output.Length > 0)
            {
                xml.WriteElementString("system-out", ReportText.Clean(output));
            }

            xml.WriteEndElement();
        }

        private static IEnumerable<string> Output(ReportCase one)
        {
            IEnumerable<string> warning = one.Verdict == ReportVerdict.Warned ? [$"WARNING: {one.Message}"] : [];
            IEnumerable<string> source = one.Source.Length > 0 ? [$"from: {one.Source}"] : [];
            return warning.Concat(source).Concat(one.Figures.Select(ReportText.Figure)).Concat(one.Log);
        }

        private static void Attribute(XmlWriter xml, string name, string value)
        {
            xml.WriteAttributeString(name, ReportText.Clean(value));
        }
    }
}
