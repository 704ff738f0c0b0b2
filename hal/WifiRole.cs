namespace NanoComm.Hal
{
    /// <summary>What the Wi-Fi radio is in its network. The numbers are those of the order (docs/orders.md).</summary>
    public enum WifiRole
    {
        /// <summary>A station at the customer's access point.</summary>
        Station = 0,

        /// <summary>The access point itself.</summary>
        AccessPoint = 1,
    }
}
