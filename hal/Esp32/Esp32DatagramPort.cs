using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// A UDP port of the board for one IP version, over Wi-Fi or Ethernet. The platform's sockets do not tell whether a
    /// datagram came to the group. One thread, made at the first opening and never again, blocks in receiving and is the
    /// only one that closes the socket: when the address has changed, the link was away, or the socket died.
    /// Events of the image only make it look sooner: they come before the interface has followed, the loss of an address
    /// is none, and a full queue loses them. So the address is looked at every five seconds as well.
    /// </summary>
    public sealed class Esp32DatagramPort : IDatagramPort
    {
        // lwIP's IPV6_V6ONLY, which nanoFramework passes on by number: without it the IPv6 socket would also take the
        // IPv4 port.
        private const SocketOptionName IPv6Only = (SocketOptionName)27;

        private const int CheckInterval = 5000;
        private const int IOTimeout = 5000;
        private const int MicrosecondsPerMillisecond = 1000;
        private const int EmptyPause = 10;

        // For who begins to read the log later.
        private const long TellInterval = 600000;

        // Some images give a port what it has sent to the group itself, and at once.
        private const long EchoTime = 2000;

        private readonly Esp32Network _network;
        private readonly IPAddress _any;
        private readonly byte[] _group;
        private readonly int _port;
        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly DatagramRing _ring = new DatagramRing();
        private readonly AutoResetEvent _opened = new AutoResetEvent(false);
        private Thread _receiver;
        private Socket _socket;
        private ISignal _received;
        private string _address = Esp32Network.NoAddress;
        private byte[] _own;
        private long _groupScope;
        private long _nextCheck;
        private int _lost;
        private bool _hasNews;
        private bool _wasAway;
        private string _told;
        private long _nextTelling;
        private long _sentToGroup;

        private Esp32DatagramPort(
            Esp32Network network, IPAddress any, byte[] group, int port, IClock clock, ILog log)
        {
            _network = network;
            _any = any;
            _group = group;
            _port = port;
            _clock = clock;
            _log = log;
        }

        /// <inheritdoc/>
        public bool IsReady
        {
            get { return _hasNews; }
        }

        /// <inheritdoc/>
        public bool IsOpen
        {
            get { return _socket != null; }
        }

        /// <inheritdoc/>
        public int Lost
        {
            get { return _lost; }
        }

        private string Name
        {
            get { return IsIPv6 ? "IPv6 beside " + _address : _address; }
        }

        private bool IsIPv6
        {
            get { return _group.Length == DatagramPeer.MaxAddressLength; }
        }

        /// <summary>Makes the IPv4 port, group 224.0.23.0.</summary>
        /// <param name="network">The interface it belongs to.</param>
        /// <param name="port">UDP port, local and of the group.</param>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Told of changes of address and of failures.</param>
        public static Esp32DatagramPort CreateIPv4(Esp32Network network, int port, IClock clock, ILog log)
        {
            return new Esp32DatagramPort(network, IPAddress.Any, new byte[] { 224, 0, 23, 0 }, port, clock, log);
        }

        /// <summary>Makes the IPv6 port, group ff02::1. Needs a firmware image with IPv6.</summary>
        /// <param name="network">The interface it belongs to.</param>
        /// <param name="port">UDP port, local and of the group.</param>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Told of changes of address and of failures.</param>
        public static Esp32DatagramPort CreateIPv6(Esp32Network network, int port, IClock clock, ILog log)
        {
            var allNodes = new byte[DatagramPeer.MaxAddressLength];
            allNodes[0] = 0xFF;
            allNodes[1] = 0x02;
            allNodes[15] = 0x01;
            return new Esp32DatagramPort(network, IPAddress.IPv6Any, allNodes, port, clock, log);
        }

        /// <inheritdoc/>
        public bool Open()
        {
            if (IsOpen)
            {
                return true;
            }

            // Before the look: what happens during it counts.
            _hasNews = false;
            _wasAway = false;
            string address = _network.Address;
            Socket socket = address == Esp32Network.NoAddress ? Refuse(_network.Lack, LogLevel.Info) : Bind(address);
            if (socket == null)
            {
                return false;
            }

            _told = null;
            _address = address;
            _own = IsIPv6 ? LinkLocal(_network.PhysicalAddress) : IPAddress.Parse(address).GetAddressBytes();
            _groupScope = 0;
            _nextCheck = _clock.Milliseconds + CheckInterval;
            _lost += _ring.Clear();
            _socket = socket;
            if (_receiver == null)
            {
                _receiver = new Thread(ReceiveForEver);
                _receiver.Start();
            }

            _opened.Set();
            _log.Write(LogLevel.Info, "udp", "open: " + Name);
            return true;
        }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            _received = received;
            NetworkChange.NetworkAvailabilityChanged += OnAvailabilityChanged;
            NetworkChange.NetworkAddressChanged += OnAddressChanged;
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, DatagramPeer sender)
        {
            for (Datagram waiting = _ring.Oldest; waiting != null; waiting = _ring.Oldest)
            {
                int length = waiting.Length;
                bool fits = length <= buffer.Length;
                if (fits)
                {
                    Array.Copy(waiting.Buffer, 0, buffer, 0, length);
                    sender.CopyFrom(waiting.Sender);
                }

                _ring.Release();
                if (fits)
                {
                    return length;
                }

                Interlocked.Increment(ref _lost);
            }

            return -1;
        }

        /// <inheritdoc/>
        public bool Send(byte[] buffer, int length, DatagramPeer destination)
        {
            var address = new byte[destination.AddressLength];
            Array.Copy(destination.Address, address, address.Length);
            return Send(buffer, length, address, destination.ScopeId, destination.Port);
        }

        /// <inheritdoc/>
        public bool SendToGroup(byte[] buffer, int length)
        {
            _sentToGroup = _clock.Milliseconds;
            return Send(buffer, length, _group, _groupScope, _port);
        }

        /// <inheritdoc/>
        public bool SendToTerminals(byte[] buffer, int length)
        {
            return SendToGroup(buffer, length);
        }

        // The link-local address that lwIP gives the interface: fe80:: and the MAC as EUI-64 (RFC 4291, appendix A).
        private static byte[] LinkLocal(byte[] mac)
        {
            var address = new byte[DatagramPeer.MaxAddressLength];
            address[0] = 0xFE;
            address[1] = 0x80;
            address[8] = (byte)(mac[0] ^ 0x02);
            address[9] = mac[1];
            address[10] = mac[2];
            address[11] = 0xFF;
            address[12] = 0xFE;
            address[13] = mac[3];
            address[14] = mac[4];
            address[15] = mac[5];
            return address;
        }

        private Socket Bind(string address)
        {
            Socket socket = null;
            try
            {
                socket = new Socket(_any.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                socket.SendTimeout = IOTimeout;
                socket.ReceiveTimeout = IOTimeout;
                if (IsIPv6)
                {
                    socket.SetSocketOption(SocketOptionLevel.IPv6, IPv6Only, 1);
                }

                // To any address: a socket bound to one hears no multicast.
                socket.Bind(new IPEndPoint(_any, _port));
                if (!IsIPv6)
                {
                    // Every IPv6 node is a member of ff02::1 without joining (RFC 4291, 2.8).
                    var group = new MulticastOption(new IPAddress(_group), IPAddress.Parse(address));
                    socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, group.GetBytes());
                }

                return socket;
            }
            catch (Exception failure)
            {
                if (socket != null)
                {
                    socket.Close();
                }

                return Refuse("cannot open beside " + address + ": " + failure.Message, LogLevel.Warning);
            }
        }

        // There is no socket.
        private Socket Refuse(string reason, LogLevel first)
        {
            Tell("closed: " + reason, first);
            return null;
        }

        // Once, and every ten minutes as long as it stays so.
        private void Tell(string text, LogLevel first)
        {
            long now = _clock.Milliseconds;
            bool isKnown = text == _told;
            if (!isKnown || now >= _nextTelling)
            {
                _told = text;
                _nextTelling = now + TellInterval;
                _log.Write(isKnown ? LogLevel.Warning : first, "udp", text);
            }
        }

        private bool Send(byte[] buffer, int length, byte[] address, long scope, int port)
        {
            Socket socket = _socket;
            if (socket == null)
            {
                return false;
            }

            try
            {
                IPAddress to = address.Length == DatagramPeer.MaxAddressLength
                    ? new IPAddress(address, scope)
                    : new IPAddress(address);
                return socket.SendTo(buffer, 0, length, SocketFlags.None, new IPEndPoint(to, port)) == length;
            }
            catch (Exception)
            {
                // Says nothing about the socket: one unreachable terminal is enough. The receiving thread judges that.
                return false;
            }
        }

        private void ReceiveForEver()
        {
            while (true)
            {
                Socket socket = _socket;
                if (socket == null)
                {
                    _opened.WaitOne();
                    continue;
                }

                try
                {
                    string reason = ReasonToClose();
                    if (reason != null)
                    {
                        Close(socket, reason);
                    }
                    else if (socket.Poll(CheckInterval * MicrosecondsPerMillisecond, SelectMode.SelectRead))
                    {
                        Take(socket);
                    }
                }
                catch (Exception failure)
                {
                    Close(socket, failure.Message);
                }
            }
        }

        private string ReasonToClose()
        {
            if (_wasAway)
            {
                return "the link was away";
            }

            long now = _clock.Milliseconds;
            if (now < _nextCheck)
            {
                return null;
            }

            _nextCheck = now + CheckInterval;
            return _network.Address == _address ? null : "the address changed";
        }

        // These two run on the thread that delivers every event of the unit: nothing may end it.
        private void OnAvailabilityChanged(object sender, NetworkAvailabilityEventArgs e)
        {
            if (e.IsAvailable)
            {
                OnAddressChanged(sender, e);
            }
            else
            {
                _wasAway = true;
            }
        }

        private void OnAddressChanged(object sender, EventArgs e)
        {
            _hasNews = true;
            Wake();
        }

        private void Take(Socket socket)
        {
            Datagram free = _ring.Free;
            EndPoint from = new IPEndPoint(_any, 0);
            free.Length = socket.ReceiveFrom(free.Buffer, 0, free.Buffer.Length, SocketFlags.None, ref from);
            Describe((IPEndPoint)from, free.Sender);
            if (free.Length == 0)
            {
                // An empty datagram, or a socket that has nothing more to give: neither may spin.
                Thread.Sleep(EmptyPause);
            }

            if (IsOwn(free.Sender))
            {
                if (_clock.Milliseconds - _sentToGroup > EchoTime)
                {
                    Tell("another host has this address: " + Name, LogLevel.Warning);
                }

                return;
            }

            if (!_ring.Commit())
            {
                Interlocked.Increment(ref _lost);
            }

            Wake();
        }

        private void Describe(IPEndPoint from, DatagramPeer peer)
        {
            byte[] address = from.Address.GetAddressBytes();
            Array.Copy(address, peer.Address, address.Length);
            peer.AddressLength = address.Length;
            peer.Port = from.Port;
            peer.ScopeId = IsIPv6 ? from.Address.ScopeId : 0;

            // The number that the stack gave the interface shows only in what arrives; until then it picks itself.
            if (peer.ScopeId != 0)
            {
                _groupScope = peer.ScopeId;
            }
        }

        private bool IsOwn(DatagramPeer peer)
        {
            if (peer.Port != _port || peer.AddressLength != _own.Length)
            {
                return false;
            }

            for (int i = 0; i < _own.Length; i++)
            {
                if (peer.Address[i] != _own[i])
                {
                    return false;
                }
            }

            return true;
        }

        private void Close(Socket socket, string reason)
        {
            _socket = null;
            _log.Write(LogLevel.Warning, "udp", "closed: " + Name + ": " + reason);
            try
            {
                socket.Close();
            }
            catch (Exception failure)
            {
                _log.Write(LogLevel.Debug, "udp", failure.Message);
            }

            Wake();
        }

        private void Wake()
        {
            ISignal received = _received;
            if (received != null)
            {
                received.Set();
            }
        }
    }
}
