using System;
using System.CommandLine;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.PowerPlanning;

namespace NanoComm.Tool
{
    /// <summary>The command <c>power</c>: what a board takes of its supply.</summary>
    internal static class PowerCommand
    {
        private const double MostReserved = 1000;

        // A converter, and a power factor, of less are not worth the name.
        private const double Least = 0.1;

        public static Command Make()
        {
            var board = new Argument<string>("BOARD")
            {
                Description = "The board; without one the boards are listed.",
                Arity = ArgumentArity.ZeroOrOne,
            };
            Option<double?> reserved = HostOptions.Figure("--reserved",
                "What if others take so many VA of the supply first (W of a low-voltage meter's)?", 0, MostReserved, "VA");
            Option<double?> powerFactor = HostOptions.Figure("--power-factor", "What if the power factor is another?", Least, 1, "N");
            Option<double?> efficiency = HostOptions.Figure("--efficiency",
                "What if the last converter has this efficiency at any load?", Least * 100, 100, "%");
            Option<string[]> with = Parts("--with", "What if this part is added, as another board has it?");
            Option<string[]> without = Parts("--without", "What if this part is left out?");
            Option<string> chart = Chart.Option("Draw what the states take into this file, and an hour of traffic into FILE-hour.");
            var json = new Option<bool>("--json") { Description = "One JSON object." };
            var command = new Command("power", "What a board's loads take of its supply, and what is left; exit code 1 when it is "
                + "too much.")
            {
                board, reserved, powerFactor, efficiency, with, without, chart, json,
            };
            command.SetAction(parsed => Show(parsed.GetValue(board), new WhatIf
            {
                Reserved = InMilli(parsed.GetValue(reserved), 1),
                PowerFactor = InMilli(parsed.GetValue(powerFactor), 1),
                Efficiency = InMilli(parsed.GetValue(efficiency), 100),
                With = parsed.GetValue(with) ?? [],
                Without = parsed.GetValue(without) ?? [],
            }, parsed.GetValue(chart), parsed.GetValue(json)));
            return command;
        }

        private static Option<string[]> Parts(string name, string description)
        {
            string[] parts = [.. WhatIf.Parts];
            var option = new Option<string[]>(name)
            {
                Description = $"{description} One of {string.Join(", ", parts)}; may be given again.",
                HelpName = "PART",
                Arity = ArgumentArity.OneOrMore,
            };
            HostOptions.AllowOnly(option, parts);
            return option;
        }

        private static int? InMilli(double? value, double whole)
        {
            return value is double known ? (int)Math.Round(known / whole * 1000) : null;
        }

        private static int Show(string name, WhatIf whatIf, string chart, bool json)
        {
            if (name == null)
            {
                foreach (PowerBoard each in PowerBoard.All)
                {
                    Console.WriteLine(each.Name);
                }

                return 0;
            }

            PowerBoard board = PowerBoard.All.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new UserError($"power: there is no board '{name}'; there are "
                    + string.Join(", ", PowerBoard.All.Select(each => each.Name)));
            var plan = new PowerPlan(board, Apply(whatIf, board));
            if (json)
            {
                Console.WriteLine(PowerJson.Of(plan));
            }
            else
            {
                PowerTables.Write(plan);
            }

            if (chart != null && plan.Sums != null)
            {
                new PowerChart(plan).Save(chart, json ? Console.Error : Console.Out);
            }

            return plan.Faults.Count == 0 ? 0 : 1;
        }

        private static PowerDeclaration Apply(WhatIf whatIf, PowerBoard board)
        {
            var declaration = new PowerDeclaration(board.Declare);
            if (PowerCheck.Find(declaration).FirstOrDefault(fault => fault.Kind is PowerFaultKind.NoFigures) is PowerFault fault)
            {
                throw new UserError($"power: {board.Name} is not declared whole: {fault.Text}");
            }

            return whatIf.Apply(declaration);
        }
    }
}
