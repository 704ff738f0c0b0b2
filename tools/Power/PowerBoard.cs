using System;
using System.Collections.Generic;
using NanoComm.Esp32Ethernet;
using NanoComm.Esp32RouteB;
using NanoComm.Hal;
using NanoComm.Virtual;

namespace NanoComm.PowerPlanning
{
    /// <summary>A board and what it declares.</summary>
    /// <param name="Name">What a planner calls it: its folder below boards, and the class where there are two.</param>
    /// <param name="Declare">Writes its figures.</param>
    public sealed record PowerBoard(string Name, Action<IPowerSheet> Declare)
    {
        /// <summary>Every board that declares its power; a test holds this to the folders below boards.</summary>
        public static IReadOnlyList<PowerBoard> All { get; } =
        [
            new("Esp32Ethernet", Esp32EthernetPower.Declare),
            new("Esp32RouteB", Esp32RouteBPower.Declare),
            new("Virtual", VirtualPower.Declare),
            new("Virtual.High", VirtualPower.DeclareHigh),
        ];
    }
}
