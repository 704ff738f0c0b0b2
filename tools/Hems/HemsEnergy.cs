using System;

namespace NanoComm.Hems
{
    /// <summary>Both registers at a time of the meter's clock; at high voltage of demand or reactive energy as well.</summary>
    /// <param name="Time">When.</param>
    /// <param name="Normal">The register of the normal direction, or null for "no data".</param>
    /// <param name="Reverse">The register of the reverse direction, or null for "no data".</param>
    public sealed record HemsEnergy(DateTime Time, uint? Normal, uint? Reverse)
    {
        /// <summary>When the controller had it, ms of its clock.</summary>
        public long ReadAt { get; init; }

        /// <summary>Whether it came from a history, because it had been missed.</summary>
        public bool IsFetchedAgain { get; init; }

        /// <summary>Whether the meter has no data of this time.</summary>
        public bool IsEmpty => Normal == null && Reverse == null;
    }
}
