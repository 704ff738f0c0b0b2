using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// One unicast address of the PC. On Linux and macOS a socket bound to one address hears no multicast, so a
    /// second one is bound to the group, which tells the two apart too. On Linux the loop that waits for the port receives
    /// itself; elsewhere a thread for each socket receives, and the loop takes what they received.
    /// </summary>
    public sealed class UdpPort : IDatagramPort, IDisposable
    {
        private readonly IPAddress _address;
        private readonly int _requestedPort;
        private readonly bool _share;
        private readonly SocketCrowd _crowd;
        private readonly SocketAddress _destination;
        private readonly Lock _opening = new Lock();
        private volatile IDatagramInbox _unicasts;
        private volatile IDatagramInbox _multicasts;
        private Socket _socket;
        private Socket _groupSocket;
        private SocketAddress _group;
        private ISignal _received;
        private int _lostBefore;
        private int _tooLong;
        private bool _groupFirst;
        private volatile bool _isOpen;
        private volatile bool _isReserved;
        private bool _isDisposed;

        /// <summary>Makes a port; nothing is opened yet.</summary>
        /// <param name="address">A unicast address of this PC, IPv6 link-local with scope. For "any" see
        /// <see cref="LocalAddresses.Expand"/>.</param>
        /// <param name="port">The UDP port, or 0 for a free one.</param>
        /// <param name="share">Whether other programs that share may hold the same address and port; then the port's
        /// own multicasts are received too, since they cannot be told from the others'.</param>
        public UdpPort(IPAddress address, int port, bool share)
        {
            if (LocalAddresses.IsAny(address))
            {
                throw new ArgumentException("A port has one address; expand 'any' first.", nameof(address));
            }

            _address = address;
            _requestedPort = port;
            _share = share;
            _destination = new IPEndPoint(address, 0).Serialize();
            Port = port;
        }

        /// <summary>Makes a port that is one of many: a loop on their crowd's thread receives, and hears of the group what their
        /// process hears. Linux only.</summary>
        /// <param name="address">As above.</param>
        /// <param name="port">The UDP port.</param>
        /// <param name="crowd">Its crowd.</param>
        public UdpPort(IPAddress address, int port, SocketCrowd crowd)
            : this(address, port, share: false)
        {
            _crowd = crowd;
        }

        /// <inheritdoc/>
        public string Name => new IPEndPoint(_address, Port).ToString();

        /// <summary>The UDP port; once open, the one found free when 0 was asked for.</summary>
        public int Port { get; private set; }

        /// <inheritdoc/>
        public bool IsOpen => _isOpen;

        /// <inheritdoc/>
        public bool IsReady => _isReserved;

        /// <inheritdoc/>
        public int Lost => Volatile.Read(ref _lostBefore) + Volatile.Read(ref _tooLong) + (_unicasts?.Overflows ?? 0)
            + (_multicasts?.Overflows ?? 0);

        /// <summary>Why the last <see cref="Open"/> failed, in one line: what happened, where, what to do; or
        /// null.</summary>
        public string OpenError { get; private set; }

        /// <summary>The error behind <see cref="OpenError"/>; Success when there is none.</summary>
        public SocketError OpenErrorCode { get; private set; }

        /// <summary>Why the open port hears no multicast, in one line; null when it does. On loopback that is usual for
        /// IPv6.</summary>
        public string GroupError { get; private set; }

        /// <summary>Takes hold of the address for the first <see cref="Open"/>, so that a program can tell its user at once
        /// when it cannot be had. The port stays closed: nothing is sent, and what arrives waits.</summary>
        /// <returns>False when it cannot be had; <see cref="OpenError"/> says why.</returns>
        public bool Reserve()
        {
            lock (_opening)
            {
                _isReserved = TryOpenSockets();
                return _isReserved;
            }
        }

        /// <inheritdoc/>
        public bool Open()
        {
            lock (_opening)
            {
                bool isReserved = _isReserved;
                _isReserved = false;
                _isOpen = isReserved || TryOpenSockets();
                if (_isOpen)
                {
                    StartReceiving();
                }

                return _isOpen;
            }
        }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            lock (_opening)
            {
                Volatile.Write(ref _received, received);
                if (_isOpen)
                {
                    StartReceiving();
                }
            }
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, DatagramPeer sender)
        {
            // Turn and turn about, so that neither kind waits behind a flood of the other.
            _groupFirst = !_groupFirst;
            int length = Receive(_groupFirst, buffer, sender);
            return length >= 0 ? length : Receive(!_groupFirst, buffer, sender);
        }

        /// <inheritdoc/>
        public bool Send(byte[] buffer, int length, DatagramPeer destination)
        {
            return PeerAddress.TryWrite(destination, _destination) && Send(buffer, length, _destination);
        }

        /// <inheritdoc/>
        public bool SendToGroup(byte[] buffer, int length)
        {
            return _isOpen && Send(buffer, length, _group);
        }

        /// <inheritdoc/>
        public bool SendToTerminals(byte[] buffer, int length)
        {
            return SendToGroup(buffer, length);
        }

        /// <summary>Closes the sockets and ends their threads.</summary>
        public void Dispose()
        {
            lock (_opening)
            {
                _isDisposed = true;
                Close();
            }
        }

        private bool TryOpenSockets()
        {
            Close();
            if (_isDisposed)
            {
                return false;
            }

            try
            {
                OpenSockets();
                OpenErrorCode = SocketError.Success;
                OpenError = null;
                return true;
            }
            catch (SocketException failure)
            {
                Close();
                OpenErrorCode = failure.SocketErrorCode;
                OpenError = Explain(failure);
                return false;
            }
        }

        private void OpenSockets()
        {
            _socket = UdpSockets.OpenUnicast(new IPEndPoint(_address, _requestedPort), _share);
            Port = ((IPEndPoint)_socket.LocalEndPoint).Port;
            IPAddress group = UdpSockets.GroupOf(_address, out int scope);
            _group = new IPEndPoint(group, Port).Serialize();
            _groupSocket = OpenGroup(group, scope);
        }

        private void StartReceiving()
        {
            if (_crowd is not null)
            {
                _unicasts ??= _crowd.Add(_socket, _received, Failed);
                _multicasts ??= _crowd.AddGroup();
                return;
            }

            SocketAddress ignored = _share ? null : new IPEndPoint(_address, Port).Serialize();
            _unicasts = Receiving(_unicasts, Name, _socket, UdpSockets.NeedsGroupSocket ? null : ignored);
            _multicasts = Receiving(_multicasts, $"{Name} {_group}", _groupSocket, ignored);
        }

        // A loop of ours can wait for the socket itself, and who waits for nothing asks; any other signal needs somebody to
        // set it.
        private IDatagramInbox Receiving(IDatagramInbox inbox, string name, Socket socket, SocketAddress ignored)
        {
            if (socket == null || inbox is DatagramReader)
            {
                return inbox;
            }

            if (OperatingSystem.IsLinux() && _received is null or ThreadSignal)
            {
                var polled = inbox as PolledDatagrams ?? new PolledDatagrams(socket, ignored, Failed);
                (_received as ThreadSignal)?.Watch(polled);
                return polled;
            }

            var reader = new DatagramReader(name, socket, ignored, Arrived, Failed);
            reader.Start();
            return reader;
        }

        // Without the group the port still answers whoever asks it by its address, so that is no failure to open.
        private Socket OpenGroup(IPAddress group, int scope)
        {
            Socket own = null;
            try
            {
                UdpSockets.SendGroupFrom(_socket, _address, scope);
                if (_crowd is not null)
                {
                    return null;
                }

                if (UdpSockets.NeedsGroupSocket)
                {
                    own = UdpSockets.OpenGroup(group, Port);
                }

                UdpSockets.Join(own ?? _socket, group, _address, scope);
                GroupError = null;
                return own;
            }
            catch (SocketException failure)
            {
                own?.Dispose();
                GroupError = $"{Name} does not hear {group}: {failure.Message}; "
                    + "controllers must ask it by its address";
                return null;
            }
        }

        private int Receive(bool fromGroup, byte[] buffer, DatagramPeer sender)
        {
            IDatagramInbox inbox = fromGroup ? _multicasts : _unicasts;
            while (inbox != null && inbox.TryPeek(out ReadOnlySpan<byte> datagram, out SocketAddress from, out bool isWhole))
            {
                int length = datagram.Length;
                bool fits = isWhole && length <= buffer.Length;
                if (fits)
                {
                    datagram.CopyTo(buffer);
                    PeerAddress.Read(from, sender);
                    sender.Cast = !UdpSockets.NeedsGroupSocket ? DatagramCast.Unknown
                        : fromGroup ? DatagramCast.Multicast
                        : DatagramCast.Unicast;
                }

                inbox.Release();
                if (fits)
                {
                    return length;
                }

                Volatile.Write(ref _tooLong, _tooLong + 1);
            }

            return -1;
        }

        private bool Send(byte[] buffer, int length, SocketAddress destination)
        {
            Socket socket = _socket;
            if (!_isOpen || socket == null)
            {
                return false;
            }

            try
            {
                return socket.SendTo(buffer.AsSpan(0, length), SocketFlags.None, destination) == length;
            }
            catch (SocketException)
            {
                // One destination that cannot be reached is its own affair; an address that is gone is the port's.
                if (!LocalAddresses.CanBind(_address))
                {
                    Failed();
                }

                return false;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }

        private void Arrived()
        {
            Volatile.Read(ref _received)?.Set();
        }

        // The loop sees it at its next step and opens again.
        private void Failed()
        {
            _isReserved = false;
            _isOpen = false;
            Unwatch(_unicasts);
            Unwatch(_multicasts);
            Arrived();
        }

        private void Unwatch(IDatagramInbox inbox)
        {
            if (inbox is PolledDatagrams polled)
            {
                (Volatile.Read(ref _received) as ThreadSignal)?.Unwatch(polled);
            }
        }

        private void Close()
        {
            _isReserved = false;
            _isOpen = false;
            End(_unicasts);
            End(_multicasts);
            _unicasts = null;
            _multicasts = null;
            _groupSocket?.Dispose();
            _groupSocket = null;
            _socket?.Dispose();
            _socket = null;
        }

        private void End(IDatagramInbox inbox)
        {
            if (inbox != null)
            {
                Unwatch(inbox);
                inbox.Dispose();
                _lostBefore += inbox.Overflows;
            }
        }

        private string Explain(SocketException failure)
        {
            var local = new IPEndPoint(_address, _requestedPort);
            switch (failure.SocketErrorCode)
            {
                case SocketError.AddressAlreadyInUse:
                case SocketError.AccessDenied when OperatingSystem.IsWindows():
                    return _share
                        ? $"{local} is in use by another program that does not share it: stop it, or choose another "
                            + "address with --listen"
                        : $"{local} is in use by another program: stop it, choose another address with --listen, "
                            + "or allow sharing with --share";
                case SocketError.AddressNotAvailable:
                case SocketError.InvalidArgument:
                    return $"{_address} is not an address of this PC: choose one of {Choices()} with --listen";
                case SocketError.AccessDenied:
                    return $"{local} may not be opened by this user: choose a port from 1024 on, or run it with "
                        + "the right to";
                case SocketError.AddressFamilyNotSupported:
                    return $"{local} cannot be opened, this PC has no {_address.AddressFamily}: choose one of "
                        + $"{Choices()} with --listen";
                default:
                    return $"{local} cannot be opened, {failure.Message.TrimEnd('.')}: choose another address with "
                        + "--listen";
            }
        }

        private static string Choices()
        {
            var choices = new List<IPAddress>(LocalAddresses.Expand(IPAddress.Any));
            choices.AddRange(LocalAddresses.Expand(IPAddress.IPv6Any));
            return string.Join(", ", choices);
        }
    }
}
