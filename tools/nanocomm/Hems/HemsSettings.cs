using System;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>What the user asked of a controller.</summary>
    internal sealed class HemsSettings
    {
        public string Port { get; init; }

        public int Baud { get; init; }

        public RouteBCredentials Credentials { get; init; }

        /// <summary>From one reading to the next.</summary>
        public TimeSpan Every { get; init; }

        public bool Json { get; init; }

        /// <summary>How long, or null until Ctrl-C.</summary>
        public TimeSpan? For { get; init; }
    }
}
