using System;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// Nodes with a controller that have announced themselves to everyone, and wait to be told of this node: each at most
    /// once a minute, one after the other at the path's rate. Two nodes that answer each other's announcements cannot
    /// excite each other so. Who was told within the minute is remembered in one place for each moment at which somebody
    /// may be told: as many as there can be, so that none is driven out by however many others. A controller that has
    /// started anew within the minute is told when the minute is over.
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
        private readonly int[] _scopes;

        // Moments, of which one may be told at each.
        private readonly int[] _due;
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
            _scopes = new int[room];
            _due = new int[room];
        }

        /// <summary>How many wait.</summary>
        public int Count { get; private set; }

        /// <summary>When the next one may be told.</summary>
        public long NextDeadline
        {
            get
            {
                long due = Count == 0 ? Deadline.Never : DueOf(First());
                return due > _next ? due : _next;
            }
        }

        /// <summary>Puts a host among those that wait.</summary>
        /// <param name="peer">The host; copied.</param>
        /// <param name="host">Its number, see <see cref="HostHash"/>.</param>
        /// <param name="port">Number of the port that it was heard by.</param>
        /// <param name="isToWait">Whether one that was told within the minute is told again when that is over; else it is
        /// not, for what was heard of it may be the answer.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>False when it waits already, was told within the minute and is not to wait, or finds no room.</returns>
        public bool Add(DatagramPeer peer, int host, int port, bool isToWait, long now)
        {
            MoveTo(now);
            int told = IndexOf(_told, _told.Length, host);
            if (Count == _hosts.Length || (told >= 0 && !isToWait) || IndexOf(_hosts, Count, host) >= 0)
            {
                return false;
            }

            int place = Count++;
            _hosts[place] = host;
            Array.Copy(peer.Address, 0, _addresses, place * DatagramPeer.MaxAddressLength, DatagramPeer.MaxAddressLength);
            _lengths[place] = (byte)peer.AddressLength;
            _scopes[place] = (int)peer.ScopeId;
            _ports[place] = (byte)port;
            _due[place] = told < 0 ? (int)_moment : ForgottenAt(told);
            return true;
        }

        /// <summary>Takes the next one that is to be told now.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="peer">Filled, but for the port.</param>
        /// <returns>Number of the port that it was heard by; -1 when nobody is to be told now.</returns>
        public int Take(long now, DatagramPeer peer)
        {
            int place = Count == 0 || now < _next ? 0 : First();
            if (Count == 0 || now < _next || now < DueOf(place))
            {
                return -1;
            }

            MoveTo(now);
            int port = _ports[place];
            _next = now + _interval;
            _told[(int)(_moment % _told.Length)] = _hosts[place];
            Array.Copy(_addresses, place * DatagramPeer.MaxAddressLength, peer.Address, 0, DatagramPeer.MaxAddressLength);
            peer.AddressLength = _lengths[place];
            peer.ScopeId = (uint)_scopes[place];
            Remove(place);
            return port;
        }

        private static int IndexOf(int[] hosts, int count, int host)
        {
            for (int i = 0; i < count; i++)
            {
                if (hosts[i] == host)
                {
                    return i;
                }
            }

            return -1;
        }

        // Of those that wait, the one whose time comes first.
        private int First()
        {
            int first = 0;
            for (int i = 1; i < Count; i++)
            {
                first = _due[i] < _due[first] ? i : first;
            }

            return first;
        }

        // The last one takes its place.
        private void Remove(int place)
        {
            int last = --Count;
            _hosts[place] = _hosts[last];
            Array.Copy(_addresses, last * DatagramPeer.MaxAddressLength, _addresses, place * DatagramPeer.MaxAddressLength,
                DatagramPeer.MaxAddressLength);
            _lengths[place] = _lengths[last];
            _scopes[place] = _scopes[last];
            _ports[place] = _ports[last];
            _due[place] = _due[last];
        }

        private long DueOf(int place)
        {
            return (long)_due[place] * _interval;
        }

        private int ForgottenAt(int index)
        {
            long since = (_moment - index + _told.Length) % _told.Length;
            return (int)(_moment - since + _told.Length);
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
