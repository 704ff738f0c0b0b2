using System;

namespace NanoComm.Simulators
{
    /// <summary>What a metering unit shows at one instant.</summary>
    /// <param name="Clock">The metering clock.</param>
    /// <param name="Normal">Register of the normal direction, 0…99,999,999.</param>
    /// <param name="Reverse">Register of the reverse direction, 0…99,999,999.</param>
    /// <param name="Power">Net power, W, negative while energy flows in the reverse direction.</param>
    /// <param name="CurrentR">Current of the R phase, 0.1 A, with the sign of the power.</param>
    /// <param name="CurrentT">Current of the T phase, 0.1 A, with the sign of the power.</param>
    public readonly record struct MeterValues(DateTime Clock, uint Normal, uint Reverse, int Power, short CurrentR,
        short CurrentT);
}
