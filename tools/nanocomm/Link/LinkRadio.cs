using System;
using System.Collections.Generic;
using NanoComm.Supervision;
using NanoComm.WiSun;

namespace NanoComm.Tool
{
    /// <summary>A radio path for planning. Frequencies and limits are those of requirement R32; powers and the loss of a wall
    /// are planning values.</summary>
    internal sealed class LinkRadio
    {
        private LinkRadio(string name, double megahertz, double power, double wall, int usableFrom)
        {
            Name = name;
            Megahertz = megahertz;
            Power = power;
            Wall = wall;
            UsableFrom = usableFrom;
        }

        /// <summary>20 mW in the middle of 922.5 to 928 MHz.</summary>
        public static LinkRadio WiSun { get; } = new("Wi-SUN", 925, 13, 5, LinkQuality.Limit / 100);

        /// <summary>The access point's 17 dBm on channel 7: the unit hears it, and is heard with its own 19.5 dBm.</summary>
        public static LinkRadio Wifi { get; } = new("Wi-Fi", 2442, 17, 7, LinkReport.WifiLimit);

        /// <summary>All, the primary one first.</summary>
        public static IReadOnlyList<LinkRadio> All { get; } = [WiSun, Wifi];

        /// <summary>What it is called, here and in a unit's log.</summary>
        public string Name { get; }

        /// <summary>Its frequency.</summary>
        public double Megahertz { get; }

        /// <summary>What is sent, in dBm.</summary>
        public double Power { get; }

        /// <summary>What a wall takes, in dB.</summary>
        public double Wall { get; }

        /// <summary>From here on it is usable, in dBm.</summary>
        public int UsableFrom { get; }

        /// <summary>What free space takes on the first metre, in dB.</summary>
        public double FirstMetre => 20 * Math.Log10(4 * Math.PI * Megahertz * 1e6 / 299_792_458);

        /// <summary>What an enclosure takes, in dB.</summary>
        public double LossOf(Enclosure enclosure) => this == WiSun ? enclosure.At920 : enclosure.At2400;
    }
}
