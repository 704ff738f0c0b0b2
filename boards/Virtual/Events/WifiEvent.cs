namespace NanoComm.Virtual.Events
{
    /// <summary>State, address or signal of Wi-Fi is another one.</summary>
    /// <param name="Wifi">Wi-Fi now.</param>
    internal sealed record WifiEvent(WifiData Wifi) : JsonEvent("wifi");
}
