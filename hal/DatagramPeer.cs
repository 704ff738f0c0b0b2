using System;

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

        /// <summary>How the datagram that it sent was addressed.</summary>
        public DatagramCast Cast;

        /// <summary>Takes over another peer's address, scope and port, and how it sent.</summary>
        public void CopyFrom(DatagramPeer other)
        {
            Array.Copy(other.Address, Address, MaxAddressLength);
            AddressLength = other.AddressLength;
            ScopeId = other.ScopeId;
            Port = other.Port;
            Cast = other.Cast;
        }

        /// <summary>Whether both are the same host: address and scope, whatever the port.</summary>
        public bool IsSameHost(DatagramPeer other)
        {
            int length = AddressLength;
            if (length != other.AddressLength || ScopeId != other.ScopeId)
            {
                return false;
            }

            // By words: on the device a loop over the bytes costs twice as much.
            byte[] a = Address;
            byte[] b = other.Address;
            return length < MaxAddressLength ? BitConverter.ToInt32(a, 0) == BitConverter.ToInt32(b, 0)
                : BitConverter.ToInt64(a, 0) == BitConverter.ToInt64(b, 0)
                    && BitConverter.ToInt64(a, 8) == BitConverter.ToInt64(b, 8);
        }
    }
}
