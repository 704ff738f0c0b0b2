using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using ScottPlot;

namespace NanoComm.Tool
{
    /// <summary>What charts have in common.</summary>
    internal static class Chart
    {
        private const int Width = 1000;
        private const int Height = 600;

        private static readonly string[] Kinds = [".png", ".svg"];

        /// <summary><c>--chart</c>: the file to draw into.</summary>
        public static Option<string> Option(string description)
        {
            return Option("--chart", description);
        }

        /// <summary>The same by another name.</summary>
        public static Option<string> Option(string name, string description)
        {
            Option<string> option = HostOptions.PathTo(name, "FILE", description + " PNG or SVG, by its name.");
            option.Validators.Add(result =>
            {
                string file = result.Tokens.Single().Value;
                if (!Kinds.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                {
                    result.AddError($"{name}: '{file}' ends in neither .png nor .svg");
                }
            });
            return option;
        }

        /// <summary>An empty chart.</summary>
        public static Plot New(string title, string across, string upwards)
        {
            var plot = new Plot();
            plot.Title(title);
            plot.XLabel(across);
            plot.YLabel(upwards);
            plot.ShowLegend(Edge.Bottom);
            plot.Legend.Orientation = Orientation.Horizontal;
            return plot;
        }

        /// <summary>A line from side to side, named in the legend.</summary>
        public static void Limit(Plot plot, double at, string name, Color color)
        {
            ScottPlot.Plottables.HorizontalLine line = plot.Add.HorizontalLine(at, 2, color, LinePattern.Dashed);
            line.LegendText = name;
        }

        /// <summary>A text above a point.</summary>
        public static void Label(Plot plot, double x, double y, string text)
        {
            ScottPlot.Plottables.Text label = plot.Add.Text(text, x, y);
            label.LabelAlignment = Alignment.LowerCenter;
            label.LabelBold = true;
        }

        /// <summary>Draws it.</summary>
        /// <param name="plot">The chart.</param>
        /// <param name="file">The file.</param>
        /// <param name="option">What named it, for errors.</param>
        /// <exception cref="UserError">The file cannot be written.</exception>
        public static void Save(Plot plot, string file, string option = "--chart")
        {
            try
            {
                if (Path.GetExtension(file).Equals(".svg", StringComparison.OrdinalIgnoreCase))
                {
                    File.WriteAllText(file, plot.GetSvgXml(Width, Height));
                }
                else
                {
                    File.WriteAllBytes(file, plot.GetImageBytes(Width, Height, ImageFormat.Png));
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"{option}: {error.Message}");
            }
        }
    }
}
