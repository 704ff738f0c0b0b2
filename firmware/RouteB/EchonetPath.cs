using NanoComm.Echonet;
using NanoComm.Hal;

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
        private readonly EchonetNode _node;
        private readonly Notifications _notifications;
        private readonly IExchangeObserver _observer;
        private readonly int _echonetPort;
        private readonly long _reopenInterval;
        private readonly DatagramPeer _peer = new DatagramPeer();
        private readonly byte[] _request = new byte[RequestLength];
        private readonly byte[] _response = new byte[EchonetNode.BufferLength];
        private long _nextOpen;

        /// <summary>Makes the path.</summary>
        /// <param name="ports">Its local addresses, one or more.</param>
        /// <param name="echonetPort">The UDP port that answers go to: <see cref="EchonetPort"/> but in tests.</param>
        /// <param name="rules">What is the path's own.</param>
        /// <param name="node">The node.</param>
        /// <param name="observer">Watches, or null.</param>
        public EchonetPath(IDatagramPort[] ports, int echonetPort, PathRules rules, EchonetNode node,
            IExchangeObserver observer)
        {
            _ports = ports;
            _echonetPort = echonetPort;
            _reopenInterval = rules.ReopenInterval;
            Terminals = new TerminalTable(node, rules);
            _node = node;
            _notifications = new Notifications(node);
            _observer = observer;
        }

        /// <summary>The terminals that have asked something.</summary>
        public TerminalTable Terminals { get; }

        /// <summary>Answers sent, notifications not among them.</summary>
        public int Answers { get; private set; }

        /// <summary>Notifications sent to the group or to the terminals, of the node's own accord or asked for.</summary>
        public int NotificationsSent { get; private set; }

        /// <summary>Requests dropped because their terminal had asked too much (requirement R16).</summary>
        public int OverRate { get; private set; }

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
            for (int i = 0; i < _ports.Length; i++)
            {
                if (_ports[i].IsOpen || TryOpen(_ports[i], now))
                {
                    open++;
                    drained &= Drain(_ports[i], now);
                }
            }

            // Where nobody listens, what is new waits for somebody who does.
            long deadline = open > 0 ? Announce(now) : Deadline.Never;
            if (open < _ports.Length && _reopenInterval != Deadline.Never)
            {
                _nextOpen = now < _nextOpen ? _nextOpen : now + _reopenInterval;
                deadline = Deadline.Earlier(deadline, _nextOpen);
            }

            return drained ? deadline : now;
        }

        private bool TryOpen(IDatagramPort port, long now)
        {
            if (now < _nextOpen || !port.Open())
            {
                return false;
            }

            _notifications.LinkUp();
            return true;
        }

        // False when the budget was used up and more may be waiting: other ports and notifications get their turn.
        private bool Drain(IDatagramPort port, long now)
        {
            for (int i = 0; i < DatagramsPerStep; i++)
            {
                int length = port.Receive(_request, _peer);
                if (length < 0)
                {
                    return true;
                }

                PathTerminal terminal = Terminals.Find(_peer);
                if (Terminals.Admits(terminal, now))
                {
                    Handle(port, length, terminal, now);
                }
                else
                {
                    OverRate++;
                }
            }

            return false;
        }

        private void Handle(IDatagramPort port, int requestLength, PathTerminal terminal, long now)
        {
            int length;
            DropReason drop;
            bool isForGroup;
            lock (_node)
            {
                length = _node.Handle(_request, requestLength, terminal, now, _response);
                drop = _node.LastDrop;
                isForGroup = _node.IsForGroup;
            }

            if (drop == DropReason.None && _request[EchonetFrame.EsvOffset] != Esv.InfC)
            {
                Terminals.Keep(terminal);
            }

            if (_observer != null)
            {
                _observer.OnRequest(_peer, _request, requestLength, drop, _response, length);
            }

            if (length == 0)
            {
                return;
            }

            if (isForGroup)
            {
                Publish(length, false);
                return;
            }

            _peer.Port = _echonetPort;
            if (port.Send(_response, length, _peer))
            {
                Answers++;
            }
            else
            {
                SendFailures++;
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

        private void Publish(int length, bool isForTerminals)
        {
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

            if (_observer != null)
            {
                _observer.OnNotification(_response, length);
            }
        }
    }
}
