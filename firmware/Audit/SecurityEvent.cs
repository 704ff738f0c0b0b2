namespace NanoComm.Audit
{
    /// <summary>What matters to the security of the unit. The numbers are those of the durable log.</summary>
    public enum SecurityEvent
    {
        /// <summary>The unit started.</summary>
        Start = 1,

        /// <summary>A ticket was taken.</summary>
        TicketLoaded = 2,

        /// <summary>A ticket was refused by this unit.</summary>
        TicketRefused = 3,

        /// <summary>A pairing became active.</summary>
        Paired = 4,

        /// <summary>The metering unit refused a pairing.</summary>
        PairingRefused = 5,

        /// <summary>An answer of the metering unit was not authentic.</summary>
        NotAuthentic = 6,

        /// <summary>Another metering unit was at the line.</summary>
        WrongUnit = 7,

        /// <summary>The pairing ended: another unit took the place, or an order said so.</summary>
        Retired = 8,

        /// <summary>Keys and data were erased.</summary>
        Erased = 9,

        /// <summary>A bench gave an order.</summary>
        BenchOrder = 10,

        /// <summary>The metering unit was of another class, low or high voltage, than the unit serves.</summary>
        OtherClass = 11,

        /// <summary>An order of the utility was carried out.</summary>
        OrderDone = 12,

        /// <summary>An order of the utility was refused, or could not be carried out.</summary>
        OrderRefused = 13,

        /// <summary>An order did not open: damaged, or not made for this unit.</summary>
        OrderUnreadable = 14,

        /// <summary>A terminal joined the route-B network.</summary>
        TerminalJoined = 20,

        /// <summary>A terminal left it.</summary>
        TerminalLeft = 21,

        /// <summary>A terminal was refused.</summary>
        JoinRefused = 22,

        /// <summary>A datagram came from outside of a session.</summary>
        DatagramOutsideSession = 23,

        /// <summary>The Wi-SUN module was restarted.</summary>
        ModuleRestarted = 24,

        /// <summary>The limit of transmission time was reached.</summary>
        TransmitLimit = 25,

        /// <summary>A terminal that is cut off, or not admitted, has asked or joined.</summary>
        TerminalCutOff = 26,

        /// <summary>The supply became low, and loads are shed.</summary>
        SupplyLow = 30,

        /// <summary>The supply is good again, and all may be on.</summary>
        SupplyGood = 31,

        /// <summary>The unit was restarted out of a low supply.</summary>
        BrownOut = 32,

        /// <summary>A load has to wait for power, or stays off for want of it.</summary>
        PowerRefused = 33,

        /// <summary>Wi-Fi was switched on, by order or on a bench.</summary>
        WifiOn = 40,

        /// <summary>Wi-Fi was switched off.</summary>
        WifiOff = 41,

        /// <summary>The Wi-Fi network was lost, once or many times within a minute.</summary>
        WifiLost = 42,

        /// <summary>The unit was restarted because the metering loop hung.</summary>
        MeteringHung = 50,

        /// <summary>Likewise, the loop of the IP path.</summary>
        IpPathHung = 51,

        /// <summary>Likewise, the loop of the Wi-SUN path.</summary>
        WiSunPathHung = 52,

        /// <summary>Likewise, the loop that writes what others only note.</summary>
        RecordsHung = 53,

        /// <summary>Likewise, the loop of the light.</summary>
        LightHung = 54,
    }
}
