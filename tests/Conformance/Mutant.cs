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

        /// <summary>What reaches the unit of a request; null for nothing. It may answer by itself.</summary>
        public Func<MutantPath, byte[], PathEnd, byte[]> Request { get; init; } = (_, frame, _) => frame;

        /// <summary>What is heard of the unit; null for nothing.</summary>
        public Func<MutantPath, HeardFrame, HeardFrame> Heard { get; init; } = (_, heard) => heard;

        /// <summary>Minutes to watch.</summary>
        public int Minutes { get; init; }

        /// <summary>What the metering clock shows at the start; null for a unit that others used before.</summary>
        public DateTime? Start { get; init; }

        public override string ToString()
        {
            return $"{Row}: {Name}";
        }
    }
}
