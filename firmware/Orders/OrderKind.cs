namespace NanoComm.Orders
{
    /// <summary>What an order is for. The numbers are those in the order; 1 and 2 are tickets.</summary>
    internal enum OrderKind
    {
        /// <summary>Opens the B route.</summary>
        OpenRouteB = 0x10,

        /// <summary>Closes it.</summary>
        CloseRouteB = 0x11,

        /// <summary>Switches Wi-Fi on.</summary>
        WifiOn = 0x12,

        /// <summary>Switches it off, and forgets the network.</summary>
        WifiOff = 0x13,

        /// <summary>Limits paths.</summary>
        Limits = 0x14,

        /// <summary>Cuts a terminal off.</summary>
        CutOff = 0x15,

        /// <summary>Admits again who was cut off.</summary>
        Readmit = 0x16,

        /// <summary>Admits only those who are listed.</summary>
        AdmitOnly = 0x17,

        /// <summary>Changes nothing, and is answered with the unit's state.</summary>
        Report = 0x18,
    }
}
