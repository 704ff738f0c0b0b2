using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Supervision;

namespace NanoComm.Virtual
{
    /// <summary>How a unit stands: what of it is told anew when it is another one.</summary>
    /// <param name="Pairing">With its metering unit.</param>
    /// <param name="Detail">Why it is so.</param>
    /// <param name="Epoch">Of the pairing.</param>
    /// <param name="Light">What its light shows.</param>
    /// <param name="Metering">What its metering loop is doing.</param>
    /// <param name="Gaps">What the metering unit does not give; empty for nothing.</param>
    /// <param name="HangRestarts">Restarts because a loop hung.</param>
    internal readonly record struct UnitStanding(PairingState Pairing, PairingDetail Detail, uint Epoch, LightPattern Light, MeteringState Metering,
        string Gaps, int HangRestarts);
}
