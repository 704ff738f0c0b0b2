using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.MeterConformance
{
    /// <summary>The way to a meter on the network, over UDP in the clear (ECHONET Lite specification, part II, 1.2).</summary>
    public sealed class UdpMeterPath : MeterPath
    {
        private const int LongestDatagram = 65_536;

        private static readonly IPAddress Group4 = IPAddress.Parse("224.0.23.0");
        private static readonly IPAddress Group6 = IPAddress.Parse("ff02::1");

        private readonly IPEndPoint _meter;
        private readonly IPEndPoint _group;
        private readonly Dictionary<PathEnd, Socket> _sockets = new();
        private readonly List<Socket> _listening = new();
        private readonly BlockingCollection<HeardFrame> _heard = new();
        private readonly Stopwatch _clock = Stopwatch.StartNew();

        /// <summary>Takes the port of ECHONET Lite on the address from which the meter is reached, and begins to listen.</summary>
        /// <param name="meter">The meter; its port is ours too.</param>
        /// <param name="second">Another address of this PC, for a second controller; null for none.</param>
        /// <exception cref="IOException">A port is taken, or there is no way to the meter; the message says which.</exception>
        public UdpMeterPath(IPEndPoint meter, IPAddress second)
        {
            _meter = meter;
            try
            {
                IPAddress local = LocalAddress();
                _sockets[PathEnd.Controller] = Bind(local, meter.Port);
                _sockets[PathEnd.OtherPort] = Bind(local, 0);
                if (second != null)
                {
                    _sockets[PathEnd.OtherController] = Bind(second, meter.Port);
                }

                _group = JoinGroup(local);
            }
            catch (IOException)
            {
                Dispose(true);
                throw;
            }

            foreach ((PathEnd end, Socket socket) in _sockets)
            {
                Listen(socket, end, false);
            }
        }

        /// <inheritdoc/>
        public override int Port => _meter.Port;

        /// <inheritdoc/>
        public override string Name => _meter.ToString();

        /// <inheritdoc/>
        public override long Now => _clock.ElapsedMilliseconds;

        /// <inheritdoc/>
        public override int Pace => 20;

        /// <inheritdoc/>
        public override int ShortestSilence => 700;

        /// <inheritdoc/>
        public override bool IsLinkUp => false;

        /// <inheritdoc/>
        public override bool HasGroup => _group != null;

        /// <inheritdoc/>
        public override bool Has(PathEnd end)
        {
            return _sockets.ContainsKey(end);
        }

        /// <inheritdoc/>
        public override void Send(byte[] frame, PathEnd end, bool toGroup)
        {
            try
            {
                _sockets[end].SendTo(frame, toGroup ? _group : _meter);
            }
            catch (SocketException)
            {
                // As if it was lost on the way: it is sent again, and at last told.
            }
        }

        /// <inheritdoc/>
        public override HeardFrame Receive(long until)
        {
            return _heard.TryTake(out HeardFrame heard, (int)Math.Clamp(until - Now, 0, int.MaxValue)) ? heard : null;
        }

        /// <inheritdoc/>
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                foreach (Socket socket in _sockets.Values)
                {
                    socket.Dispose();
                }

                _listening.ForEach(socket => socket.Dispose());
            }

            base.Dispose(disposing);
        }

        private IPAddress LocalAddress()
        {
            try
            {
                using var probe = new Socket(_meter.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                probe.Connect(_meter);
                return ((IPEndPoint)probe.LocalEndPoint).Address;
            }
            catch (SocketException error)
            {
                throw new IOException($"there is no way to {_meter.Address}: {error.Message}", error);
            }
        }

        private static Socket Bind(IPAddress local, int port)
        {
            var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.Bind(new IPEndPoint(local, port));
                return socket;
            }
            catch (SocketException error)
            {
                socket.Dispose();
                throw new IOException($"UDP port {port} of {local} cannot be had: {error.Message}; the address must be one of this PC, and "
                    + "another ECHONET Lite program may hold the port", error);
            }
        }

        // Bound to the group's address it gets nothing else, and is in nobody's way. Where that cannot be had, the rows about the group
        // are skipped by name.
        private IPEndPoint JoinGroup(IPAddress local)
        {
            bool isIPv4 = local.AddressFamily == AddressFamily.InterNetwork;
            IPAddress group = isIPv4 ? Group4 : new IPAddress(Group6.GetAddressBytes(), local.ScopeId);
            var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                socket.Bind(new IPEndPoint(group, _meter.Port));
                if (isIPv4)
                {
                    socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group, local));
                    _sockets[PathEnd.Controller].SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface,
                        local.GetAddressBytes());
                }

                Listen(socket, PathEnd.Controller, true);
                return new IPEndPoint(group, _meter.Port);
            }
            catch (SocketException)
            {
                socket.Dispose();
                return null;
            }
        }

        private void Listen(Socket socket, PathEnd end, bool isGroup)
        {
            _listening.Add(socket);
            new Thread(() =>
            {
                var buffer = new byte[LongestDatagram];
                while (TryReceive(socket, buffer, out int length, out IPEndPoint from))
                {
                    if (from.Address.Equals(_meter.Address))
                    {
                        _heard.Add(new HeardFrame(buffer[..length], end, from.Port, isGroup, Now));
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
