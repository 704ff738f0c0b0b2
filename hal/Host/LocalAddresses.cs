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
            if (!any.Equals(IPAddress.Any) && !any.Equals(IPAddress.IPv6Any))
            {
                addresses.Add(any);
                return addresses;
            }

            foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (network.OperationalStatus == OperationalStatus.Down)
                {
                    continue;
                }

                foreach (UnicastIPAddressInformation unicast in network.GetIPProperties().UnicastAddresses)
                {
                    IPAddress address = unicast.Address;
                    if (address.AddressFamily == any.AddressFamily && !addresses.Contains(address) && CanBind(address))
                    {
                        addresses.Add(address);
                    }
                }
            }

            return addresses;
        }

        /// <summary>Whether an address is one of this PC's now. 127.0.0.2 is, on Linux, although no interface lists
        /// it.</summary>
        internal static bool CanBind(IPAddress address)
        {
            try
            {
                using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(new IPEndPoint(address, 0));
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
