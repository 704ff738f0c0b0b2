using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// What the ports of a process hear of their group, received once for all of them. What one of them sends to the group
    /// is not delivered to the others: a crowd would answer itself. Linux only.
    /// </summary>
    public sealed class GroupFeed : IDisposable
    {
        private const int Kept = 64;
        private const int Slots = 16;

        private readonly GroupDatagram[] _kept = new GroupDatagram[Kept];
        private readonly List<SocketCrowd> _crowds = [];
        private readonly Socket _socket;
        private readonly int _port;
        private readonly Predicate<IPAddress> _isOwn;
        private readonly Thread _thread;
        private long _written;
        private volatile bool _isClosing;

        private GroupFeed(Socket socket, int port, Predicate<IPAddress> isOwn)
        {
            _socket = socket;
            _port = port;
            _isOwn = isOwn;
            _thread = new Thread(Run) { IsBackground = true, Name = "group" };
        }

        /// <summary>How many datagrams came so far, the crowd's own not counted.</summary>
        public long Written => Volatile.Read(ref _written);

        /// <summary>Joins the group.</summary>
        /// <param name="local">An address of the interface on which to listen.</param>
        /// <param name="port">The UDP port.</param>
        /// <param name="isOwn">Says of an address whether it is one of the process's ports.</param>
        /// <param name="error">Why the group cannot be heard, in one line; null when it can.</param>
        /// <returns>Null when it cannot.</returns>
        public static GroupFeed Open(IPAddress local, int port, Predicate<IPAddress> isOwn, out string error)
        {
            Socket socket = null;
            IPAddress group = UdpSockets.GroupOf(local, out int scope);
            try
            {
                socket = UdpSockets.OpenGroup(group, port);
                UdpSockets.Join(socket, group, local, scope);
                error = null;
                return new GroupFeed(socket, port, isOwn);
            }
            catch (SocketException failure)
            {
                socket?.Dispose();
                error = $"{group} is not heard at {local}: {failure.Message.TrimEnd('.')}; controllers must ask by address";
                return null;
            }
        }

        /// <summary>Begins to listen, once every crowd is there.</summary>
        public void Start()
        {
            _thread.Start();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _isClosing = true;
            _socket.Dispose();
        }

        internal void Join(SocketCrowd crowd)
        {
            _crowds.Add(crowd);
        }

        // Null when it is kept no more.
        internal GroupDatagram Find(long number)
        {
            GroupDatagram found = Volatile.Read(ref _kept[number % Kept]);
            return found is not null && found.Number == number ? found : null;
        }

        private void Run()
        {
            var batch = new DatagramBatch(_socket.AddressFamily, Slots);
            while (!_isClosing)
            {
                try
                {
                    _socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead);
                    Take(batch);
                }
                catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        }

        private void Take(DatagramBatch batch)
        {
            long before = _written;
            int count = batch.Receive(_socket.SafeHandle);
            for (int i = 0; i < count; i++)
            {
                var sender = new SocketAddress(_socket.AddressFamily);
                batch.CopySender(i, sender);
                var peer = (IPEndPoint)new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6
                    ? IPAddress.IPv6Any : IPAddress.Any, 0).Create(sender);
                if (peer.Port != _port || !_isOwn(peer.Address))
                {
                    byte[] bytes = batch.Datagram(i, out bool isWhole).ToArray();
                    Volatile.Write(ref _kept[_written % Kept], new GroupDatagram(_written, bytes, sender, isWhole));
                    Volatile.Write(ref _written, _written + 1);
                }
            }

            for (int i = 0; i < _crowds.Count && _written > before; i++)
            {
                _crowds[i].Wake();
            }
        }
    }
}
