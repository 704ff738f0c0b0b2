using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.PowerPlanning;
using ScottPlot;

namespace NanoComm.Tool
{
    /// <summary>A plan as two charts: what the states take, load upon load, and an hour of traffic.</summary>
    internal sealed class PowerChart
    {
        private const double BarWidth = 0.6;
        private const double Headroom = 1.12;

        private readonly PowerPlan _plan;
        private readonly IPalette _palette = new ScottPlot.Palettes.ColorblindFriendly();

        public PowerChart(PowerPlan plan)
        {
            _plan = plan;
        }

        /// <summary>Draws both, and says where they are.</summary>
        public void Save(string file, TextWriter said)
        {
            string hour = Path.Combine(Path.GetDirectoryName(file) ?? "",
                Path.GetFileNameWithoutExtension(file) + "-hour" + Path.GetExtension(file));
            Chart.Save(States(), file);
            Chart.Save(Hour(), hour);
            said.WriteLine($"charts: {file}, {hour}");
        }

        private Plot States()
        {
            (string Name, double[] Currents)[] bars =
            [
                ("at power-up", Charges(_plan.Sums.PowerUp)),
                ("primary path alone", Charges(_plan.Sums.Primary)),
                ("in service, mean", Typical(_plan.Sums.InService)),
                ("in service, charged", Charges(_plan.Sums.InService)),
                ("worst granted", Charges(_plan.Sums.WorstGranted ?? _plan.Sums.PowerUp)),
                ("everything at once", Charges(_plan.Sums.Together)),
            ];
            Plot plot = Chart.New($"{_plan.Board}: taken of the supply by state", "", _plan.Unit);
            for (int i = 0; i < bars.Length; i++)
            {
                Stack(plot, i, bars[i].Currents);
            }

            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
                bars.Select((bar, i) => new Tick(i, bar.Name)).ToArray());
            plot.Axes.Bottom.MajorTickStyle.Length = 0;
            for (int load = 0; load < _plan.Declaration.Loads.Count; load++)
            {
                plot.Legend.ManualItems.Add(new LegendItem
                {
                    LabelText = _plan.Declaration.Loads[load].Name,
                    FillColor = ColorOf(load),
                });
            }

            AddLimits(plot);
            plot.Axes.SetLimits(-0.6, bars.Length - 0.4, 0, Top(_plan.Sums.Together.Drawn));
            return plot;
        }

        private Plot Hour()
        {
            Plot plot = Chart.New($"{_plan.Board}: an hour of made-up traffic, second by second", "minutes", _plan.Unit);
            Add(plot, _plan.Hour.Peaks, "most in each second", 0);
            Add(plot, _plan.Hour.Means, "mean of each second", 1);
            Chart.Limit(plot, InUnits(_plan.Sums.InService.Drawn),
                $"charged by the governor {PowerText.Of(_plan.Sums.InService.Drawn, _plan.Unit)}", Colors.Gray);
            AddLimits(plot);
            plot.Axes.SetLimits(0, Traffic.Length / 60000.0, 0, Top(_plan.Hour.Peaks.Max()));
            return plot;
        }

        private void Add(Plot plot, IReadOnlyList<double> values, string name, int color)
        {
            ScottPlot.Plottables.Signal signal = plot.Add.Signal(values.Select(InUnits).ToArray(), 1.0 / 60, ColorOf(color));
            signal.LegendText = name;
            signal.MaximumMarkerSize = 0;
        }

        private void AddLimits(Plot plot)
        {
            DeclaredSupply supply = _plan.Declaration.Supply;
            Chart.Limit(plot, InUnits(_plan.Declaration.Free), $"free {PowerText.Of(_plan.Declaration.Free, _plan.Unit)}", Colors.Red);
            if (supply.Reserved > 0)
            {
                Chart.Limit(plot, InUnits(supply.Rated), $"rated {PowerText.Of(supply.Rated, _plan.Unit)}", Colors.Black);
            }
        }

        // Each load's part of what all take is its part of the power at the rails.
        private void Stack(Plot plot, int place, double[] currents)
        {
            double[] powers = currents.Select((current, load) => current * _plan.Declaration.Rails
                .First(rail => rail.Name == _plan.Declaration.Loads[load].Rail).Millivolts).ToArray();
            double drawn = InUnits(PowerOracle.Drawn(_plan.Declaration, currents));
            double below = 0;
            for (int load = 0; load < powers.Length; load++)
            {
                double above = below + (drawn * powers[load] / powers.Sum());
                plot.Add.Bar(new Bar
                {
                    Position = place,
                    ValueBase = below,
                    Value = above,
                    Size = BarWidth,
                    FillColor = ColorOf(load),
                    LineWidth = 0,
                });
                below = above;
            }

            Chart.Label(plot, place, drawn, PowerText.Of(drawn * 1000, _plan.Unit));
        }

        // The palette's first is black, which is the rated value's.
        private Color ColorOf(int i) => _palette.GetColor(i + 1);

        private double Top(double most)
        {
            return InUnits(System.Math.Max(most, _plan.Declaration.Supply.Rated)) * Headroom;
        }

        private static double[] Charges(PowerCombination combination) => combination.Charges.Select(charge => (double)charge).ToArray();

        private double[] Typical(PowerCombination combination)
        {
            return combination.Levels.Select((level, load) => (double)_plan.Declaration.Loads[load].States[level].Typical).ToArray();
        }

        private static double InUnits(double milli) => milli / 1000;
    }
}
