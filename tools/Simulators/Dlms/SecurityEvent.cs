namespace NanoComm.Simulators.Dlms
{
    /// <summary>An entry of the security event log.</summary>
    /// <param name="Time">Metering clock when it happened first, seconds since 2000-01-01.</param>
    /// <param name="Code">What happened.</param>
    /// <param name="Count">How often that day.</param>
    public readonly record struct SecurityEvent(long Time, SecurityEventCode Code, uint Count);
}
