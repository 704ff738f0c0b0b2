using NanoComm.CommandLine;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Tool
{
    /// <summary>A module in a simulated air, and where its host finds it.</summary>
    /// <param name="Role">"module" or "dongle".</param>
    /// <param name="Path">Under what it is offered.</param>
    /// <param name="Module">It.</param>
    internal sealed record AirPort(string Role, string Path, SimulatedModule Module)
    {
        /// <summary>What it is called where it is told of.</summary>
        public string Name => $"{Role} {Path}";

        /// <summary>Its line; null before there is one.</summary>
        public OfferedModule Line { get; set; }

        /// <summary>Sessions that have been told of.</summary>
        public long SessionsTold { get; set; }
    }
}
