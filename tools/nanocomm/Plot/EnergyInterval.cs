using System;

namespace NanoComm.Tool
{
    /// <summary>What flowed between two values of a register.</summary>
    /// <param name="Begin">When it began.</param>
    /// <param name="Length">For how long.</param>
    /// <param name="Direction">Which way.</param>
    /// <param name="Energy">How much, in the quantity's unit; null where a value is missing, and where the register was changed.</param>
    internal sealed record EnergyInterval(DateTimeOffset Begin, TimeSpan Length, MeterDirection Direction, decimal? Energy);
}
