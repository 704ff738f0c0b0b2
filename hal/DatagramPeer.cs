namespace NanoComm.Hal
{
    /// <summary>The other end of a datagram: filled again and again, so that receiving allocates nothing.</summary>
    public sealed class DatagramPeer
    {
        /// <summary>Longest address in bytes (IPv6).</summary>
        public const int MaxAddressLength = 16;

        /// <summary>The address in network order; the first <see cref="AddressLength"/> bytes count.</summary>
        public readonly byte[] Address = new byte[MaxAddressLength];

        /// <summary>4 for IPv4, 16 for IPv6, 0 while empty.</summary>
        public int AddressLength;

        /// <summary>IPv6 scope id (interface index) of a link-local address, else 0.</summary>
        public long ScopeId;

        /// <summary>UDP port, 0…65535.</summary>
        public int Port;

        /// <summary>Takes over another peer's address, scope and port.</summary>
        public void CopyFrom(DatagramPeer other)
        {
            for (int i = 0; i < MaxAddressLength; i++)
            {
                Address[i] = other.Address[i];
            }

            AddressLength = other.AddressLength;
            ScopeId = other.ScopeId;
            Port = other.Port;
        }

        /// <summary>Whether both are the same host: address and scope, whatever the port.</summary>
        public bool IsSameHost(DatagramPeer other)
        {
            if (AddressLength != other.AddressLength || ScopeId != other.ScopeId)
            {
                return false;
            }

            for (int i = 0; i < AddressLength; i++)
            {
                if (Address[i] != other.Address[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
