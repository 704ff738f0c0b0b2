using System.Globalization;
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
    }
}
