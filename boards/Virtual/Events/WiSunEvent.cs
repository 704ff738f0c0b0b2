namespace NanoComm.Virtual.Events
{
    /// <summary>State, channel, PAN or terminal of the Wi-SUN path is another one.</summary>
    /// <param name="WiSun">The path now; null without a module.</param>
    internal sealed record WiSunEvent(WiSunData WiSun) : JsonEvent("wiSun");
}
