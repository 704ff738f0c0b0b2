using System.Net;
using NanoComm.CommandLine;
using NanoComm.MeterConformance;

namespace NanoComm.Tool
{
    /// <summary>What the user asked of a conformance run.</summary>
    internal sealed class ConformSettings
    {
        /// <summary>Where the dongle is; null with <see cref="Ip"/>.</summary>
        public string Port { get; init; }

        /// <summary>Where the meter is on the network; null for Wi-SUN.</summary>
        public IPEndPoint Ip { get; init; }

        /// <summary>An address of this PC for a second controller, or null.</summary>
        public IPAddress Second { get; init; }

        public int Baud { get; init; }

        /// <summary>Null with <see cref="Ip"/>.</summary>
        public RouteBCredentials Credentials { get; init; }

        public ConformanceOptions Options { get; init; }

        /// <summary>The folder of the report.</summary>
        public string Report { get; init; }
    }
}
