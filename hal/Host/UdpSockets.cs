using System;
using System.Net;
using System.Net.Sockets;

namespace NanoComm.Hal.Host
{
    // How the sockets of a UdpPort are made, and where the operating systems differ.
    internal static class UdpSockets
    {
        private static readonly IPAddress GroupIPv4 = IPAddress.Parse("224.0.23.0");
        private static readonly IPAddress GroupIPv6 = IPAddress.Parse("ff02::1");

        private const int ReceiveBufferLength = 1 << 20;
        private const int SendTimeoutMilliseconds = 100;

        // Linux, from its headers: .NET's ReuseAddress sets SO_REUSEPORT as well, which spreads datagrams over the
        // sharers; and a socket bound to a group otherwise hears it on every interface that anybody joined.
        private const int LinuxSocketLevel = 1;
        private const int LinuxReuseAddress = 2;
        private const int LinuxIPLevel = 0;
        private const int LinuxMulticastAll = 49;
        private const int LinuxIPv6Level = 41;
        private const int LinuxIPv6MulticastAll = 29;

        // Windows: SIO_UDP_CONNRESET.
        private const int WindowsConnectionReset = -1744830452;

        // Windows delivers multicast to the socket of the address itself and binds none to a group.
        public static bool NeedsGroupSocket => !OperatingSystem.IsWindows();

        // The group of an address, with its interface where it is IPv6.
        public static IPAddress GroupOf(IPAddress local, out int scope)
        {
            scope = 0;
            if (local.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return GroupIPv4;
            }

            scope = local.ScopeId != 0 ? (int)local.ScopeId : LocalAddresses.FindInterface(local);
            return new IPAddress(GroupIPv6.GetAddressBytes(), scope);
        }

        public static Socket OpenUnicast(IPEndPoint local, bool share)
        {
            Socket socket = Create(local.AddressFamily);
            try
            {
                if (share)
                {
                    Share(socket);
                }
                else if (OperatingSystem.IsWindows())
                {
                    socket.ExclusiveAddressUse = true;
                }

                socket.SendTimeout = SendTimeoutMilliseconds;
                socket.Bind(local);
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
                throw;
            }
        }

        // Always shared: several units and controllers of one PC listen to the group.
        public static Socket OpenGroup(IPAddress group, int port)
        {
            Socket socket = Create(group.AddressFamily);
            try
            {
                Share(socket);
                if (OperatingSystem.IsLinux())
                {
                    bool isIPv6 = group.AddressFamily == AddressFamily.InterNetworkV6;
                    SetRaw(socket, isIPv6 ? LinuxIPv6Level : LinuxIPLevel,
                        isIPv6 ? LinuxIPv6MulticastAll : LinuxMulticastAll, 0);
                }

                socket.Bind(new IPEndPoint(group, port));
                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
                throw;
            }
        }

        // Makes multicasts leave through the interface that holds the address, and be heard on this PC too.
        public static void SendGroupFrom(Socket socket, IPAddress local, int scope)
        {
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, scope);
                socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastLoopback, 1);
            }
            else
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface,
                    local.GetAddressBytes());
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastLoopback, 1);
            }
        }

        public static void Join(Socket socket, IPAddress group, IPAddress local, int scope)
        {
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership,
                    new IPv6MulticastOption(group, scope));
            }
            else
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership,
                    new MulticastOption(group, local));
            }
        }

        private static Socket Create(AddressFamily family)
        {
            var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp)
            {
                ReceiveBufferSize = ReceiveBufferLength,
            };
            if (OperatingSystem.IsWindows())
            {
                socket.IOControl(WindowsConnectionReset, new byte[sizeof(int)], null);
            }

            return socket;
        }

        private static void Share(Socket socket)
        {
            if (OperatingSystem.IsLinux())
            {
                SetRaw(socket, LinuxSocketLevel, LinuxReuseAddress, 1);
            }
            else
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }
        }

        private static void SetRaw(Socket socket, int level, int name, int value)
        {
            socket.SetRawSocketOption(level, name, BitConverter.GetBytes(value));
        }
    }
}
