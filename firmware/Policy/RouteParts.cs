using System;

namespace NanoComm.Policy
{
    /// <summary>What a board has for the B route.</summary>
    [Flags]
    public enum RouteParts
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>A Wi-SUN module.</summary>
        WiSun = 0x01,

        /// <summary>An IP network, Wi-Fi or Ethernet.</summary>
        Ip = 0x02,

        /// <summary>A Wi-Fi radio.</summary>
        Wifi = 0x04,

        /// <summary>One that can be an access point.</summary>
        AccessPoint = 0x08,
    }
}
