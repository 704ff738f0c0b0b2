using NanoComm.Echonet;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// The terminals of a path, told apart by host address. A host takes a place when it asks something: the other
    /// nodes of the house, which only announce themselves in the same group, never do. When the table is full, the
    /// terminal that was silent longest gives up its place, and with it its selectors.
    /// </summary>
    public sealed class TerminalTable
    {
        private readonly DatagramPeer[] _peers;
        private readonly Terminal[] _terminals;
        private readonly RequestBudget[] _budgets;
        private readonly long[] _lastUse;
        private Terminal _newcomer = new Terminal();
        private long _use;

        /// <summary>Makes an empty table.</summary>
        /// <param name="rules">How many terminals it tells apart, and how much is taken of each.</param>
        public TerminalTable(PathRules rules)
        {
            int capacity = rules.Terminals;
            _budgets = new RequestBudget[capacity];
            _peers = new DatagramPeer[capacity];
            _terminals = new Terminal[capacity];
            _lastUse = new long[capacity];
            for (int i = 0; i < capacity; i++)
            {
                _peers[i] = new DatagramPeer();
                _terminals[i] = new Terminal();
                _budgets[i] = new RequestBudget(rules);
            }
        }

        /// <summary>Terminals seen so far, at most the capacity.</summary>
        public int Count { get; private set; }

        /// <summary>Whether another datagram of a host is taken: of a terminal only so many (requirement R16).</summary>
        /// <param name="peer">Where it comes from.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public bool Admits(DatagramPeer peer, long now)
        {
            int place = PlaceOf(peer);
            return place < 0 || _budgets[place].Take(now);
        }

        /// <summary>The terminal at an address.</summary>
        /// <param name="peer">Where it sends from; the port does not matter.</param>
        /// <returns>The one that has a place, or a new one with the default selectors, which has none until
        /// <see cref="Keep"/>.</returns>
        public Terminal Find(DatagramPeer peer)
        {
            int place = PlaceOf(peer);
            if (place >= 0)
            {
                return _terminals[place];
            }

            _newcomer.Reset();
            return _newcomer;
        }

        /// <summary>Notes that the terminal found last was heard now, and gives it a place if it has none.</summary>
        /// <param name="peer">The same as for <see cref="Find"/>.</param>
        public void Keep(DatagramPeer peer)
        {
            int place = PlaceOf(peer);
            if (place < 0)
            {
                place = Count < _peers.Length ? Count++ : Oldest();
                _peers[place].CopyFrom(peer);
                _budgets[place].Fill();
                Terminal replaced = _terminals[place];
                _terminals[place] = _newcomer;
                _newcomer = replaced;
            }

            _lastUse[place] = ++_use;
        }

        private int PlaceOf(DatagramPeer peer)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_peers[i].IsSameHost(peer))
                {
                    return i;
                }
            }

            return -1;
        }

        private int Oldest()
        {
            int oldest = 0;
            for (int i = 1; i < Count; i++)
            {
                if (_lastUse[i] < _lastUse[oldest])
                {
                    oldest = i;
                }
            }

            return oldest;
        }
    }
}
