using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Power;

namespace NanoComm.PowerPlanning
{
    /// <summary>What is wrong with what a board declares: first with the figures each, then with their sums (R30).</summary>
    public static class PowerCheck
    {
        private const int PerMille = 1000;
        private const int LeastSource = 10;
        private const string Planning = "planning value";

        // As efficiencies are given, a converter's input is looked at in steps of this many mW.
        private const int InputStep = 10;

        /// <summary>Looks for faults.</summary>
        /// <param name="declaration">What the board declares.</param>
        /// <returns>All faults of the figures; when there are none, those of the sums.</returns>
        public static IReadOnlyList<PowerFault> Find(PowerDeclaration declaration)
        {
            List<PowerFault> faults = [.. Presence(declaration)];
            if (faults.Count > 0)
            {
                return faults;
            }

            faults.AddRange(OfSupply(declaration));
            faults.AddRange(OfRails(declaration));
            faults.AddRange(OfLoads(declaration));
            faults.AddRange(Sources(declaration).Where(figure => SaysNothing(figure.Source)).Select(figure =>
                new PowerFault(PowerFaultKind.NoSource, $"{figure.What}: '{figure.Source}' names no document with revision or "
                    + "page, and no planning value with what it rests on")));
            return faults.Count > 0 ? faults : Find(new PowerSums(declaration));
        }

        /// <summary>Looks for faults of sums.</summary>
        public static IReadOnlyList<PowerFault> Find(PowerSums sums)
        {
            List<PowerFault> faults = [];
            if (!sums.PowerUp.Fits)
            {
                faults.Add(new PowerFault(PowerFaultKind.PowerUp, "before the firmware has run " + sums.PowerUp));
            }

            if (!sums.Primary.Fits)
            {
                faults.Add(new PowerFault(PowerFaultKind.PrimaryPath, "with the primary path alone in service " + sums.Primary));
            }

            if (sums.WorstGranted is { Fits: false } worst)
            {
                faults.Add(new PowerFault(PowerFaultKind.ModelTooLow, "the governor would grant it: " + worst));
            }

            return faults;
        }

        private static IEnumerable<PowerFault> Presence(PowerDeclaration declaration)
        {
            foreach (string text in declaration.Misplaced)
            {
                yield return new PowerFault(PowerFaultKind.Misplaced, text);
            }

            (bool IsMissing, string What)[] parts =
            [
                (declaration.Supply == null, "supply"),
                (declaration.Moments == null, "crest factor and inrush current"),
                (declaration.LowSupply == null, "threshold of a low supply"),
                (declaration.Rails.Count == 0, "rail"),
                (declaration.Loads.All(load => load.Part != PowerPart.Processor), "load for the processor"),
            ];
            foreach ((_, string what) in parts.Where(part => part.IsMissing))
            {
                yield return new PowerFault(PowerFaultKind.NoFigures, $"no {what} is declared");
            }

            foreach (DeclaredLoad load in declaration.Loads.Where(load => load.States.Count == 0))
            {
                yield return new PowerFault(PowerFaultKind.NoFigures, $"{load.Name} has no state");
            }
        }

        private static IEnumerable<PowerFault> OfSupply(PowerDeclaration declaration)
        {
            DeclaredSupply supply = declaration.Supply;
            if (declaration.Free <= 0)
            {
                yield return new PowerFault(PowerFaultKind.NoBudget,
                    $"of {supply.Rated} mVA others take {supply.Reserved} mVA first: {declaration.Free} mVA are left");
            }

            if (supply.Reserved < 0)
            {
                yield return new PowerFault(PowerFaultKind.Range, $"reserved are {supply.Reserved} mVA");
            }

            if (supply.PowerFactor is < 1 or > PerMille)
            {
                yield return new PowerFault(PowerFaultKind.PowerFactor, $"{supply.PowerFactor} is not within 1 to 1000 per mille");
            }

            DeclaredMoments moments = declaration.Moments;
            if (moments.Crest < PerMille || moments.Inrush <= 0 || moments.InrushTime <= 0)
            {
                yield return new PowerFault(PowerFaultKind.Range, $"crest factor {moments.Crest} per mille, inrush "
                    + $"{moments.Inrush} mA for {moments.InrushTime} ms: at least 1000, and more than 0");
            }

            DeclaredLowSupply low = declaration.LowSupply;
            if (low.Low <= 0 || low.Good <= low.Low)
            {
                yield return new PowerFault(PowerFaultKind.Range,
                    $"the supply is low below {low.Low} mV and good from {low.Good} mV on: the second must be above the first");
            }
        }

        private static IEnumerable<PowerFault> OfRails(PowerDeclaration declaration)
        {
            if (declaration.Rails.Count > PowerBudget.MaxRails)
            {
                yield return new PowerFault(PowerFaultKind.TooMany,
                    $"{declaration.Rails.Count} rails; the firmware has room for {PowerBudget.MaxRails}");
            }

            var before = new HashSet<string>();
            foreach (DeclaredRail rail in declaration.Rails)
            {
                if (rail.Feeder != null && !before.Contains(rail.Feeder))
                {
                    yield return new PowerFault(PowerFaultKind.UnknownRail,
                        $"rail {rail.Name} is fed by '{rail.Feeder}', which is not declared before it");
                }

                if (!before.Add(rail.Name))
                {
                    yield return new PowerFault(PowerFaultKind.RailTwice, rail.Name);
                }

                if (rail.Millivolts <= 0 || rail.Storage < 0)
                {
                    yield return new PowerFault(PowerFaultKind.Range, $"rail {rail.Name}: {rail.Millivolts} mV, {rail.Storage} µF");
                }

                if (OfEfficiency(rail) is PowerFault fault)
                {
                    yield return fault;
                }
            }
        }

        private static PowerFault OfEfficiency(DeclaredRail rail)
        {
            int[] points = rail.Efficiency ?? [];
            if (points.Length == 0 || points.Length % 2 != 0)
            {
                return new PowerFault(PowerFaultKind.EfficiencyPoints, $"rail {rail.Name}: no pairs of mW and per mille");
            }

            for (int i = 0; i < points.Length; i += 2)
            {
                if (points[i + 1] is < 1 or > PerMille)
                {
                    return new PowerFault(PowerFaultKind.EfficiencyRange,
                        $"rail {rail.Name}: {points[i + 1]} at {points[i]} mW is not within 1 to 1000 per mille");
                }

                if (points[i] < 0 || (i > 0 && points[i] <= points[i - 2]))
                {
                    return new PowerFault(PowerFaultKind.EfficiencyPoints, $"rail {rail.Name}: the point at {points[i]} mW is not "
                        + "above the one before it");
                }
            }

            double last = 0;
            for (int output = 0; output <= points[^2] + InputStep; output += InputStep)
            {
                double input = output / PowerOracle.Efficiency(points, output);
                if (input < last)
                {
                    return new PowerFault(PowerFaultKind.InputFalls,
                        $"rail {rail.Name}: for {output} mW it would take {input:0} mW, less than {last:0} mW for "
                            + $"{output - InputStep} mW");
                }

                last = input;
            }

            return null;
        }

        private static IEnumerable<PowerFault> OfLoads(PowerDeclaration declaration)
        {
            if (declaration.Loads.Count > PowerBudget.MaxLoads)
            {
                yield return new PowerFault(PowerFaultKind.TooMany,
                    $"{declaration.Loads.Count} loads; the firmware has room for {PowerBudget.MaxLoads}");
            }

            var parts = new HashSet<PowerPart>();
            var names = new HashSet<string>();
            foreach (DeclaredLoad load in declaration.Loads)
            {
                if (!parts.Add(load.Part) | !names.Add(load.Name))
                {
                    yield return new PowerFault(PowerFaultKind.LoadTwice, $"{load.Name} ({load.Part}) is there already");
                }

                if (declaration.Rails.All(rail => rail.Name != load.Rail))
                {
                    yield return new PowerFault(PowerFaultKind.UnknownRail, $"{load.Name} hangs on '{load.Rail}', which is not declared");
                }

                foreach (PowerFault fault in OfStates(load))
                {
                    yield return fault;
                }
            }
        }

        private static IEnumerable<PowerFault> OfStates(DeclaredLoad load)
        {
            if (load.States.Count > PowerBudget.MaxStates)
            {
                yield return new PowerFault(PowerFaultKind.TooMany,
                    $"{load.Name}: {load.States.Count} states; the firmware has room for {PowerBudget.MaxStates}");
            }

            if (load.AtPowerUp < 0 || load.AtPowerUp > load.InService)
            {
                yield return new PowerFault(PowerFaultKind.Range, $"{load.Name}: there is no state {load.AtPowerUp} to be in at power-up");
            }

            if (Enumerable.Range(0, load.States.Count).Any(state => load.Charge(state) < load.Charge(0)))
            {
                yield return new PowerFault(PowerFaultKind.FirstState,
                    $"{load.Name}: '{load.States[0].Name}' is charged {load.Charge(0)} mA and is not the least");
            }

            foreach (DeclaredState state in load.States)
            {
                if (state.Typical < 0 || state.Peak < state.Typical)
                {
                    yield return new PowerFault(PowerFaultKind.Range,
                        $"{load.Name}, {state.Name}: typical {state.Typical} mA, peak {state.Peak} mA");
                }

                if (state.Sends != Sends.Never && load.Transmit < state.Peak)
                {
                    yield return new PowerFault(PowerFaultKind.TransmitPeak,
                        $"{load.Name}, {state.Name}: {load.Transmit} mA while it sends, {state.Peak} mA while it does not");
                }

                if (state.Sends == Sends.WhenAsked && (state != load.States[^1] || load.Burst is not { Longest: > 0 }))
                {
                    yield return new PowerFault(PowerFaultKind.Burst, $"{load.Name}, {state.Name}: sends when asked, which takes "
                        + "the state in service and a longest transmission");
                }
            }
        }

        private static IEnumerable<(string What, string Source)> Sources(PowerDeclaration declaration)
        {
            yield return ("supply", declaration.Supply.Source);
            yield return ("moments", declaration.Moments.Source);
            yield return ("low supply", declaration.LowSupply.Source);
            foreach (DeclaredRail rail in declaration.Rails)
            {
                yield return ($"rail {rail.Name}", rail.Source);
            }

            foreach (DeclaredLoad load in declaration.Loads)
            {
                foreach (DeclaredState state in load.States)
                {
                    yield return ($"{load.Name}, {state.Name}", state.Source);
                }

                if (load.Burst != null)
                {
                    yield return ($"{load.Name}, longest transmission", load.Burst.Source);
                }
            }
        }

        private static bool SaysNothing(string source)
        {
            string text = (source ?? "").Trim();
            int planning = text.IndexOf(Planning, StringComparison.OrdinalIgnoreCase);
            return planning >= 0
                ? text.Length - Planning.Length < LeastSource
                : text.Length < LeastSource || !text.Any(char.IsAsciiLetter) || !text.Any(char.IsAsciiDigit);
        }
    }
}
