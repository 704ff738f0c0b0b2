using System;

namespace NanoComm.MeterConformance
{
    /// <summary>How a meter is looked at.</summary>
    public sealed class ConformanceOptions
    {
        /// <summary>The class to look at, e.g. 0288; 0 for every meter that the node has.</summary>
        public int Class { get; init; }

        /// <summary>Groups or ids of rows; none for all of them.</summary>
        public string[] Only { get; init; } = [];

        /// <summary>Minutes to watch the meter for; 0 to leave out what needs that.</summary>
        public int Minutes { get; init; }

        /// <summary>How many minutes of the meter's clock are in one of the path's: 1 of a meter.</summary>
        public int Speed { get; init; } = 1;

        /// <summary>The TID before the first.</summary>
        public ushort FirstTid { get; init; } = (ushort)Random.Shared.Next(0x10000);
    }
}
