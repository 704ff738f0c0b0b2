using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NanoComm.Hems;
using ScottPlot;

namespace NanoComm.Tool
{
    /// <summary>What flowed, as bars: from the grid upwards, to the grid downwards; grey where there is no data.</summary>
    internal static class EnergyChart
    {
        private const int MostBarsOfIntervals = 200;
        private const double BarPart = 0.9;
        private const double Headroom = 1.15;

        /// <summary>Draws it.</summary>
        /// <param name="meter">The meter's name.</param>
        /// <param name="quantity">What is drawn.</param>
        /// <param name="intervals">What flowed; one at least.</param>
        /// <param name="begin">Where the chart begins.</param>
        /// <param name="end">Where it ends.</param>
        public static Plot Of(string meter, HemsQuantity quantity, IReadOnlyList<EnergyInterval> intervals, DateTimeOffset begin, DateTimeOffset end)
        {
            string unit = MeterRow.UnitOf(quantity);
            bool isMean = quantity == HemsQuantity.Demand;
            bool isByDay = !isMean && intervals.Select(one => one.Begin).Distinct().Count() > MostBarsOfIntervals;
            IReadOnlyList<EnergyInterval> bars = isByDay ? EnergyIntervals.ByDay(intervals) : intervals;
            string each = isByDay ? "a day" : Invariant($"{bars[0].Length.TotalMinutes:0} min");
            Plot plot = Chart.New($"{meter}: {Title(quantity, intervals)}", "", isMean ? unit : $"{unit} in {each}");
            AddGaps(plot, intervals);
            IPalette palette = new ScottPlot.Palettes.ColorblindFriendly();
            foreach (MeterDirection direction in bars.Select(bar => bar.Direction).Distinct().Order())
            {
                // The palette's first is black.
                Add(plot, bars.Where(bar => bar.Direction == direction), direction, palette.GetColor(1 + (int)direction));
            }

            plot.Add.HorizontalLine(0, 1, Colors.Black);
            plot.Axes.DateTimeTicksBottom().TickGenerator = new ScottPlot.TickGenerators.DateTimeAutomatic
            {
                LabelFormatter = time => time.ToString(end - begin > TimeSpan.FromDays(1) ? "MM-dd" : "HH:mm", CultureInfo.InvariantCulture),
            };
            plot.XLabel(Days(begin, end));
            double most = Math.Max(bars.Max(SignedEnergy), 0);
            double least = Math.Min(bars.Min(SignedEnergy), 0);
            double room = most > least ? Headroom : 1;
            plot.Axes.SetLimits(begin.DateTime.ToOADate(), end.DateTime.ToOADate(), least * room, most > least ? most * room : 1);
            return plot;
        }

        private static string Title(HemsQuantity quantity, IReadOnlyList<EnergyInterval> intervals)
        {
            string unit = MeterRow.UnitOf(quantity);
            IEnumerable<string> parts = intervals.GroupBy(one => one.Direction).OrderBy(group => group.Key).Select(group =>
                quantity == HemsQuantity.Demand ? Invariant($"at most {group.Max(one => one.Energy ?? 0):0.###} {unit} {Name(group.Key)}")
                    : Invariant($"{group.Sum(one => one.Energy ?? 0):0.###} {unit} {Name(group.Key)}"));
            int missing = intervals.Where(one => one.Energy == null).Select(one => one.Begin).Distinct().Count();
            return string.Join(", ", parts) + (missing > 0 ? $"; {missing} without data" : "");
        }

        private static void Add(Plot plot, IEnumerable<EnergyInterval> bars, MeterDirection direction, Color color)
        {
            ScottPlot.Plottables.BarPlot drawn = plot.Add.Bars(bars.Where(bar => bar.Energy != null).Select(bar => new Bar
            {
                Position = (bar.Begin.DateTime + (bar.Length / 2)).ToOADate(),
                Value = SignedEnergy(bar),
                Size = bar.Length.TotalDays * BarPart,
                FillColor = color,
                LineWidth = 0,
            }).ToArray());
            drawn.LegendText = Name(direction);
        }

        private static void AddGaps(Plot plot, IEnumerable<EnergyInterval> intervals)
        {
            bool isFirst = true;
            foreach (EnergyInterval gap in intervals.Where(one => one.Energy == null).DistinctBy(one => one.Begin))
            {
                ScottPlot.Plottables.HorizontalSpan span = plot.Add.HorizontalSpan(gap.Begin.DateTime.ToOADate(),
                    (gap.Begin.DateTime + gap.Length).ToOADate(), Colors.LightGray);
                span.LineWidth = 0;
                span.LegendText = isFirst ? "no data" : "";
                isFirst = false;
            }
        }

        private static double SignedEnergy(EnergyInterval one)
        {
            return (double)(one.Energy ?? 0) * (one.Direction == MeterDirection.Normal ? 1 : -1);
        }

        private static string Name(MeterDirection direction) => direction == MeterDirection.Normal ? "from the grid" : "to the grid";

        private static string Days(DateTimeOffset begin, DateTimeOffset end)
        {
            DateTimeOffset last = end.AddDays(-1);
            string days = begin.Date == last.Date ? Invariant($"{begin:yyyy-MM-dd}") : Invariant($"{begin:yyyy-MM-dd} to {last:yyyy-MM-dd}");
            return $"{days}, time {CivilZone.ToText(begin.Offset)}";
        }

        private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
