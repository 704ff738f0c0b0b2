using System;
using NanoComm.MeterConformance;

namespace NanoComm.Tests.Conformance
{
    /// <summary>A meter that breaks one rule: what lies between a good one and its controllers.</summary>
    /// <param name="Row">The row that has to find it.</param>
    /// <param name="Name">What it does wrong.</param>
    internal sealed record Mutant(string Row, string Name)
    {
        /// <summary>Which unit is spoilt.</summary>
        public bool IsHighVoltage { get; init; }

        /// <summary>What reaches the unit of a request, whether to the group or not; null for nothing. It may answer by itself.</summary>
        public Func<MutantPath, byte[], PathEnd, bool, byte[]> Request { get; init; } = (_, frame, _, _) => frame;

        /// <summary>What is heard of the unit; null for nothing.</summary>
        public Func<MutantPath, HeardFrame, HeardFrame> Heard { get; init; } = (_, heard) => heard;

        /// <summary>Rows that show it, beside the one that has to find it.</summary>
        public string[] Also { get; init; } = [];

        /// <summary>Minutes to watch.</summary>
        public int Minutes { get; init; }

        /// <summary>Whether a unit of its own is started with it, minutes before midnight.</summary>
        public bool IsWatched => Minutes > 0;

        public override string ToString()
        {
            return $"{Row}: {Name}";
        }
    }
}
