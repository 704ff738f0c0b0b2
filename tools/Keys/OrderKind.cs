namespace NanoComm.Keys
{
    /// <summary>What an order tells a communication unit (docs/orders.md). 1 and 2 are tickets.</summary>
    public enum OrderKind
    {
        /// <summary>Open the B route under these credentials.</summary>
        OpenRouteB = 0x10,

        /// <summary>Close the B route, and erase its credentials.</summary>
        CloseRouteB = 0x11,

        /// <summary>Switch Wi-Fi on, in this network.</summary>
        WifiOn = 0x12,

        /// <summary>Switch Wi-Fi off, and forget the network.</summary>
        WifiOff = 0x13,

        /// <summary>Take that many terminals, and requests of them, on a path.</summary>
        Limits = 0x14,

        /// <summary>Cut a terminal off.</summary>
        CutOff = 0x15,

        /// <summary>Let a terminal in again, or everybody.</summary>
        Readmit = 0x16,

        /// <summary>Let in these terminals only.</summary>
        AdmitOnly = 0x17,

        /// <summary>Change nothing, and tell how it is.</summary>
        Report = 0x18,
    }
}
