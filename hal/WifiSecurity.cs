namespace NanoComm.Hal
{
    /// <summary>How a Wi-Fi network authenticates and encrypts (IEEE 802.11). The numbers are those of the order
    /// (docs/orders.md). Only what encrypts with AES is used (requirement R19).</summary>
    public enum WifiSecurity
    {
        /// <summary>Not at all: never used.</summary>
        Open = 0,

        /// <summary>WEP, which is broken: never used.</summary>
        Wep = 1,

        /// <summary>WPA with TKIP, which is deprecated: never used.</summary>
        WpaTkip = 2,

        /// <summary>WPA2 with a pre-shared key, CCMP.</summary>
        Wpa2 = 3,

        /// <summary>WPA3, SAE.</summary>
        Wpa3 = 4,

        /// <summary>WPA2 or WPA3, whichever the other side has.</summary>
        Wpa2Wpa3 = 5,
    }
}
