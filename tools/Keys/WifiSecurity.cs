namespace NanoComm.Keys
{
    /// <summary>How a Wi-Fi network is protected. 0 to 2 are open networks, WEP and TKIP, which no order allows (requirement
    /// R19).</summary>
    public enum WifiSecurity
    {
        /// <summary>WPA2-PSK with CCMP.</summary>
        Wpa2 = 3,

        /// <summary>WPA3, SAE.</summary>
        Wpa3 = 4,

        /// <summary>Either.</summary>
        Wpa2Wpa3 = 5,
    }
}
