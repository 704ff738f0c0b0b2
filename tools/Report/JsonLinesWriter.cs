using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace NanoComm.Reporting
{
    /// <summary>One JSON object a line: the report, then each of its cases. What could not be measured is null.</summary>
    internal static class JsonLinesWriter
    {
        public static void Write(Report report, Stream stream)
        {
            WriteLine(stream, json => WriteReport(json, report));
            foreach (ReportCase one in report.Cases)
            {
                WriteLine(stream, json => WriteCase(json, one));
            }
        }

        private static void WriteReport(Utf8JsonWriter json, Report report)
        {
            json.WriteString("kind", "report");
            json.WriteString("title", report.Title);
            json.WriteString("start", report.Start);
            json.WriteNumber("seconds", report.Duration.TotalSeconds);
            json.WriteNumber("passed", report.Count(ReportVerdict.Passed));
            json.WriteNumber("failed", report.Count(ReportVerdict.Failed));
            json.WriteNumber("warned", report.Count(ReportVerdict.Warned));
            json.WriteNumber("skipped", report.Count(ReportVerdict.Skipped));
            WriteArray(json, "facts", report.Facts, fact =>
            {
                json.WriteStartObject();
                json.WriteString("name", fact.Name);
                json.WriteString("value", fact.Value);
                json.WriteEndObject();
            });
        }

        private static void WriteCase(Utf8JsonWriter json, ReportCase one)
        {
            json.WriteString("kind", "case");
            json.WriteString("id", one.Id);
            json.WriteString("title", one.Title);
            json.WriteString("source", one.Source);
            json.WriteString("verdict", JsonNamingPolicy.CamelCase.ConvertName(one.Verdict.ToString()));
            json.WriteString("message", one.Message);
            json.WriteNumber("seconds", one.Duration.TotalSeconds);
            WriteArray(json, "figures", one.Figures, figure => WriteFigure(json, figure));
            WriteArray(json, "series", one.Series, series => WriteSeries(json, series));
            WriteArray(json, "log", one.Log, json.WriteStringValue);
        }

        private static void WriteFigure(Utf8JsonWriter json, ReportFigure figure)
        {
            json.WriteStartObject();
            json.WriteString("name", figure.Name);
            json.WritePropertyName("value");
            WriteMeasured(json, figure.Value);
            json.WriteString("unit", figure.Unit);
            WriteLimit(json, figure.Limit);
            json.WriteBoolean("isMinimum", figure.IsMinimum);
            json.WriteBoolean("isWithin", figure.IsWithin);
            json.WriteEndObject();
        }

        private static void WriteSeries(Utf8JsonWriter json, ReportSeries series)
        {
            json.WriteStartObject();
            json.WriteString("name", series.Name);
            json.WriteString("unit", series.Unit);
            WriteLimit(json, series.Limit);
            WriteArray(json, "points", series.Points, point =>
            {
                json.WriteStartArray();
                json.WriteNumberValue(point.Seconds);
                WriteMeasured(json, point.Value);
                json.WriteEndArray();
            });
            json.WriteEndObject();
        }

        private static void WriteMeasured(Utf8JsonWriter json, double value)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        private static void WriteLimit(Utf8JsonWriter json, double? limit)
        {
            if (limit is double known)
            {
                json.WriteNumber("limit", known);
            }
            else
            {
                json.WriteNull("limit");
            }
        }

        private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
        {
            json.WriteStartArray(name);
            foreach (T item in items)
            {
                write(item);
            }

            json.WriteEndArray();
        }

        private static void WriteLine(Stream stream, Action<Utf8JsonWriter> write)
        {
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
        }
    }
}
