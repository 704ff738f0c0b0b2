using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Policy;

namespace NanoComm.RouteB
{
    /// <summary>
    /// Who is taken on a path, and how much of it (requirement R16). Two budgets that never borrow from each other: one
    /// for the places, of which each has a share, and one for the hosts without. What is refused is refused here, before
    /// anybody looks at what it says.
    /// </summary>
    internal sealed class Admission
    {
        // Budgets are filled up so often: a look at the clock costs less than two divisions.
        private const int RefillInterval = 50;

        private readonly HostHash _hash;

        // None where everybody is proven.
        private readonly StrangerBudget _strangers;
        private readonly Refusals _refusals;
        private readonly bool _areProven;
        private long _refilledAt;

        /// <summary>Makes it.</summary>
        /// <param name="node">The node that is asked.</param>
        /// <param name="rules">How many and how much.</param>
        /// <param name="hash">Numbers of hosts.</param>
        /// <param name="refusals">Counts what is refused.</param>
        /// <param name="random">Decides which hosts share a bucket.</param>
        public Admission(EchonetNode node, PathRules rules, HostHash hash, Refusals refusals, IRandomSource random)
        {
            Terminals = new TerminalTable(node, rules);
            _hash = hash;
            _refusals = refusals;
            _areProven = rules.AreProven;
            _strangers = _areProven ? null : new StrangerBudget(rules.StrangersPerSecond, rules.StrangerBurst, random);
        }

        /// <summary>Who has a place.</summary>
        public TerminalTable Terminals { get; }

        /// <summary>What goes to hosts that have not proven themselves.</summary>
        public ReflectionBudget Unproven { get; } = new ReflectionBudget();

        /// <summary>What goes to the hosts that have, but asked the group: their name may be used by another.</summary>
        public ReflectionBudget Group { get; } = new ReflectionBudget();

        /// <summary>Takes what the utility allows of the path, and ends the places of those whom it does not admit.</summary>
        public void Follow(RouteBPolicy policy, RoutePath path)
        {
            int perSecond = policy.RequestsPerSecondOf(path);
            if (!_areProven)
            {
                _strangers.Limit(perSecond);
            }

            Terminals.EndUnadmitted(policy);
            Terminals.Limit(policy.TerminalsOf(path), perSecond);
        }

        /// <summary>Adds what the time has brought to every budget. Call before datagrams are taken.</summary>
        public void Refill(long now)
        {
            long elapsed = now - _refilledAt;
            if (elapsed >= RefillInterval)
            {
                _refilledAt = now;
                Terminals.Refill(elapsed);
                if (!_areProven)
                {
                    _strangers.Refill(elapsed, now);
                }

                Unproven.Refill(elapsed);
                Group.Refill(elapsed);
            }
        }

        /// <summary>Spends on an answer what goes to its receiver.</summary>
        /// <param name="terminal">Its receiver.</param>
        /// <param name="peer">The sender of the request.</param>
        /// <param name="requestLength">Bytes of the request.</param>
        /// <param name="answerLength">Bytes of the answer, all its copies.</param>
        /// <param name="questionLength">Bytes of the question that goes out in any case.</param>
        /// <returns>False when the answer is to be withheld.</returns>
        public bool Spends(PathTerminal terminal, DatagramPeer peer, int requestLength, int answerLength,
            int questionLength)
        {
            if (terminal.IsProven)
            {
                return peer.Cast != DatagramCast.Multicast || Group.Spends(requestLength, answerLength);
            }

            if (Unproven.Spends(requestLength, answerLength + questionLength))
            {
                return true;
            }

            Unproven.Spends(0, questionLength);
            return false;
        }

        /// <summary>Takes a datagram, or refuses and counts it.</summary>
        /// <param name="peer">Its sender.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>The terminal that sent it; null when it is refused.</returns>
        public PathTerminal Admit(DatagramPeer peer, long now)
        {
            PathTerminal place = Terminals.Find(peer);
            if (place == null && _areProven)
            {
                place = Terminals.Meet(peer, now);
            }

            if (place != null)
            {
                if (place.Takes())
                {
                    return place;
                }

                _refusals.Add(DropReason.OverRate, peer);
                return null;
            }

            bool isTaken = _strangers.Takes(_hash.Of(peer));
            if (isTaken && Terminals.HasRoomFor(peer, now))
            {
                return Terminals.Meet(peer, now);
            }

            _refusals.Add(isTaken ? DropReason.OverLimit : DropReason.NoPlace, peer);
            return null;
        }
    }
}
