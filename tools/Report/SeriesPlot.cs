using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NanoComm.Reporting
{
    /// <summary>A series as an inline SVG: a curve, its limit, the ends of both axes.</summary>
    internal static class SeriesPlot
    {
        private const int Width = 640;
        private const int Height = 220;
        private const int Left = 70;
        private const int Right = 10;
        private const int Top = 12;
        private const int Bottom = 26;

        public static void Write(HtmlPage page, ReportSeries series)
        {
            page.Element("figure", [], () =>
            {
                string limit = series.Limit is double value ? $", limit {ReportText.Number(value)}{ReportText.Unit(series.Unit)}" : "";
                page.Text("figcaption", $"{series.Name}{ReportText.Unit(series.Unit)}, {series.Points.Count} points{limit}");
                List<double> values = series.Points.Select(point => point.Value).Where(double.IsFinite).ToList();
                if (values.Count > 0)
                {
                    WriteSvg(page, series, values.Append(series.Limit ?? values[0]).ToList());
                }
                else
                {
                    page.Text("p", "nothing measured");
                }
            });
        }

        private static void WriteSvg(HtmlPage page, ReportSeries series, List<double> values)
        {
            double low = Math.Min(0, values.Min());
            double high = values.Max() > low ? values.Max() : low + 1;
            double begin = series.Points[0].Seconds;
            double length = Math.Max(series.Points[^1].Seconds - begin, 1e-9);
            double ToX(double seconds) => Left + ((seconds - begin) / length * (Width - Left - Right));
            double ToY(double value) => Height - Bottom - ((value - low) / (high - low) * (Height - Top - Bottom));

            page.Element("svg", [("viewBox", $"0 0 {Width} {Height}"), ("role", "img"), ("aria-label", series.Name)], () =>
            {
                page.Element("rect", [("class", "frame"), ("x", Text(Left)), ("y", Text(Top)),
                    ("width", Text(Width - Left - Right)), ("height", Text(Height - Top - Bottom))], () => { });
                if (series.Limit is double limit)
                {
                    page.Element("line", [("class", "limit"), ("x1", Text(Left)), ("x2", Text(Width - Right)),
                        ("y1", Text(ToY(limit))), ("y2", Text(ToY(limit)))], () => { });
                }

                foreach (List<ReportPoint> run in Runs(series.Points, point => (int)ToX(point.Seconds)))
                {
                    page.Element("path", [("class", "curve"), ("d", "M" + string.Join('L',
                        run.Select(point => $"{Text(ToX(point.Seconds))} {Text(ToY(point.Value))}")))], () => { });
                }

                Label(page, Left - 6, Top + 10, "end", ReportText.Number(high));
                Label(page, Left - 6, Height - Bottom, "end", ReportText.Number(low));
                Label(page, Left, Height - 8, "start", $"{ReportText.Number(begin)} s");
                Label(page, Width - Right, Height - 8, "end", $"{ReportText.Number(begin + length)} s");
            });
        }

        // What is between two gaps. Of the points that share a column the least and the most are drawn, so that a day of seconds
        // is no longer than a minute of them and no peak is lost.
        private static IEnumerable<List<ReportPoint>> Runs(IEnumerable<ReportPoint> points, Func<ReportPoint, int> toColumn)
        {
            var run = new List<ReportPoint>();
            var column = new List<ReportPoint>();
            foreach (ReportPoint point in points)
            {
                bool isGap = !double.IsFinite(point.Value);
                if (column.Count > 0 && (isGap || toColumn(column[0]) != toColumn(point)))
                {
                    run.AddRange(Extremes(column));
                    column.Clear();
                }

                if (!isGap)
                {
                    column.Add(point);
                }
                else if (run.Count > 0)
                {
                    yield return run;
                    run = new List<ReportPoint>();
                }
            }

            run.AddRange(Extremes(column));
            if (run.Count > 0)
            {
                yield return run;
            }
        }

        private static IEnumerable<ReportPoint> Extremes(List<ReportPoint> column)
        {
            return column.Count <= 2 ? column.ToList()
                : new[] { column.MinBy(point => point.Value), column.MaxBy(point => point.Value) }.OrderBy(point => point.Seconds);
        }

        private static void Label(HtmlPage page, int x, int y, string anchor, string text)
        {
            page.Text("text", text, ("x", Text(x)), ("y", Text(y)), ("text-anchor", anchor));
        }

        private static string Text(double value)
        {
            return value.ToString("0.##", CultureInfo.InvariantCulture);
        }
    }
}
