using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Tests.Host.Data
{
    /// <summary>A meter on the loopback interface.</summary>
    internal sealed class FakeMeterSocket : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly FakeMeter _meter;

        /// <summary>Begins to answer.</summary>
        /// <param name="meter">What answers.</param>
        /// <param name="port">The port, at both ends; each class of tests has its own.</param>
        public FakeMeterSocket(FakeMeter meter, int port)
        {
            _meter = meter;
            Address = new IPEndPoint(IPAddress.Parse("127.0.7.31"), port);
            _socket.Bind(Address);
            new Thread(Serve) { IsBackground = true }.Start();
        }

        /// <summary>Where it is.</summary>
        public IPEndPoint Address { get; }

        public void Dispose()
        {
            _socket.Dispose();
        }

        private void Serve()
        {
            var buffer = new byte[2000];
            try
            {
                while (true)
                {
                    EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                    int length = _socket.ReceiveFrom(buffer, ref from);
                    if (_meter.Answer(buffer.AsSpan(0, length)) is byte[] answer)
                    {
                        _socket.SendTo(answer, from);
                    }
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // The end of the test.
            }
        }
    }
}
