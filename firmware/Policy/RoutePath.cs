namespace NanoComm.Policy
{
    /// <summary>A path of the B route. The numbers are those of orders (docs/orders.md).</summary>
    public enum RoutePath
    {
        /// <summary>Wi-SUN; terminals are named by their IPv6 link-local address.</summary>
        WiSun = 1,

        /// <summary>Wi-Fi or Ethernet; terminals are named by their IP address.</summary>
        Ip = 2,
    }
}
