using System;
using System.Linq;
using ScottPlot;

namespace NanoComm.Tool
{
    /// <summary>dBm over distance, with what is usable and what was measured.</summary>
    internal static class LinkChart
    {
        private const int Points = 200;
        private const double LeastReach = 30;
        private const int Lowest = -120;

        public static Plot Of(LinkSettings settings, LinkMeasurements measured)
        {
            Plot plot = Chart.New($"Expected signal: walls {settings.Walls}, enclosure {settings.Enclosure.Name}, "
                + $"exponent {settings.Exponent:0.0}", "distance, m", "dBm");
            IPalette palette = new ScottPlot.Palettes.ColorblindFriendly();
            double reach = Math.Max(LeastReach, settings.Distance * 2);
            double[] distances = Enumerable.Range(0, Points).Select(i => 1 + (i * (reach - 1) / (Points - 1))).ToArray();
            for (int i = 0; i < LinkRadio.All.Count; i++)
            {
                LinkRadio radio = LinkRadio.All[i];
                Color color = palette.GetColor(i + 1);
                ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(distances,
                    distances.Select(distance => settings.DbmAt(radio, distance)).ToArray(), color);
                line.LineWidth = 2;
                line.LegendText = radio.Name;
                Chart.Limit(plot, radio.UsableFrom, $"{radio.Name} usable from {radio.UsableFrom}", color);
                foreach (int level in measured?.Of(radio.Name) ?? [])
                {
                    plot.Add.Marker(settings.Distance, level, MarkerShape.OpenCircle, 8, color);
                }
            }

            ScottPlot.Plottables.VerticalLine here = plot.Add.VerticalLine(settings.Distance, 1, Colors.Gray, LinePattern.Dotted);
            here.LegendText = $"{settings.Distance:0} m";
            plot.Axes.SetLimits(0, reach, Lowest, 0);
            return plot;
        }
    }
}
