using System.Collections.Generic;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace NanoComm.Hal.Host
{
    /// <summary>The unicast addresses of this PC.</summary>
    public static class LocalAddresses
    {
        /// <summary>
        /// The addresses that "any" stands for: one port for each, and every answer leaves from the address that was
        /// asked.
        /// </summary>
        /// <param name="any">0.0.0.0 or ::, which stand for every address of their family; another stands for
        /// itself.</param>
        /// <returns>Without duplicates and without what cannot be bound now; IPv6 link-local ones with their
        /// scope.</returns>
        public static IReadOnlyList<IPAddress> Expand(IPAddress any)
        {
            var addresses = new List<IPAddress>();
            if (!IsAny(any))
            {
                addresses.Add(any);
                return addresses;
            }

            foreach (LocalAddress local in Find())
            {
                if (local.Address.AddressFamily == any.AddressFamily && CanBind(local.Address))
                {
                    addresses.Add(local.Address);
                }
            }

            return addresses;
        }

        /// <summary>Whether an address stands for every address of its family.</summary>
        public static bool IsAny(IPAddress address)
        {
            return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
        }

        /// <summary>The addresses that interfaces list now, without duplicates; one that is still being tried out (IPv6)
        /// cannot be bound yet.</summary>
        public static IReadOnlyList<LocalAddress> Find()
        {
            var found = new List<LocalAddress>();
            foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (network.OperationalStatus == OperationalStatus.Down)
                {
                    continue;
                }

                IPInterfaceProperties properties = network.GetIPProperties();
                foreach (UnicastIPAddressInformation unicast in properties.UnicastAddresses)
                {
                    IPAddress address = unicast.Address;
                    if (!found.Exists(known => known.Address.Equals(address)))
                    {
                        int index = address.AddressFamily == AddressFamily.InterNetworkV6 ? properties.GetIPv6Properties().Index
                            : properties.GetIPv4Properties().Index;
                        found.Add(new LocalAddress(address, index));
                    }
                }
            }

            return found;
        }

        /// <summary>Whether an address is one of this PC's now. 127.0.0.2 is, on Linux, although no interface lists
        /// it.</summary>
        /// <param name="address">The address, with scope where it is IPv6 and link-local.</param>
        /// <param name="port">A UDP port that nobody else is to have there; 0 for any.</param>
        public static bool CanBind(IPAddress address, int port = 0)
        {
            try
            {
                using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(new IPEndPoint(address, port));
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }

        /// <summary>The interface that holds an IPv6 address, as its index; 0 when none does.</summary>
        internal static int FindInterface(IPAddress address)
        {
            if (IPAddress.IsLoopback(address))
            {
                return NetworkInterface.IPv6LoopbackInterfaceIndex;
            }

            foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (!network.Supports(NetworkInterfaceComponent.IPv6))
                {
                    continue;
                }

                IPInterfaceProperties properties = network.GetIPProperties();
                foreach (UnicastIPAddressInformation unicast in properties.UnicastAddresses)
                {
                    if (unicast.Address.Equals(address))
                    {
                        return properties.GetIPv6Properties().Index;
                    }
                }
            }

            return 0;
        }
    }
}
