using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>An address as a person reads it, for the log.</summary>
    internal static class PeerText
    {
        private const int IPv4Length = 4;

        /// <summary>Dotted for IPv4, eight groups for IPv6, without the port.</summary>
        public static string Of(DatagramPeer peer)
        {
            byte[] address = peer.Address;
            string text = "";
            for (int i = 0; i < peer.AddressLength; i++)
            {
                if (peer.AddressLength == IPv4Length)
                {
                    text += (i == 0 ? "" : ".") + address[i].ToString();
                }
                else
                {
                    text += (i == 0 || (i & 1) != 0 ? "" : ":") + address[i].ToString("X2");
                }
            }

            return text;
        }
    }
}
