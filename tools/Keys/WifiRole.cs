namespace NanoComm.Keys
{
    /// <summary>What a unit is in a Wi-Fi network.</summary>
    public enum WifiRole
    {
        /// <summary>It joins the customer's network.</summary>
        Station = 0,

        /// <summary>Terminals join its own.</summary>
        AccessPoint = 1,
    }
}
