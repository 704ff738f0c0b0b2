using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Policy;

namespace NanoComm.RouteB
{
    /// <summary>A place of a path, and the terminal that has it: who it is, whether it has proven that the address is its
    /// own, and how many of its requests are taken (requirement R16).</summary>
    public sealed class PathTerminal : Terminal
    {
        /// <summary>No moment.</summary>
        internal const long Never = -1;

        // In millionths: what a rate of 1 a second brings each millisecond is a thousand of them.
        private const long Request = 1000000;

        private readonly DatagramPeer _host = new DatagramPeer();
        private long _saved;

        /// <summary>Makes a place that nobody has.</summary>
        /// <param name="node">The node that the terminal asks.</param>
        /// <param name="burst">Requests saved up.</param>
        internal PathTerminal(EchonetNode node, int burst)
            : base(node)
        {
            _saved = burst * Request;
        }

        /// <summary>Whether somebody has the place.</summary>
        public bool IsTaken
        {
            get { return _host.AddressLength > 0; }
        }

        /// <summary>Whether whoever has it answers at its address.</summary>
        public bool IsProven { get; internal set; }

        /// <summary>Whether it is an IPv4 host.</summary>
        internal bool IsIPv4
        {
            get { return _host.AddressLength == 4; }
        }

        /// <summary>When the place was taken, on the monotonic clock.</summary>
        internal long Since { get; private set; }

        /// <summary>When its last request came.</summary>
        internal long LastUse { get; set; }

        /// <summary>When it was asked last to prove itself, or <see cref="Never"/> since it has the place.</summary>
        internal long AskedAt { get; set; }

        /// <summary>Number of the port that it was heard by last.</summary>
        internal int Port { get; set; }

        /// <summary>Whether it is that host, whatever the port.</summary>
        internal bool Is(DatagramPeer peer)
        {
            return _host.IsSameHost(peer);
        }

        /// <summary>Whether the utility admits it.</summary>
        internal bool IsAdmitted(RouteBPolicy policy, RoutePath path)
        {
            return policy.Admits(path, _host);
        }

        /// <summary>Gives the place to another host, with default selectors. What is saved up belongs to the place: a
        /// budget does not grow by hosts that come and go.</summary>
        internal void BeginAs(DatagramPeer peer, long now)
        {
            _host.CopyFrom(peer);
            IsProven = false;
            Since = now;
            LastUse = now;
            AskedAt = Never;
            Reset();
        }

        /// <summary>Copies the host that it is.</summary>
        internal void CopyHostTo(DatagramPeer peer)
        {
            peer.CopyFrom(_host);
        }

        /// <summary>Nobody has the place any more.</summary>
        internal void End()
        {
            _host.AddressLength = 0;
            IsProven = false;
        }

        /// <summary>Adds what the time has brought.</summary>
        /// <param name="millionths">Of requests.</param>
        /// <param name="burst">Requests saved up at most.</param>
        internal void Save(long millionths, int burst)
        {
            long most = burst * Request;
            long saved = _saved + millionths;
            _saved = saved > most ? most : saved;
        }

        /// <summary>Takes a request.</summary>
        /// <returns>False when it is one too many.</returns>
        internal bool Takes()
        {
            if (_saved < Request)
            {
                return false;
            }

            _saved -= Request;
            return true;
        }
    }
}
