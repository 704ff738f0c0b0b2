namespace NanoComm.Virtual.Events
{
    /// <summary>Where the Wi-SUN path is.</summary>
    /// <param name="Module">Where the unit's module is.</param>
    /// <param name="Dongle">Where the HEMS dongle is offered; null without one.</param>
    /// <param name="Credentials">With which credentials it runs, in words.</param>
    internal sealed record WiSunPlace(string Module, string Dongle, string Credentials);
}
