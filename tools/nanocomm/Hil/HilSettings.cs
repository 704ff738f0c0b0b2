using System.Collections.Generic;
using NanoComm.Hil;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>What the user asked of the bench.</summary>
    internal sealed record HilSettings
    {
        /// <summary>The board on the bench; null for a virtual one.</summary>
        public required SerialBoardSettings Board { get; init; }

        /// <summary>The virtual board's program, or null.</summary>
        public required string VirtualBoard { get; init; }

        /// <summary>Folder of the report.</summary>
        public required string Report { get; init; }

        public required IReadOnlyList<Scenario> Scenarios { get; init; }

        /// <summary>Virtual boards at once.</summary>
        public required int AtOnce { get; init; }

        /// <summary>Hours of the soak.</summary>
        public required double Hours { get; init; }

        /// <summary>How long the first look waits for each thing, ms.</summary>
        public required int Patience { get; init; }

        /// <summary>Whether everything is tried.</summary>
        public required bool IsLong { get; init; }

        /// <summary>The order that switches the board's Wi-Fi on, or null.</summary>
        public required OrderBody Wifi { get; init; }
    }
}
