using System.Globalization;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>Which path to take.</summary>
    internal static class LinkAdvice
    {
        /// <summary>As people and furniture move, levels vary by about as much, in dB: a planning value.</summary>
        public const int Reserve = 6;

        /// <summary>How long a cable may be: 100BASE-TX, in m.</summary>
        public const int LongestCable = 100;

        /// <summary>The first of the radios, in the order of their right, that has a reserve; else the one with most.</summary>
        public static LinkRadio Choose(LinkSettings settings)
        {
            return LinkRadio.All.FirstOrDefault(radio => settings.MarginOf(radio) >= Reserve)
                ?? LinkRadio.All.MaxBy(settings.MarginOf);
        }

        /// <summary>The same in words.</summary>
        public static string Describe(LinkSettings settings)
        {
            LinkRadio radio = Choose(settings);
            double margin = settings.MarginOf(radio);
            string cable = settings.Distance <= LongestCable
                ? "lay a cable (Ethernet)"
                : "bring the terminal nearer, or lay a cable with a switch on the way";
            string text = $"{radio.Name}: {margin.ToString("0", CultureInfo.InvariantCulture)} dB above what is usable";
            return margin switch
            {
                >= Reserve => $"take {text}",
                >= 0 => $"{text}, which is little: measure on the spot, or {cable}",
                _ => $"no radio is usable: {cable}, or give the antenna another place",
            };
        }
    }
}
