using System;

namespace NanoComm.Hems
{
    /// <summary>What a reading of a high-voltage meter has beside that of a low-voltage one.</summary>
    /// <param name="Time">The meter's time of the registers (E2), or null.</param>
    /// <param name="HasReverse">Whether the class tells the reverse direction, minutes, power and currents: 0x028F does, 0x028A
    /// does not.</param>
    /// <param name="MaximumDemand">Maximum demand of the month (C1), kW.</param>
    /// <param name="ReactiveLag">Register of reactive energy, lag (D5, CA), kvarh.</param>
    public sealed record HemsHighReading(DateTime? Time, bool HasReverse, HemsPair MaximumDemand, HemsPair ReactiveLag);
}
