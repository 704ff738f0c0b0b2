using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>The way to a meter on the network: datagrams from and to its address, and those that it sends to the ECHONET
    /// Lite group (part II, 1.2: UDP 3610, 224.0.23.0).</summary>
    internal sealed class HemsUdp : IByteLine, IDisposable
    {
        private const int LongestDatagram = 65536;

        private static readonly IPAddress Group = IPAddress.Parse("224.0.23.0");

        private readonly IPEndPoint _meter;
        private readonly Socket _socket;
        private readonly Socket _group;

        /// <summary>Takes the port on the address from which the meter is reached.</summary>
        /// <param name="meter">The meter.</param>
        /// <param name="from">The address of this PC to ask from; null for the one from which the meter is reached.</param>
        /// <exception cref="IOException">It is taken, or there is no way to the meter.</exception>
        public HemsUdp(IPEndPoint meter, IPAddress from = null)
        {
            _meter = meter;
            try
            {
                IPAddress local = from ?? LocalAddress();
                _socket = new Socket(meter.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                _socket.Bind(new IPEndPoint(local, meter.Port));
                _group = JoinGroup(local);
            }
            catch (SocketException error)
            {
                _socket?.Dispose();
                throw new IOException($"UDP port {meter.Port} cannot be had for a meter at {meter.Address}: {error.Message}; "
                    + "another ECHONET Lite program may hold it", error);
            }
        }

        public event Action<ReadOnlyMemory<byte>> Received;

        /// <summary>Begins to receive.</summary>
        public void Start()
        {
            Receive(_socket);
            if (_group != null)
            {
                Receive(_group);
            }
        }

        public void Send(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                _socket.SendTo(bytes.Span, _meter);
            }
            catch (SocketException)
            {
                // As if it was lost on the way: it is sent again, and at last told.
            }
        }

        public void Dispose()
        {
            _socket.Dispose();
            _group?.Dispose();
        }

        private IPAddress LocalAddress()
        {
            using var probe = new Socket(_meter.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(_meter);
            return ((IPEndPoint)probe.LocalEndPoint).Address;
        }

        // Bound to the group's address it gets nothing else, and is in nobody's way. Where that cannot be had, half-hours are
        // asked for in place of being announced.
        private Socket JoinGroup(IPAddress local)
        {
            if (local.AddressFamily != AddressFamily.InterNetwork)
            {
                return null;
            }

            var group = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                group.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                group.Bind(new IPEndPoint(Group, _meter.Port));
                group.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Group, local));
                return group;
            }
            catch (SocketException)
            {
                group.Dispose();
                return null;
            }
        }

        private void Receive(Socket socket)
        {
            var thread = new Thread(() =>
            {
                var buffer = new byte[LongestDatagram];
                while (TryReceive(socket, buffer, out int length, out EndPoint from))
                {
                    if (((IPEndPoint)from).Address.Equals(_meter.Address))
                    {
                        Received?.Invoke(buffer.AsMemory(0, length));
                    }
                }
            }) { IsBackground = true, Name = "datagrams" };
            thread.Start();
        }

        // A refusal by an ICMP message is no reason to stop; the end of the socket is.
        private static bool TryReceive(Socket socket, byte[] buffer, out int length, out EndPoint from)
        {
            length = 0;
            from = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
            while (true)
            {
                try
                {
                    length = socket.ReceiveFrom(buffer, ref from);
                    return true;
                }
                catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionRefused
                    or SocketError.ConnectionReset or SocketError.MessageSize)
                {
                }
                catch (Exception error) when (error is SocketException or ObjectDisposedException)
                {
                    return false;
                }
            }
        }
    }
}
