using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NanoComm.Reporting
{
    /// <summary>One JSON object a line: the report, then each of its cases. What could not be measured is null.</summary>
    internal static class JsonLinesWriter
    {
        private static readonly JsonSerializerOptions Form = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };

        public static void Write(Report report, Stream stream)
        {
            WriteLine(stream, new
            {
                Kind = "report",
                report.Title,
                report.Start,
                Seconds = report.Duration.TotalSeconds,
                Passed = report.Count(ReportVerdict.Passed),
                Failed = report.Count(ReportVerdict.Failed),
                Warned = report.Count(ReportVerdict.Warned),
                Skipped = report.Count(ReportVerdict.Skipped),
                report.Facts,
            });
            foreach (ReportCase one in report.Cases)
            {
                WriteLine(stream, new
                {
                    Kind = "case",
                    one.Id,
                    one.Title,
                    one.Source,
                    one.Verdict,
                    one.Message,
                    Seconds = one.Duration.TotalSeconds,
                    Figures = one.Figures.Select(figure => new
                    {
                        figure.Name,
                        Value = Measured(figure.Value),
                        figure.Unit,
                        figure.Limit,
                        figure.IsMinimum,
                        figure.IsWithin,
                    }),
                    Series = one.Series.Select(series => new
                    {
                        series.Name,
                        series.Unit,
                        series.Limit,
                        Points = series.Points.Select(point => new[] { point.Seconds, Measured(point.Value) }),
                    }),
                    one.Log,
                });
            }
        }

        private static double? Measured(double value)
        {
            return double.IsFinite(value) ? value : null;
        }

        private static void WriteLine(Stream stream, object line)
        {
            JsonSerializer.Serialize(stream, line, Form);
            stream.WriteByte((byte)'\n');
        }
    }
}
