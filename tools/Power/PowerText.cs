using System.Globalization;
using System.Linq;
using NanoComm.Hal;

namespace NanoComm.PowerPlanning
{
    /// <summary>Powers for people.</summary>
    public static class PowerText
    {
        /// <summary>The unit that a supply is rated in: direct current has no apparent power.</summary>
        public static string Unit(SupplyKind kind)
        {
            return kind == SupplyKind.VoltageTransformer ? "VA" : "W";
        }

        /// <summary>A power with its unit, to the hundredth.</summary>
        /// <param name="milli">In thousandths of the unit.</param>
        /// <param name="unit">The unit.</param>
        public static string Of(double milli, string unit)
        {
            return (milli / 1000).ToString("0.00", CultureInfo.InvariantCulture) + " " + unit;
        }

        /// <summary>The efficiency of a rail's converter.</summary>
        public static string Efficiency(DeclaredRail rail)
        {
            int[] points = rail.Efficiency;
            return points.Length == 2
                ? $"{Percent(points[1])} at any load"
                : string.Join(", ", points.Chunk(2).Select(point => $"{Percent(point[1])} at {point[0]} mW"));
        }

        private static string Percent(int perMille)
        {
            return (perMille / 10.0).ToString("0.#", CultureInfo.InvariantCulture) + " %";
        }
    }
}
