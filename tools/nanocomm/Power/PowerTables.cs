using System;
using System.Globalization;
using NanoComm.PowerPlanning;
using NanoComm.Hal;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>A plan for people.</summary>
    internal static class PowerTables
    {
        private const int LeastWidth = 120;

        public static void Write(PowerPlan plan)
        {
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LeastWidth);
            WriteSupply(plan);
            AnsiConsole.Write(Loads(plan.Declaration));
            if (plan.Sums != null)
            {
                AnsiConsole.Write(Sums(plan));
                foreach (string refusal in plan.Sums.Refused)
                {
                    AnsiConsole.MarkupLineInterpolated($"[yellow]{refusal}[/]");
                }

                if (plan.Sums.Refused.Count == 0)
                {
                    AnsiConsole.WriteLine("All loads fit together: the governor never has to refuse.");
                }
            }

            foreach (PowerFault fault in plan.Faults)
            {
                AnsiConsole.MarkupLineInterpolated($"[red]{fault}[/]");
            }
        }

        private static void WriteSupply(PowerPlan plan)
        {
            DeclaredSupply supply = plan.Declaration.Supply;
            string kind = supply.Kind == SupplyKind.VoltageTransformer ? "voltage transformer" : "the meter's own supply";
            string rated = PowerText.Of(supply.Rated, plan.Unit);
            string reserved = PowerText.Of(supply.Reserved, plan.Unit);
            string free = PowerText.Of(plan.Declaration.Free, plan.Unit);
            AnsiConsole.MarkupInterpolated($"[bold]{plan.Board}[/] at {kind}: {rated}, {reserved} reserved for others, ");
            AnsiConsole.MarkupLineInterpolated($"[bold]{free} free[/]; power factor {PerMille(supply.PowerFactor)}");
            AnsiConsole.MarkupLineInterpolated($"[grey]supply: {supply.Source}[/]");
            foreach (DeclaredRail rail in plan.Declaration.Rails)
            {
                AnsiConsole.MarkupLineInterpolated($"[grey]{rail.Name}: {PowerText.Efficiency(rail)}; {rail.Source}[/]");
            }
        }

        private static Table Loads(PowerDeclaration declaration)
        {
            Table table = New().AddColumn("load, in the order of right").AddColumn("state")
                .AddColumn(Right("typical mA")).AddColumn(Right("peak mA")).AddColumn(Right("charged mA")).AddColumn("source");
            string last = null;
            foreach (DeclaredLoad load in declaration.Loads)
            {
                for (int level = 0; level <= load.Sending; level++)
                {
                    DeclaredState state = level > load.InService ? null : load.States[level];
                    string source = state?.Source ?? load.Burst.Source;
                    table.AddRow(Cell(level == 0 ? load.Name : ""), Cell(state?.Name ?? "sending"), Cell(state?.Typical.ToString() ?? ""),
                        Cell(state?.Peak.ToString() ?? $"{load.Transmit}"), Cell(load.Charge(level).ToString()),
                        Cell(source == last ? "" : source));
                    last = source;
                }
            }

            return table;
        }

        private static Table Sums(PowerPlan plan)
        {
            DeclaredSupply supply = plan.Declaration.Supply;
            Table table = New().AddColumn("taken of the supply").AddColumn(Right(plan.Unit))
                .AddColumn(Right($"to spare of {PowerText.Of(plan.Declaration.Free, plan.Unit)} free"))
                .AddColumn(Right($"with others, of {PowerText.Of(supply.Rated, plan.Unit)}"));
            foreach ((string what, double drawn) in plan.Lines())
            {
                double spare = plan.Declaration.Free - drawn;
                table.AddRow(Cell(what), Cell(Number(drawn)), new Text(Number(spare), spare < 0 ? new Style(Color.Red) : Style.Plain),
                    Cell(((drawn + supply.Reserved) / supply.Rated).ToString("0 %", CultureInfo.InvariantCulture)));
            }

            return table;
        }

        private static Table New() => new Table().RoundedBorder().BorderColor(Color.Grey);

        private static TableColumn Right(string title) => new TableColumn(title).RightAligned();

        private static Text Cell(string text) => new(text);

        private static string Number(double milli) => (milli / 1000).ToString("0.00", CultureInfo.InvariantCulture);

        private static string PerMille(int value) => (value / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);
    }
}
