using System;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// Nodes with a controller that have announced themselves to everyone, and wait to be told of this node: each at most
    /// once a minute, one after the other at the path's rate. Two nodes that answer each other's announcements cannot
    /// excite each other so. Who was told within the minute is remembered in one place for each moment at which somebody
    /// may be told: as many as there can be, so that none is driven out by however many others.
    /// </summary>
    internal sealed class Greetings
    {
        private const int PeerInterval = 60000;
        private const int Second = 1000;

        // Who waits longer has found the meter, or asks by himself.
        private const int LongestWait = 25;

        private readonly int _interval;
        private readonly int[] _told;
        private readonly int[] _hosts;
        private readonly byte[] _addresses;
        private readonly byte[] _lengths;
        private readonly byte[] _ports;
        private readonly long[] _scopes;
        private int _first;
        private long _moment;
        private long _next;

        /// <summary>Makes an empty list.</summary>
        /// <param name="perSecond">How many are told each second: 1…10.</param>
        public Greetings(int perSecond)
        {
            int room = perSecond * LongestWait;
            _interval = Second / perSecond;
            _told = new int[(PeerInterval / _interval) + 1];
            _hosts = new int[room];
            _addresses = new byte[room * DatagramPeer.MaxAddressLength];
            _lengths = new byte[room];
            _ports = new byte[room];
            _scopes = new long[room];
        }

        /// <summary>How many wait.</summary>
        public int Count { get; private set; }

        /// <summary>When the next one may be told.</summary>
        public long NextDeadline
        {
            get { return Count == 0 ? Deadline.Never : _next; }
        }

        /// <summary>Puts a host at the end.</summary>
        /// <param name="peer">The host; copied.</param>
        /// <param name="host">Its number, see <see cref="HostHash"/>.</param>
        /// <param name="port">Number of the port that it was heard by.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>False when it waits already, was told within the minute, or finds no room.</returns>
        public bool Add(DatagramPeer peer, int host, int port, long now)
        {
            MoveTo(now);
            if (Count == _hosts.Length || IsAmong(_told, _told.Length, host) || IsWaiting(host))
            {
                return false;
            }

            int place = (_first + Count) % _hosts.Length;
            _hosts[place] = host;
            Array.Copy(peer.Address, 0, _addresses, place * DatagramPeer.MaxAddressLength, DatagramPeer.MaxAddressLength);
            _lengths[place] = (byte)peer.AddressLength;
            _scopes[place] = peer.ScopeId;
            _ports[place] = (byte)port;
            Count++;
            return true;
        }

        /// <summary>Takes the next one that is to be told now.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="peer">Filled, but for the port.</param>
        /// <returns>Number of the port that it was heard by; -1 when nobody is to be told now.</returns>
        public int Take(long now, DatagramPeer peer)
        {
            if (Count == 0 || now < _next)
            {
                return -1;
            }

            MoveTo(now);
            int place = _first;
            _next = now + _interval;
            _told[(int)(_moment % _told.Length)] = _hosts[place];
            Array.Copy(_addresses, place * DatagramPeer.MaxAddressLength, peer.Address, 0, DatagramPeer.MaxAddressLength);
            peer.AddressLength = _lengths[place];
            peer.ScopeId = _scopes[place];
            _first = (_first + 1) % _hosts.Length;
            Count--;
            return _ports[place];
        }

        private static bool IsAmong(int[] hosts, int count, int host)
        {
            for (int i = 0; i < count; i++)
            {
                if (hosts[i] == host)
                {
                    return true;
                }
            }

            return false;
        }

        private bool IsWaiting(int host)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_hosts[(_first + i) % _hosts.Length] == host)
                {
                    return true;
                }
            }

            return false;
        }

        // Forgets who was told more than a minute ago.
        private void MoveTo(long now)
        {
            long moment = now / _interval;
            long from = moment - _moment < _told.Length ? _moment + 1 : moment - _told.Length + 1;
            for (long past = from; past <= moment; past++)
            {
                _told[(int)(past % _told.Length)] = 0;
            }

            _moment = moment;
        }
    }
}
