using System;

namespace NanoComm.Simulators
{
    /// <summary>A row of a profile: what its label says, and when it was recorded.</summary>
    /// <param name="Label">What the metering clock showed, a multiple of the profile's interval.</param>
    /// <param name="Recorded">Civil time of the simulation, as <see cref="SimulatedMeteringUnit.Instant"/>.</param>
    public readonly record struct IntervalRow(DateTime Label, DateTime Recorded);
}
