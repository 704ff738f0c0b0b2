using NanoComm.Echonet;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>A terminal of a path: who it is, and how many of its requests are taken: as many as have been saved up,
    /// and no more than so many a second in the long run (requirement R16).</summary>
    public sealed class PathTerminal : Terminal
    {
        private const int Request = 1000;

        private readonly DatagramPeer _host = new DatagramPeer();
        private long _saved;
        private long _at;

        /// <summary>Makes a place for a terminal.</summary>
        /// <param name="node">The node that it asks.</param>
        public PathTerminal(EchonetNode node)
            : base(node)
        {
        }

        /// <summary>Counts the requests of the path: the number of its last one.</summary>
        internal long LastUse { get; set; }

        /// <summary>Whether it is that host, whatever the port.</summary>
        internal bool Is(DatagramPeer peer)
        {
            return _host.IsSameHost(peer);
        }

        /// <summary>Gives the place to another host: default selectors, everything saved up.</summary>
        internal void BeginAs(DatagramPeer peer, PathRules rules)
        {
            _host.CopyFrom(peer);
            _saved = (long)rules.Burst * Request;
            Reset();
        }

        /// <summary>Takes a request.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="rules">How much is taken of it.</param>
        /// <returns>False when it is one too many.</returns>
        internal bool Takes(long now, PathRules rules)
        {
            // So many requests a second are as many thousandths a millisecond.
            long most = (long)rules.Burst * Request;
            _saved += (now - _at) * rules.RequestsPerSecond;
            _at = now;
            if (_saved > most)
            {
                _saved = most;
            }

            bool isTaken = _saved >= Request;
            _saved -= isTaken ? Request : 0;
            return isTaken;
        }
    }
}
