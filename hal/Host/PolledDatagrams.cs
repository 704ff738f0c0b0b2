using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;

namespace NanoComm.Hal.Host
{
    // One socket, emptied by the loop itself, several datagrams a call: no other thread, no copy but the last, and no
    // memory before the first datagram. Linux only. Once a SocketWatch watches it, it asks the socket only when the watch
    // has seen something there.
    internal sealed class PolledDatagrams : IDatagramInbox
    {
        private const int Slots = 16;

        private readonly Socket _socket;
        private readonly SafeHandle _handle;
        private readonly SocketAddress _sender;
        private readonly SocketAddress _ignored;
        private readonly Action _failed;
        private DatagramBatch _batch;
        private int _next;
        private int _count;
        private int _overflows;
        private volatile bool _mayHaveMore = true;
        private volatile bool _isClosed;

        // The socket is the inbox's from now on; datagrams from the ignored sender (or null) are dropped. What failed is
        // told on the loop's thread.
        public PolledDatagrams(Socket socket, SocketAddress ignored, Action failed)
        {
            _socket = socket;
            _handle = socket.SafeHandle;
            _ignored = ignored;
            _failed = failed;
            _sender = new SocketAddress(socket.AddressFamily);
            DatagramBatch.CountOverflows(socket);
        }

        public int Overflows => Volatile.Read(ref _overflows);

        // For the watch.
        public int Descriptor => (int)_handle.DangerousGetHandle();

        // Set by the watch: while it is, nothing is asked of the socket but what the watch has seen.
        public bool IsWatched { get; set; }

        // By the watch, on the loop's thread: there is something to receive, or an error to be told.
        public void Ready()
        {
            _mayHaveMore = true;
        }

        public bool TryPeek(out ReadOnlySpan<byte> datagram, out SocketAddress sender, out bool isWhole)
        {
            while (_next < _count || Receive())
            {
                _batch.CopySender(_next, _sender);
                if (_ignored != null && PeerAddress.IsSame(_sender, _ignored))
                {
                    Release();
                    continue;
                }

                datagram = _batch.Datagram(_next, out isWhole);
                sender = _sender;
                return true;
            }

            datagram = default;
            sender = null;
            isWhole = false;
            return false;
        }

        public void Release()
        {
            _next++;
        }

        public void Dispose()
        {
            _isClosed = true;
            _socket.Dispose();
        }

        private bool Receive()
        {
            if (_isClosed || !_mayHaveMore)
            {
                return false;
            }

            _batch ??= new DatagramBatch(_sender.Family, Slots);
            _next = 0;
            _count = 0;
            int count;
            try
            {
                count = _batch.Receive(_handle);
            }
            catch (ObjectDisposedException)
            {
                return false;
            }

            if (count < 0)
            {
                _mayHaveMore = !IsWatched;
                if (!_isClosed && LinuxSockets.LastIsFailure)
                {
                    _failed();
                }

                return false;
            }

            // Fewer than there was room for: the socket is empty, and the watch tells when it is not any more.
            _mayHaveMore = count == Slots || !IsWatched;
            _count = count;
            if (count > 0)
            {
                Volatile.Write(ref _overflows, _batch.Overflows(count - 1, _overflows));
            }

            return count > 0;
        }
    }
}
