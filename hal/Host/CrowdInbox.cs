using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Hal.Host
{
    // One socket of a crowd. It has no memory of its own: what it receives lies in the crowd's, until the next one of the
    // crowd receives.
    internal sealed class CrowdInbox : IDatagramInbox
    {
        private readonly SocketCrowd _crowd;
        private readonly Socket _socket;
        private readonly Action _failed;
        private int _overflows;
        private bool _isPeeked;
        private bool _isReady = true;
        private bool _isClosed;

        public CrowdInbox(SocketCrowd crowd, Socket socket, ISignal received, Action failed)
        {
            _crowd = crowd;
            _socket = socket;
            Received = received;
            _failed = failed;
            DatagramBatch.CountOverflows(socket);
        }

        public ISignal Received { get; }

        public int Overflows => Volatile.Read(ref _overflows);

        public int Descriptor => (int)_socket.SafeHandle.DangerousGetHandle();

        // By the crowd: there is something to receive, or an error to be told.
        public void Ready()
        {
            _isReady = true;
            Received?.Set();
        }

        public bool TryPeek(out ReadOnlySpan<byte> datagram, out SocketAddress sender, out bool isWhole)
        {
            DatagramBatch batch = _crowd.BatchOf(_socket.AddressFamily, out sender);
            _isPeeked = _isPeeked || Receive(batch);
            if (!_isPeeked)
            {
                datagram = default;
                isWhole = false;
                return false;
            }

            batch.CopySender(0, sender);
            datagram = batch.Datagram(0, out isWhole);
            return true;
        }

        public void Release()
        {
            _isPeeked = false;
        }

        public void Dispose()
        {
            _isClosed = true;
            _crowd.Remove(this);
            _socket.Dispose();
        }

        private bool Receive(DatagramBatch batch)
        {
            if (_isClosed || !_isReady)
            {
                return false;
            }

            if (batch.Receive(_socket.SafeHandle) == 1)
            {
                Volatile.Write(ref _overflows, batch.Overflows(0, _overflows));
                return true;
            }

            _isReady = false;
            if (LinuxSockets.LastIsFailure)
            {
                _failed();
            }

            return false;
        }
    }
}
