using System.Collections.Generic;
using System.Globalization;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>A column of a load profile: what it captures, and by what its numbers are to be multiplied.</summary>
    /// <param name="ClassId">Class of what it captures.</param>
    /// <param name="Name">Logical name of that.</param>
    /// <param name="Attribute">The attribute.</param>
    /// <param name="Scaler">Power of ten.</param>
    /// <param name="Unit">Unit by the number of the standard; 0 for none.</param>
    internal sealed record LoadColumn(ushort ClassId, Obis Name, int Attribute, int Scaler, int Unit)
    {
        private const ushort ClockClass = 8;

        private static readonly Dictionary<int, string> Units = new()
        {
            [27] = "W",
            [28] = "VA",
            [29] = "var",
            [30] = "Wh",
            [31] = "VAh",
            [32] = "varh",
            [33] = "A",
            [35] = "V",
        };

        private static readonly Dictionary<string, string> Names = new()
        {
            ["1-0:1.8.0.255"] = "active energy normal",
            ["1-0:2.8.0.255"] = "active energy reverse",
            ["1-0:3.8.0.255"] = "reactive energy normal",
            ["1-0:4.8.0.255"] = "reactive energy reverse",
            ["1-0:5.8.0.255"] = "reactive energy lag normal",
            ["1-0:7.8.0.255"] = "reactive energy lag reverse",
            ["1-0:1.5.0.255"] = "demand normal",
            ["1-0:2.5.0.255"] = "demand reverse",
            ["1-0:32.7.0.255"] = "voltage",
        };

        /// <summary>Whether it is the time of the row.</summary>
        public bool IsTime => ClassId == ClockClass;

        /// <summary>Its head: what it is, the logical name, the unit.</summary>
        public string Heading
        {
            get
            {
                string name = Name.ToString();
                string what = Names.TryGetValue(name, out string known) ? known + " " : "";
                string unit = Unit == 0 ? "" : Units.TryGetValue(Unit, out string word) ? $" ({word})" : $" (unit {Unit})";
                return $"{what}{name[..name.LastIndexOf('.')]}{unit}";
            }
        }

        /// <summary>A number in the unit.</summary>
        /// <returns>Empty for no data.</returns>
        public string Show(decimal? number)
        {
            decimal factor = 1;
            for (int i = 0; i < System.Math.Abs(Scaler); i++)
            {
                factor *= Scaler > 0 ? 10m : 0.1m;
            }

            return (number * factor)?.ToString(CultureInfo.InvariantCulture) ?? "";
        }
    }
}
