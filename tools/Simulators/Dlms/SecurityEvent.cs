using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>An entry of the security event log.</summary>
    /// <param name="Time">Metering clock when it happened first.</param>
    /// <param name="Code">What happened.</param>
    /// <param name="Count">How often that day.</param>
    public readonly record struct SecurityEvent(DateTime Time, SecurityEventCode Code, uint Count);
}
