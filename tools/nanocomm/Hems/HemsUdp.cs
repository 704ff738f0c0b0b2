using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using NanoComm.CommandLine;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>The way to a meter on the network: datagrams from and to its address, and those that it sends to the ECHONET
    /// Lite group (part II, 1.2: UDP 3610, 224.0.23.0).</summary>
    internal sealed class HemsUdp : IByteLine, IDisposable
    {
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
                IPAddress local = from ?? MeterSockets.AddressTo(meter);
                _socket = new Socket(meter.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                _socket.Bind(new IPEndPoint(local, meter.Port));

                // Where it cannot be had, half-hours are asked for in place of being announced.
                _group = local.AddressFamily == AddressFamily.InterNetwork ? MeterSockets.OpenGroup(local, meter.Port) : null;
            }
            catch (SocketException error)
            {
                _socket?.Dispose();
                throw new IOException(Words.Of($"UDP port {meter.Port} cannot be had for a meter at {meter.Address}: {Words.OfOther(error.Message)}; "
                    + $"another ECHONET Lite program may hold it"), error);
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

        private void Receive(Socket socket)
        {
            MeterSockets.Listen(socket, _meter.Address, (datagram, _) => Received?.Invoke(datagram));
        }
    }
}
