using System.Collections.Generic;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Tool
{
    /// <summary>What the user asked of a simulated air.</summary>
    internal sealed record AirSettings
    {
        /// <summary>Where the module of the meter's communication unit is offered.</summary>
        public required string Module { get; init; }

        /// <summary>Where the controllers' dongles are.</summary>
        public required IReadOnlyList<string> Dongles { get; init; }

        /// <summary>What the dongles are.</summary>
        public ModuleDialect Dialect { get; init; }

        /// <summary>Decides chance.</summary>
        public int Seed { get; init; }

        /// <summary>Received power between the module and each dongle, dBm; null for the usual one.</summary>
        public double? Dbm { get; init; }

        /// <summary>How likely a radio frame is lost there, 0…1.</summary>
        public double FrameLoss { get; init; }

        /// <summary>How likely a datagram is lost although its frames arrived, 0…1.</summary>
        public double DatagramLoss { get; init; }

        /// <summary>How long a datagram is under way beside its time in the air, ms.</summary>
        public int Delay { get; init; }

        public bool Json { get; init; }

        /// <summary>Seconds to run, or null until Ctrl-C.</summary>
        public double? For { get; init; }
    }
}
