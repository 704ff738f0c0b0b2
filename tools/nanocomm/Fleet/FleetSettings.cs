using System.Net;
using NanoComm.Fleet;

namespace NanoComm.Tool
{
    /// <summary>What the user asked of a fleet, beside what it is.</summary>
    internal sealed class FleetSettings
    {
        public FleetOptions Options { get; init; }

        public bool IsJson { get; init; }

        public IPEndPoint Web { get; init; }

        public double? For { get; init; }
    }
}
