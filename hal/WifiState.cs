namespace NanoComm.Hal
{
    /// <summary>Where the Wi-Fi radio stands. The numbers are those of the unit's report.</summary>
    public enum WifiState
    {
        /// <summary>Switched off. The state until the utility activates Wi-Fi for the customer (requirement R24).</summary>
        Off = 0,

        /// <summary>An attempt to be in the network is under way.</summary>
        Joining = 1,

        /// <summary>In the network, with an address.</summary>
        Joined = 2,

        /// <summary>The access point refused the passphrase. No attempt is under way.</summary>
        WrongPassphrase = 3,

        /// <summary>No network of that name in reach that answers, with the protection that it must have; or it was lost.
        /// No attempt is under way.</summary>
        NetworkNotFound = 4,

        /// <summary>In the network, and without an address: DHCP is silent, or another host has the one that it gave.
        /// </summary>
        NoAddress = 5,
    }
}
