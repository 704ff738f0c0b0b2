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
        private readonly PathRules _rules;

        // Those that have a place, then the one that stands for a host without, then places that were never taken.
        private readonly PathTerminal[] _terminals;
        private long _use;

        /// <summary>Makes an empty table.</summary>
        /// <param name="node">The node that the terminals ask.</param>
        /// <param name="rules">How many terminals it tells apart, and how much is taken of each.</param>
        public TerminalTable(EchonetNode node, PathRules rules)
        {
            _rules = rules;
            _terminals = new PathTerminal[rules.Terminals + 1];
            for (int i = 0; i < _terminals.Length; i++)
            {
                _terminals[i] = new PathTerminal(node) { IsAcknowledged = rules.AcknowledgesInfC };
            }
        }

        /// <summary>Terminals seen so far, at most the capacity.</summary>
        public int Count { get; private set; }

        /// <summary>The terminal at an address.</summary>
        /// <param name="peer">Where it sends from; the port does not matter.</param>
        /// <returns>The one that has a place, or a new one with the default selectors, which has none unless it is kept
        /// before the next look-up.</returns>
        public PathTerminal Find(DatagramPeer peer)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_terminals[i].Is(peer))
                {
                    return _terminals[i];
                }
            }

            PathTerminal newcomer = _terminals[Count];
            newcomer.BeginAs(peer, _rules);
            return newcomer;
        }

        /// <summary>Whether another datagram is taken: of a terminal that has a place only so many (requirement R16).
        /// </summary>
        /// <param name="terminal">As found.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public bool Admits(PathTerminal terminal, long now)
        {
            return terminal == _terminals[Count] || terminal.Takes(now, _rules);
        }

        /// <summary>Notes that a terminal asks something, and gives it a place if it has none.</summary>
        /// <param name="terminal">As found.</param>
        public void Keep(PathTerminal terminal)
        {
            terminal.LastUse = ++_use;
            if (terminal != _terminals[Count])
            {
                return;
            }

            if (Count < _rules.Terminals)
            {
                Count++;
                return;
            }

            int oldest = Oldest();
            _terminals[Count] = _terminals[oldest];
            _terminals[oldest] = terminal;
        }

        private int Oldest()
        {
            int oldest = 0;
            for (int i = 1; i < Count; i++)
            {
                if (_terminals[i].LastUse < _terminals[oldest].LastUse)
                {
                    oldest = i;
                }
            }

            return oldest;
        }
    }
}
