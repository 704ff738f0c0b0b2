using System.Collections.Generic;
using System.Net;
using NanoComm.CommandLine;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Virtual
{
    /// <summary>What the user asked for.</summary>
    internal sealed record Options
    {
        /// <summary>What a unit is told that finds its store in use by this one.</summary>
        public required string Program { get; init; }

        public required IReadOnlyList<IPAddress> Listen { get; init; }

        public required int Port { get; init; }

        public required bool Share { get; init; }

        /// <summary>Requests a second taken of one terminal on the IP path, at most.</summary>
        public required int IpRate { get; init; }

        /// <summary>Requests taken of it at once.</summary>
        public required int IpBurst { get; init; }

        /// <summary>Requests a second taken of all on the IP path.</summary>
        public required int IpPathRate { get; init; }

        /// <summary>Requests a second taken of the terminal on the Wi-SUN path.</summary>
        public required int WiSunRate { get; init; }

        /// <summary>Requests taken of it at once.</summary>
        public required int WiSunBurst { get; init; }

        public required int Speed { get; init; }

        /// <summary>Where the metering unit is: "sim", a serial port, or "tcp:HOST:PORT".</summary>
        public required string MeteringUnit { get; init; }

        /// <summary>Whether the simulated one is a high-voltage one.</summary>
        public required bool IsHighVoltage { get; init; }

        /// <summary>Bits per second of the line to it.</summary>
        public required int Baud { get; init; }

        /// <summary>Milliseconds from one reading of the live values to the next.</summary>
        public required int LivePeriod { get; init; }

        /// <summary>What others take of the supply first, in mVA; null for what the board declares.</summary>
        public required int? Reserved { get; init; }

        /// <summary>The simulated Wi-Fi, in place of <see cref="Listen"/>; null for none.</summary>
        public required WifiOptions Wifi { get; init; }

        /// <summary>When the supply is low, or null.</summary>
        public required LowSupply LowSupply { get; init; }

        /// <summary>Which loop is to hang, or null.</summary>
        public required HangingLoop Hang { get; init; }

        /// <summary>Keys to pair with, or null.</summary>
        public required string Pair { get; init; }

        /// <summary>Where the Wi-SUN module is: "sim", a serial port, or "none".</summary>
        public required string WiSun { get; init; }

        /// <summary>Where to offer the HEMS end of the simulated air, or null.</summary>
        public required string HemsDongle { get; init; }

        public required ModuleDialect HemsDialect { get; init; }

        /// <summary>How long a session lasts on the Wi-SUN path, in seconds.</summary>
        public required int SessionLifetime { get; init; }

        /// <summary>Route-B id and password to use, or null.</summary>
        public required RouteBCredentials RouteB { get; init; }

        /// <summary>Recorded readings, or null for the ones that come with the program.</summary>
        public required string Data { get; init; }

        /// <summary>Folder of the durable records, or null to keep them in memory.</summary>
        public required string Store { get; init; }

        /// <summary>Seconds to run, or null until Ctrl-C.</summary>
        public required double? For { get; init; }

        /// <summary>Where to show the unit in a browser, or null.</summary>
        public required IPEndPoint Web { get; init; }

        public required LogFormat Log { get; init; }
    }
}
