namespace NanoComm.Keys
{
    /// <summary>A path on which terminals ask.</summary>
    public enum OrderPath
    {
        /// <summary>Wi-SUN: a terminal's address is its IPv6 link-local one.</summary>
        WiSun = 1,

        /// <summary>Wi-Fi or Ethernet.</summary>
        Ip = 2,
    }
}
