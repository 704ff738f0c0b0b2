using System;
using System.Net;
using NanoComm.CommandLine;
using NanoComm.Hems;

namespace NanoComm.Tool
{
    /// <summary>What the user asked of a controller.</summary>
    internal sealed class HemsSettings
    {
        /// <summary>Where the dongle is; null with <see cref="Ip"/>.</summary>
        public string Port { get; init; }

        /// <summary>Where the meter is on the network; null for Wi-SUN.</summary>
        public IPEndPoint Ip { get; init; }

        /// <summary>What the way to the meter is called.</summary>
        public string Name => Ip?.ToString() ?? Port;

        /// <summary>What the user gave <see cref="Port"/> by, for errors.</summary>
        public string PortOption { get; init; } = "--port";

        /// <summary>What the user gave <see cref="Ip"/> by, likewise.</summary>
        public string IpOption { get; init; } = "--ip";

        public int Baud { get; init; }

        public RouteBCredentials Credentials { get; init; }

        /// <summary>From one reading to the next.</summary>
        public TimeSpan Every { get; init; }

        public bool Json { get; init; }

        /// <summary>How long, or null until Ctrl-C.</summary>
        public TimeSpan? For { get; init; }

        /// <summary>A controller for a user who waits: it says soon what it cannot do, and goes for a new session as soon as
        /// one request was not answered.</summary>
        public HemsOptions ToOptions()
        {
            return new HemsOptions
            {
                Port = Name,
                Id = Credentials?.Id,
                Password = Credentials?.Password,
                Every = (int)Every.TotalMilliseconds,
                JoinTimeout = 60_000,
                JoinWindow = 0,
                SilenceLimit = 1,
            };
        }
    }
}
