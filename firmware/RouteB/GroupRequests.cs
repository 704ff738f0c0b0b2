using System;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// Requests that came to the group, each of which waits a random part of half a second: every node of the network has
    /// one like it, and they are not all to answer at the same moment.
    /// </summary>
    internal sealed class GroupRequests
    {
        /// <summary>Longest request that is kept, in bytes: twice a Get of all that a meter has.</summary>
        public const int MaxLength = 160;

        private const int Spread = 500;

        private readonly IRandomSource _random;
        private readonly byte[] _bytes = new byte[2];
        private readonly byte[] _frames;
        private readonly DatagramPeer[] _peers;
        private readonly byte[] _lengths;
        private readonly byte[] _ports;
        private readonly long[] _due;
        private int _count;

        /// <summary>Makes an empty list.</summary>
        /// <param name="room">How many may wait.</param>
        /// <param name="random">Decides how long.</param>
        public GroupRequests(int room, IRandomSource random)
        {
            _random = random;
            _frames = new byte[room * MaxLength];
            _peers = new DatagramPeer[room];
            _lengths = new byte[room];
            _ports = new byte[room];
            _due = new long[room];
            for (int i = 0; i < room; i++)
            {
                _peers[i] = new DatagramPeer();
                _due[i] = Deadline.Never;
            }
        }

        /// <summary>When the next one is due.</summary>
        public long NextDeadline
        {
            get { return _count == 0 ? Deadline.Never : _due[First()]; }
        }

        /// <summary>Keeps a request.</summary>
        /// <param name="frame">The request, from index 0; copied.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="peer">Its sender; copied.</param>
        /// <param name="port">Number of the port that it came by.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>False when it is too long, or too many wait.</returns>
        public bool Put(byte[] frame, int length, DatagramPeer peer, int port, long now)
        {
            if (_count == _due.Length || length > MaxLength)
            {
                return false;
            }

            int place = 0;
            while (_due[place] != Deadline.Never)
            {
                place++;
            }

            Array.Copy(frame, 0, _frames, place * MaxLength, length);
            _peers[place].CopyFrom(peer);
            _lengths[place] = (byte)length;
            _ports[place] = (byte)port;
            _random.Fill(_bytes, 0, _bytes.Length);
            _due[place] = now + ((((_bytes[0] << 8) | _bytes[1]) * Spread) >> 16);
            _count++;
            return true;
        }

        /// <summary>Takes one that is due.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="frame">Filled from index 0.</param>
        /// <param name="peer">Filled with its sender.</param>
        /// <param name="port">Number of the port that it came by.</param>
        /// <returns>Its length in bytes; 0 when none is due.</returns>
        public int Take(long now, byte[] frame, DatagramPeer peer, out int port)
        {
            port = 0;
            if (_count == 0)
            {
                return 0;
            }

            int place = First();
            if (now < _due[place])
            {
                return 0;
            }

            _count--;
            _due[place] = Deadline.Never;
            port = _ports[place];
            Array.Copy(_frames, place * MaxLength, frame, 0, _lengths[place]);
            peer.CopyFrom(_peers[place]);
            return _lengths[place];
        }

        private int First()
        {
            int first = 0;
            for (int i = 1; i < _due.Length; i++)
            {
                first = _due[i] < _due[first] ? i : first;
            }

            return first;
        }
    }
}
