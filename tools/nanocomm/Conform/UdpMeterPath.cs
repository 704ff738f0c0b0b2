using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using NanoComm.MeterConformance;

namespace NanoComm.Tool
{
    /// <summary>The way to a meter on the network, over UDP in the clear (ECHONET Lite specification, part II, 1.2).</summary>
    internal sealed class UdpMeterPath : MeterPath
    {
        private readonly IPEndPoint _meter;
        private readonly IPEndPoint _group;
        private readonly Dictionary<PathEnd, Socket> _sockets = [];
        private readonly Socket _groupSocket;
        private readonly BlockingCollection<HeardFrame> _heard = [];
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

                _groupSocket = MeterSockets.OpenGroup(local, meter.Port, _sockets[PathEnd.Controller]);
                _group = _groupSocket == null ? null : new IPEndPoint(MeterSockets.GroupOf(local), meter.Port);
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

            // Where it cannot be had, the rows about the group are skipped by name.
            if (_groupSocket != null)
            {
                Listen(_groupSocket, PathEnd.Controller, true);
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

                _groupSocket?.Dispose();
            }

            base.Dispose(disposing);
        }

        private IPAddress LocalAddress()
        {
            try
            {
                return MeterSockets.AddressTo(_meter);
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

        private void Listen(Socket socket, PathEnd end, bool isGroup)
        {
            MeterSockets.Listen(socket, _meter.Address,
                (datagram, port) => _heard.Add(new HeardFrame(datagram.ToArray(), end, port, isGroup, Now)));
        }
    }
}
