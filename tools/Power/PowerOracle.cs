using System.Collections.Generic;
using System.Linq;

namespace NanoComm.PowerPlanning
{
    /// <summary>
    /// What loads take of a supply, in floating point and from the declaration alone: the second opinion to
    /// <see cref="NanoComm.Power.PowerBudget"/>, with which it shares no code.
    /// </summary>
    public static class PowerOracle
    {
        /// <summary>What loads take of the supply.</summary>
        /// <param name="declaration">Of the board.</param>
        /// <param name="milliamperes">Of each load, at its rail.</param>
        /// <returns>mVA.</returns>
        public static double Drawn(PowerDeclaration declaration, IReadOnlyList<double> milliamperes)
        {
            return declaration.Rails.Where(rail => rail.Feeder == null)
                .Sum(rail => Input(declaration, milliamperes, rail)) * 1000.0 / declaration.Supply.PowerFactor;
        }

        /// <summary>Efficiency of a converter by what it gives.</summary>
        /// <param name="points">Pairs of mW and per mille.</param>
        /// <param name="milliwatts">What it gives.</param>
        /// <returns>Its part of one.</returns>
        public static double Efficiency(int[] points, double milliwatts)
        {
            int next = 0;
            while (next < points.Length && points[next] < milliwatts)
            {
                next += 2;
            }

            if (next == 0 || next == points.Length)
            {
                return points[next == 0 ? 1 : ^1] / 1000.0;
            }

            double part = (milliwatts - points[next - 2]) / (points[next] - points[next - 2]);
            return (points[next - 1] + (part * (points[next + 1] - points[next - 1]))) / 1000.0;
        }

        private static double Input(PowerDeclaration declaration, IReadOnlyList<double> milliamperes, DeclaredRail rail)
        {
            double output = declaration.Rails.Where(other => other.Feeder == rail.Name)
                .Sum(other => Input(declaration, milliamperes, other));
            for (int load = 0; load < milliamperes.Count; load++)
            {
                if (declaration.Loads[load].Rail == rail.Name)
                {
                    output += milliamperes[load] * rail.Millivolts / 1000.0;
                }
            }

            return output / Efficiency(rail.Efficiency, output);
        }
    }
}
