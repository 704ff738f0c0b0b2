using NanoComm.Echonet;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// The terminals of a path, told apart by host address. When the table is full, the one that was silent longest
    /// gives up its place, and with it its selectors.
    /// </summary>
    public sealed class TerminalTable
    {
        private readonly DatagramPeer[] _peers;
        private readonly Terminal[] _terminals;
        private readonly long[] _lastUse;
        private long _use;

        /// <summary>Makes an empty table.</summary>
        /// <param name="capacity">How many terminals it tells apart, 1 and up.</param>
        public TerminalTable(int capacity)
        {
            _peers = new DatagramPeer[capacity];
            _terminals = new Terminal[capacity];
            _lastUse = new long[capacity];
            for (int i = 0; i < capacity; i++)
            {
                _peers[i] = new DatagramPeer();
                _terminals[i] = new Terminal();
            }
        }

        /// <summary>Terminals seen so far, at most the capacity.</summary>
        public int Count { get; private set; }

        /// <summary>The terminal at an address, new ones with the default selectors.</summary>
        /// <param name="peer">Where it sends from; the port does not matter.</param>
        public Terminal Find(DatagramPeer peer)
        {
            int oldest = 0;
            _use++;
            for (int i = 0; i < Count; i++)
            {
                if (_peers[i].IsSameHost(peer))
                {
                    _lastUse[i] = _use;
                    return _terminals[i];
                }

                if (_lastUse[i] < _lastUse[oldest])
                {
                    oldest = i;
                }
            }

            int place = Count < _peers.Length ? Count++ : oldest;
            _peers[place].CopyFrom(peer);
            _lastUse[place] = _use;
            _terminals[place].Reset();
            return _terminals[place];
        }
    }
}
