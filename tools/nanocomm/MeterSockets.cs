using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Tool
{
    /// <summary>Sockets of a controller on the network of a meter (ECHONET Lite specification, part II, 1.2).</summary>
    internal static class MeterSockets
    {
        private const int LongestDatagram = 65_536;

        private static readonly IPAddress GroupIPv4 = IPAddress.Parse("224.0.23.0");
        private static readonly IPAddress GroupIPv6 = IPAddress.Parse("ff02::1");

        /// <summary>The address of this PC from which a meter is reached.</summary>
        /// <exception cref="SocketException">There is no way to it.</exception>
        public static IPAddress AddressTo(IPEndPoint meter)
        {
            using var probe = new Socket(meter.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(meter);
            return ((IPEndPoint)probe.LocalEndPoint).Address;
        }

        /// <summary>The group of ECHONET Lite nodes.</summary>
        /// <param name="local">An address of this PC on their network.</param>
        public static IPAddress GroupOf(IPAddress local)
        {
            return local.AddressFamily == AddressFamily.InterNetwork ? GroupIPv4 : new IPAddress(GroupIPv6.GetAddressBytes(), local.ScopeId);
        }

        /// <summary>Opens a socket that hears the group. Bound to the group's address it gets nothing else, and is in nobody's
        /// way.</summary>
        /// <param name="local">An address of this PC on the nodes' network.</param>
        /// <param name="port">Their port.</param>
        /// <param name="sender">What is to send to the group on that network; null for nothing.</param>
        /// <returns>Null where that cannot be had.</returns>
        public static Socket OpenGroup(IPAddress local, int port, Socket sender = null)
        {
            IPAddress group = GroupOf(local);
            var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                socket.Bind(new IPEndPoint(group, port));
                if (local.AddressFamily == AddressFamily.InterNetwork)
                {
                    socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, local));
                    sender?.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, local.GetAddressBytes());
                }

                return socket;
            }
            catch (SocketException)
            {
                socket.Dispose();
                return null;
            }
        }

        /// <summary>Takes what a meter sends, on a thread of its own, until the socket is closed.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="meter">The meter; what others send is dropped.</param>
        /// <param name="take">Gets each datagram, which is valid until it returns, and the port that it came from.</param>
        public static void Listen(Socket socket, IPAddress meter, Action<ReadOnlyMemory<byte>, int> take)
        {
            new Thread(() =>
            {
                var buffer = new byte[LongestDatagram];
                while (TryReceive(socket, buffer, out int length, out IPEndPoint from))
                {
                    if (from.Address.Equals(meter))
                    {
                        take(buffer.AsMemory(0, length), from.Port);
                    }
                }
            }) { IsBackground = true, Name = "datagrams" }.Start();
        }

        // A refusal by an ICMP message is no reason to stop; the end of the socket is.
        private static bool TryReceive(Socket socket, byte[] buffer, out int length, out IPEndPoint from)
        {
            EndPoint any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
            while (true)
            {
                try
                {
                    length = socket.ReceiveFrom(buffer, ref any);
                    from = (IPEndPoint)any;
                    return true;
                }
                catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionRefused
                    or SocketError.ConnectionReset or SocketError.MessageSize)
                {
                }
                catch (Exception error) when (error is SocketException or ObjectDisposedException)
                {
                    (length, from) = (0, null);
                    return false;
                }
            }
        }
    }
}
