using System;

namespace NanoComm.Tool
{
    /// <summary>One reading of the meter; null stands for "no data".</summary>
    /// <param name="At">The PC's time.</param>
    /// <param name="Power">W, negative to the grid.</param>
    /// <param name="CurrentR">A.</param>
    /// <param name="CurrentT">A.</param>
    /// <param name="Normal">Register of the normal direction, kWh.</param>
    /// <param name="Reverse">Register of the reverse direction, kWh.</param>
    /// <param name="Minute">The meter's time of the last full minute.</param>
    internal sealed record HemsReading(DateTime At, int? Power, decimal? CurrentR, decimal? CurrentT, decimal? Normal,
        decimal? Reverse, DateTime? Minute);
}
