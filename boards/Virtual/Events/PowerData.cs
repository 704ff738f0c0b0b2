using System.Collections.Generic;

namespace NanoComm.Virtual.Events
{
    /// <summary>Supply and loads; mVA and ms.</summary>
    internal sealed record PowerData
    {
        /// <summary>What the board may take.</summary>
        public int Free { get; init; }

        public int Granted { get; init; }

        /// <summary>The most that was granted at once.</summary>
        public int MostGranted { get; init; }

        public bool SupplyLow { get; init; }

        /// <summary>Restarts out of a low supply.</summary>
        public int BrownOuts { get; init; }

        public IEnumerable<LoadData> Loads { get; init; }
    }
}
