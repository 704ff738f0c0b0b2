namespace NanoComm.Hal
{
    /// <summary>Where the Wi-Fi radio stands.</summary>
    public enum WifiState
    {
        /// <summary>Switched off. The state until the utility activates Wi-Fi for the customer (requirement R24).</summary>
        Off = 0,

        /// <summary>On, and not joined to the network.</summary>
        Joining = 1,

        /// <summary>Joined, with an address.</summary>
        Joined = 2,

        /// <summary>The access point refused the credentials: look at the deployed network configuration.</summary>
        Refused = 3,
    }
}
