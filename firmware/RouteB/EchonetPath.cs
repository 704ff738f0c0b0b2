using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Policy;

namespace NanoComm.RouteB
{
    /// <summary>
    /// A path of the B route (Wi-SUN, Wi-Fi, Ethernet, or the PC's network): takes datagrams from its ports to the
    /// node and answers back to the ECHONET Lite port of whoever asked, whatever port he asked from. Every path of a
    /// unit has the same node, one of them at a time.
    /// </summary>
    public sealed class EchonetPath : IReaction
    {
        /// <summary>The UDP port of ECHONET Lite.</summary>
        public const int EchonetPort = 3610;

        // One more than a frame may have, so that a longer one shows.
        private const int RequestLength = EchonetFrame.MaxLength + 1;
        private const int DatagramsPerStep = 64;

        private readonly IDatagramPort[] _ports;
        private readonly PathRules _rules;
        private readonly RouteBPolicy _policy;
        private readonly EchonetNode _node;
        private readonly Notifications _notifications;
        private readonly Refusals _refusals;
        private readonly Admission _admission;
        private readonly Acquaintance _acquaintance;
        private readonly GroupRequests _groupRequests;
        private readonly IExchangeObserver _observer;
        private readonly DatagramPeer _peer = new DatagramPeer();
        private readonly byte[] _request = new byte[RequestLength];
        private readonly byte[] _response = new byte[EchonetNode.BufferLength];
        private long _nextOpen;
        private int _generation = -1;
        private bool _isListed;

        /// <summary>Makes the path.</summary>
        /// <param name="board">Its log and its random source.</param>
        /// <param name="ports">Its local addresses, 1…255, behind the grant of what they send by.</param>
        /// <param name="rules">What is the path's own.</param>
        /// <param name="policy">What the utility has decided; subscribed to by whoever starts the path's loop.</param>
        /// <param name="node">The node.</param>
        /// <param name="observer">Watches, or null.</param>
        /// <param name="securityLog">Is told when somebody asks who is cut off or not admitted; or null.</param>
        public EchonetPath(IBoard board, IDatagramPort[] ports, PathRules rules, RouteBPolicy policy, EchonetNode node,
            IExchangeObserver observer, ISecurityLog securityLog)
        {
            _ports = ports;
            _rules = rules;
            _policy = policy;
            var hash = new HostHash(board.Random);
            _refusals = new Refusals(board.Log, rules.Name, securityLog);
            _admission = new Admission(node, rules, hash, _refusals, board.Random);
            _acquaintance = new Acquaintance(rules, hash, _admission, board.Random);
            _groupRequests = new GroupRequests(rules.GroupRequests, board.Random);
            _node = node;
            _notifications = new Notifications(node);
            _observer = observer;
        }

        /// <summary>The terminals that have a place.</summary>
        public TerminalTable Terminals
        {
            get { return _admission.Terminals; }
        }

        /// <summary>Answers sent, notifications not among them.</summary>
        public int Answers { get; private set; }

        /// <summary>Notifications sent to the group or to the terminals, of the node's own accord or asked for.</summary>
        public int NotificationsSent { get; private set; }

        /// <summary>Nodes told of this one because they had announced themselves.</summary>
        public int Greeted { get; private set; }

        /// <summary>Requests whose selectors were refused, for their sender has no place.</summary>
        public int SelectorsRefused
        {
            get { return _refusals.Selectors; }
        }

        /// <summary>Datagrams that the network refused to take.</summary>
        public int SendFailures { get; private set; }

        /// <summary>Datagrams lost before they were looked at, all ports together.</summary>
        public int Lost
        {
            get
            {
                int lost = 0;
                for (int i = 0; i < _ports.Length; i++)
                {
                    lost += _ports[i].Lost;
                }

                return lost;
            }
        }

        /// <summary>Datagrams that the path refused for a reason of its own; what the node drops, the node counts.</summary>
        public int Drops(DropReason reason)
        {
            return _refusals.Of(reason);
        }

        /// <summary>Has the ports wake a loop. Call once, before the loop starts.</summary>
        public void Notify(ISignal wake)
        {
            for (int i = 0; i < _ports.Length; i++)
            {
                _ports[i].Notify(wake);
            }
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            int open = 0;
            bool drained = true;
            if (_policy.Generation != _generation)
            {
                Follow();
            }

            _admission.Refill(now);
            for (int i = 0; i < _ports.Length; i++)
            {
                if (_ports[i].IsOpen || TryOpen(_ports[i], now))
                {
                    open++;
                    drained &= Drain(i, now);
                }
            }

            AnswerGroup(now);
            Greet(now);
            _refusals.Tell(now);

            // Where nobody listens, what is new waits for somebody who does.
            long deadline = open > 0 ? Announce(now) : Deadline.Never;
            if (open < _ports.Length && _rules.ReopenInterval != Deadline.Never)
            {
                _nextOpen = now < _nextOpen ? _nextOpen : now + _rules.ReopenInterval;
                deadline = Deadline.Earlier(deadline, _nextOpen);
            }

            deadline = Deadline.Earlier(deadline, _groupRequests.NextDeadline);
            deadline = Deadline.Earlier(deadline, _acquaintance.NextDeadline);
            deadline = Deadline.Earlier(deadline, _refusals.NextDeadline);
            return drained ? deadline : now;
        }

        // What the utility has decided since the last step.
        private void Follow()
        {
            _generation = _policy.Generation;
            _isListed = _policy.HasList(_rules.Path);
            _admission.Follow(_policy, _rules.Path);
        }

        // Asked before anything else is: whoever is not admitted gets nothing, not even a question.
        private bool IsRefused()
        {
            bool isRefused = !_policy.Admits(_rules.Path, _peer);
            if (isRefused)
            {
                _refusals.Add(DropReason.NotAdmitted, _peer);
            }

            return isRefused;
        }

        private bool TryOpen(IDatagramPort port, long now)
        {
            if ((now < _nextOpen && !port.IsReady) || !port.Open())
            {
                return false;
            }

            _notifications.LinkUp();
            return true;
        }

        // False when the budget was used up and more may be waiting: other ports and notifications get their turn.
        private bool Drain(int port, long now)
        {
            IDatagramPort source = _ports[port];
            for (int i = 0; i < DatagramsPerStep; i++)
            {
                int length = source.Receive(_request, _peer);
                if (length < 0)
                {
                    return true;
                }

                if (_isListed && IsRefused())
                {
                    continue;
                }

                if (Acquaintance.MayBeProof(_request, length)
                    && _acquaintance.TakeProof(_request, _peer, now, _response, out int questionLength))
                {
                    Send(port, questionLength);
                    continue;
                }

                PathTerminal terminal = _admission.Admit(_peer, now);
                if (terminal != null)
                {
                    Take(port, length, terminal, now);
                }
            }

            return false;
        }

        // What was asked of the group waits a little; what was announced to it is heard at once.
        private void Take(int port, int length, PathTerminal terminal, long now)
        {
            if (_peer.Cast != DatagramCast.Multicast || length <= EchonetFrame.EsvOffset
                || _request[EchonetFrame.EsvOffset] == Esv.Inf)
            {
                Handle(port, length, terminal, now);
            }
            else if (!_groupRequests.Put(_request, length, _peer, port, now))
            {
                Refuse(DropReason.Withheld, length);
            }
        }

        private void AnswerGroup(long now)
        {
            int length;
            while ((length = _groupRequests.Take(now, _request, _peer, out int port)) > 0)
            {
                if (!_isListed || !IsRefused())
                {
                    Handle(port, length, Terminals.Find(_peer) ?? Terminals.Meet(_peer, now), now);
                }
            }
        }

        private void Handle(int port, int requestLength, PathTerminal terminal, long now)
        {
            int length;
            DropReason drop;
            bool isForGroup;
            int refusedSelectors = terminal.RefusedSelectors;
            lock (_node)
            {
                length = _node.Handle(_request, requestLength, terminal, now, _response);
                drop = _node.LastDrop;
                isForGroup = _node.IsForGroup;
            }

            if (terminal.RefusedSelectors != refusedSelectors)
            {
                _refusals.AddSelector(_peer);
            }

            bool isRequest = drop == DropReason.None && _request[EchonetFrame.EsvOffset] != Esv.InfC;
            if (isRequest)
            {
                terminal = Terminals.Keep(terminal, _peer, port, now);
            }
            else if (drop == DropReason.Notification)
            {
                _acquaintance.Hear(_request, requestLength, _peer, port, now);
            }

            int sent = isForGroup ? length * CountReceivers() : length;
            bool isMuch = sent > requestLength * ReflectionBudget.Factor;
            int question = isRequest ? _acquaintance.QuestionTo(terminal, isMuch, now) : 0;
            if (sent + question > 0 && !_admission.Spends(terminal, _peer, requestLength, sent, question))
            {
                Refuse(DropReason.Withheld, requestLength);
            }
            else
            {
                if (_observer != null)
                {
                    _observer.OnRequest(_peer, _request, requestLength, drop, _response, length);
                }

                Answer(port, length, isForGroup);
            }

            if (question > 0)
            {
                terminal.CopyHostTo(_peer);
                Send(port, _acquaintance.Begin(terminal, _peer, now, _response));
            }

            if (isRequest && !terminal.IsProven)
            {
                AskOthers(now);
            }
        }

        // Those who would have to make room for the next one that comes.
        private void AskOthers(long now)
        {
            int length = 1;
            PathTerminal other;
            while (length > 0 && (other = Terminals.NextToAsk()) != null
                && _admission.Unproven.Spends(0, Acquaintance.QuestionLength))
            {
                other.CopyHostTo(_peer);
                length = _acquaintance.Begin(other, _peer, now, _response);
                Send(other.Port, length);
            }
        }

        private int CountReceivers()
        {
            if (GoesToEach())
            {
                return Terminals.Count;
            }

            int open = 0;
            for (int i = 0; i < _ports.Length; i++)
            {
                open += _ports[i].IsOpen ? 1 : 0;
            }

            return open;
        }

        private void Refuse(DropReason reason, int requestLength)
        {
            _refusals.Add(reason, _peer);
            if (_observer != null)
            {
                _observer.OnRequest(_peer, _request, requestLength, reason, _response, 0);
            }
        }

        private void Answer(int port, int length, bool isForGroup)
        {
            if (length == 0)
            {
                return;
            }

            if (isForGroup)
            {
                Publish(length, false);
            }
            else if (Send(port, length))
            {
                Answers++;
            }
        }

        private bool Send(int port, int length)
        {
            _peer.Port = _rules.EchonetPort;
            bool isSent = length == 0 || _ports[port].Send(_response, length, _peer);
            SendFailures += isSent ? 0 : 1;
            return isSent;
        }

        // Those who have announced themselves with a controller are told where the meter is.
        private void Greet(long now)
        {
            int port;
            while ((port = _acquaintance.NextToGreet(now, _peer)) >= 0)
            {
                if (_isListed && !_policy.Admits(_rules.Path, _peer))
                {
                    continue;
                }

                int length;
                lock (_node)
                {
                    length = _notifications.Introduce(now, _response);
                }

                if (Send(port, length))
                {
                    Greeted++;
                    Observe(_peer, length);
                }
            }
        }

        // Everything that is due, and when to come back for more.
        private long Announce(long now)
        {
            for (;;)
            {
                int length;
                lock (_node)
                {
                    length = _notifications.Next(now, _response);
                    if (length == 0)
                    {
                        return _notifications.NextDeadline();
                    }
                }

                Publish(length, _notifications.IsForTerminals);
            }
        }

        // In the group is whoever is cut off, too: while anybody is listed, each terminal is told by itself. A session's is
        // alone in its group.
        private bool GoesToEach()
        {
            return _isListed && !_rules.AreProven;
        }

        private void PublishToEach(int length)
        {
            int port;
            for (int i = 0; (port = Terminals.HostOf(i, _peer)) != TerminalTable.Behind; i++)
            {
                if (port >= 0 && Send(port, length))
                {
                    NotificationsSent++;
                }
            }
        }

        private void Publish(int length, bool isForTerminals)
        {
            if (GoesToEach())
            {
                PublishToEach(length);
                Observe(null, length);
                return;
            }

            for (int i = 0; i < _ports.Length; i++)
            {
                if (!_ports[i].IsOpen)
                {
                    continue;
                }

                bool isSent = isForTerminals ? _ports[i].SendToTerminals(_response, length)
                    : _ports[i].SendToGroup(_response, length);
                if (isSent)
                {
                    NotificationsSent++;
                }
                else
                {
                    SendFailures++;
                }
            }

            Observe(null, length);
        }

        private void Observe(DatagramPeer destination, int length)
        {
            if (_observer != null)
            {
                _observer.OnNotification(destination, _response, length);
            }
        }
    }
}
