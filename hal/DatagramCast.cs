namespace NanoComm.Hal
{
    /// <summary>How a datagram was addressed.</summary>
    public enum DatagramCast
    {
        /// <summary>The platform does not tell.</summary>
        Unknown = 0,

        /// <summary>To this port's own address.</summary>
        Unicast = 1,

        /// <summary>To the group.</summary>
        Multicast = 2,
    }
}
