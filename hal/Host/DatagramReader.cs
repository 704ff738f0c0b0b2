using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Hal.Host
{
    // One socket and the thread that empties it into a ring: where a loop cannot wait for sockets itself.
    internal sealed class DatagramReader : IDatagramInbox
    {
        private const int JoinMilliseconds = 1000;

        private readonly Socket _socket;
        private readonly DatagramRing _ring;
        private readonly SocketAddress _ignored;
        private readonly Action _arrived;
        private readonly Action _failed;
        private readonly Thread _thread;
        private volatile bool _isClosing;

        // The socket is this reader's from now on; datagrams from the ignored sender (or null) are dropped. The
        // callbacks run on the reader's thread.
        public DatagramReader(string name, Socket socket, SocketAddress ignored, Action arrived, Action failed)
        {
            _socket = socket;
            _ring = new DatagramRing(socket.AddressFamily);
            _ignored = ignored;
            _arrived = arrived;
            _failed = failed;
            _thread = new Thread(Run) { IsBackground = true, Name = name };
        }

        public int Overflows => _ring.Overflows;

        public void Start()
        {
            _thread.Start();
        }

        public bool TryPeek(out ReadOnlySpan<byte> datagram, out SocketAddress sender, out bool isWhole)
        {
            return _ring.TryPeek(out datagram, out sender, out isWhole);
        }

        public void Release()
        {
            _ring.Release();
        }

        public void Dispose()
        {
            _isClosing = true;
            _socket.Dispose();
            if (_thread != Thread.CurrentThread)
            {
                _thread.Join(JoinMilliseconds);
            }
        }

        private void Run()
        {
            while (!_isClosing)
            {
                try
                {
                    Receive();
                }
                catch (SocketException failure) when (IsAboutOneDatagram(failure.SocketErrorCode))
                {
                    // Windows tells here that an earlier answer found no one, or that a datagram was too long.
                }
                catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
                {
                    break;
                }
            }

            if (!_isClosing)
            {
                _failed();
            }
        }

        private void Receive()
        {
            SocketAddress sender = _ring.NextSender;
            int length = _socket.ReceiveFrom(_ring.NextDatagram, SocketFlags.None, sender);

            // Closing a socket ends a waiting receive with an empty datagram from nobody.
            if (_isClosing || (_ignored != null && PeerAddress.IsSame(sender, _ignored)))
            {
                return;
            }

            _ring.Publish(length);
            _arrived();
        }

        private static bool IsAboutOneDatagram(SocketError error)
        {
            return error is SocketError.ConnectionReset or SocketError.NetworkReset or SocketError.ConnectionRefused
                or SocketError.MessageSize;
        }
    }
}
