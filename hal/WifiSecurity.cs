namespace NanoComm.Hal
{
    /// <summary>How a Wi-Fi network authenticates and encrypts (IEEE 802.11). The numbers are those of the order
    /// (docs/orders.md), of which 0 to 2 (open, WEP, WPA with TKIP) are never used: only what encrypts with AES is
    /// (requirement R19).</summary>
    public enum WifiSecurity
    {
        /// <summary>Not at all: never used.</summary>
        Open = 0,

        /// <summary>WPA2 with a pre-shared key, CCMP.</summary>
        Wpa2 = 3,

        /// <summary>WPA3, SAE.</summary>
        Wpa3 = 4,

        /// <summary>WPA2 or WPA3, whichever the other side has.</summary>
        Wpa2Wpa3 = 5,
    }
}
