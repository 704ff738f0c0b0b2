using System.Collections.Generic;

namespace NanoComm.Tool
{
    /// <summary>What a unit stands in, with the losses of requirement R32.</summary>
    /// <param name="Name">As a person types it.</param>
    /// <param name="At920">What it takes at 920 MHz, in dB.</param>
    /// <param name="At2400">What it takes at 2.4 GHz, in dB.</param>
    internal sealed record Enclosure(string Name, double At920, double At2400)
    {
        /// <summary>All, nothing first: a meter box on average and at most, a cubicle with its door closed on average.</summary>
        public static IReadOnlyList<Enclosure> All { get; } =
        [
            new("none", 0, 0),
            new("meter-box", 6, 6),
            new("meter-box-worst", 15, 13),
            new("cubicle", 29, 25),
        ];
    }
}
