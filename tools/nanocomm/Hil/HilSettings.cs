using System.Collections.Generic;
using NanoComm.Hil;

namespace NanoComm.Tool
{
    /// <summary>What the user asked of the bench.</summary>
    internal sealed record HilSettings
    {
        public required string Board { get; init; }

        public required string VirtualBoard { get; init; }

        public required string Report { get; init; }

        public required IReadOnlyList<Scenario> Scenarios { get; init; }

        public required int AtOnce { get; init; }

        public required double Hours { get; init; }
    }
}
