using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Policy;
using NanoComm.Power;

namespace NanoComm.WiSun
{
    /// <summary>
    /// The Wi-SUN path's driver: PAN coordinator and PANA authentication agent by means of a module at a serial line.
    /// Two parts know what that means: <see cref="Port"/>, the session of its one terminal, and the module's health.
    /// Each hears what concerns it, whatever the other is at. Steps like a reaction, in two halves: what was heard
    /// (<see cref="Hear"/>) is answered by the path before the module gets what is to be done next
    /// (<see cref="Work"/>). Allocates nothing after it was made.
    /// </summary>
    public sealed class Coordinator
    {
        private const int MaxReceived = 4;

        // While the longest waits for an answer before it to leave, another of the longest may come in; two more would
        // take the line longer than any answer takes the air.
        private const int ReceivedRoom = 2 * SkParser.MaxDataLength;

        private readonly IClock _clock;
        private readonly IDurableStore _store;
        private readonly RouteBPolicy _policy;
        private readonly IResetLine _reset;
        private readonly PowerGrant _power;
        private readonly WiSunJournal _journal;
        private readonly SkModule _module;
        private readonly ModuleStart _start;
        private readonly ModuleHealth _health;
        private readonly ChannelPlan _plan;
        private readonly TransmitLimit _limit;
        private int _generation;
        private bool _isChanged;
        private bool _hasBegun;
        private bool _isOff;
        private bool _isTakingLeave;
        private bool _isAsked;

        /// <summary>Makes it; nothing is sent before the first step.</summary>
        /// <param name="board">With a Wi-SUN line. Its store has credentials, and keeps channel and PAN id.</param>
        /// <param name="sessionLifetime">How long a session lasts unless the terminal renews it, in seconds: 60 and up.
        /// </param>
        /// <param name="policy">What the utility has decided; subscribed to by whoever starts the path's loop.</param>
        /// <param name="power">Of the module; held while it is out of reset.</param>
        /// <param name="observer">Is told what matters to security, or null.</param>
        public Coordinator(IBoard board, int sessionLifetime, RouteBPolicy policy, PowerGrant power, IWiSunObserver observer)
        {
            _clock = board.Clock;
            _store = board.Store;
            _policy = policy;
            _generation = policy.Generation;
            _reset = board.WiSunReset;
            _power = power;
            _journal = new WiSunJournal(board.Log, observer);
            _module = new SkModule(board.WiSunLine, power, new DatagramQueue(ReceivedRoom, MaxReceived));
            _plan = new ChannelPlan(board.Store, board.Random);
            _limit = new TransmitLimit(_journal);
            var restart = new RestartClock();
            _start = new ModuleStart(_module, _reset, RouteBCredentials.Read(_store), sessionLifetime, _plan, _limit, _journal);
            _health = new ModuleHealth(_module, _start, _plan, _limit, restart, _journal);
            Port = new SessionPort(_module, _limit, restart, _journal, policy, _clock);
        }

        /// <summary>The session of the one terminal.</summary>
        public SessionPort Port { get; }

        /// <summary>The module's share of the power.</summary>
        public PowerGrant Power
        {
            get { return _power; }
        }

        /// <summary>What it is doing.</summary>
        public CoordinatorState State
        {
            get
            {
                if (!IsRouteBOpen)
                {
                    return CoordinatorState.Closed;
                }

                if (!_power.IsOn)
                {
                    return CoordinatorState.NoPower;
                }

                if (!_health.IsReady)
                {
                    return _health.HasFailed ? CoordinatorState.Failed
                        : _health.IsScanning ? CoordinatorState.Scanning
                        : CoordinatorState.Starting;
                }

                return _limit.IsReached ? CoordinatorState.Limited
                    : Port.IsJoined ? CoordinatorState.Joined
                    : CoordinatorState.Ready;
            }
        }

        /// <summary>The channel in use, 0x21…0x3C; 0 before one was chosen.</summary>
        public int Channel
        {
            get { return _plan.IsChosen ? _plan.Channel : 0; }
        }

        /// <summary>The PAN id in use.</summary>
        public int PanId
        {
            get { return _plan.PanId; }
        }

        /// <summary>Module restarts after the first start.</summary>
        public int ModuleRestarts
        {
            get { return _health.Restarts; }
        }

        /// <summary>Lines of the module that could not be understood.</summary>
        public int UnknownLines
        {
            get { return _module.Parser.Unknown; }
        }

        /// <summary>What the module said that could be understood, and of which there was no use in the state it came
        /// in. Datagrams have a count of their own.</summary>
        public int Unused { get; private set; }

        /// <summary>Times that the line to the module did not take a write.</summary>
        public int WriteFailures
        {
            get { return _module.WriteFailures; }
        }

        /// <summary>Milliseconds sent within the last hour.</summary>
        public int TransmitMilliseconds
        {
            get { return _limit.Used(_clock.Milliseconds); }
        }

        /// <summary>A line for a person, without any secret.</summary>
        public string Describe()
        {
            string text = Text(State);
            if (_plan.IsChosen)
            {
                text += ", channel " + Channel.ToString("X2") + ", PAN " + PanId.ToString("X4");
            }

            LinkQuality link = Port.LinkQuality;
            return link.IsKnown ? text + ", " + (link.Hundredths / 100).ToString() + " dBm" : text;
        }

        /// <summary>The first half of a step: takes what the module said and what time has brought.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void Hear(long now)
        {
            Follow(now);
            if (_isOff && !IsRouteBOpen)
            {
                return;
            }

            _module.Step(now);
            SkEventKind kind;
            while ((kind = _module.Next(now)) != SkEventKind.None)
            {
                Take(kind, now);
            }

            Port.CheckTime(now);
            if (_isAsked && _module.IsFree)
            {
                _isAsked = false;
                _health.Conclude(now);
                Port.Conclude(now);
            }
        }

        /// <summary>The second half: gives the module what is to be done next.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>When to step again at the latest.</returns>
        public long Work(long now)
        {
            if (_isChanged)
            {
                Change(now);
            }

            if (!IsRouteBOpen || _power.MustYield || !_power.TurnOn(now))
            {
                return StayOff(now);
            }

            if (_module.IsFree && !_power.Begin(_health.IsScanning ? Urgency.Scan : Urgency.Traffic, now))
            {
                return Deadline.Earlier(_power.RetryAt(now), Port.NextDeadline());
            }

            if (!_hasBegun)
            {
                _hasBegun = true;
                _isOff = false;
                _health.Begin(now);
            }

            string reason = _health.IsReady ? ReasonToRestart(now) : null;
            if (reason != null)
            {
                Restart(reason, now);
            }

            long deadline = _health.IsReady ? Deadline.Never : _health.StepStart(Port.IsJoined, now);
            if (_health.IsReady)
            {
                deadline = Give(now);
            }

            if (!_module.IsBusy)
            {
                _power.End(true, now);
            }

            deadline = Deadline.Earlier(deadline, Port.NextDeadline());
            return Deadline.Earlier(deadline, _module.NextDeadline(now));
        }

        private bool IsRouteBOpen
        {
            get { return _start.Credentials != null; }
        }

        private static bool AreSame(RouteBCredentials one, RouteBCredentials other)
        {
            return one == null || other == null ? one == other
                : Octets.AreEqual(one.Id, 0, other.Id, 0, RouteBCredentials.IdLength)
                    && Octets.AreEqual(one.Password, 0, other.Password, 0, RouteBCredentials.PasswordLength);
        }

        private static string Text(CoordinatorState state)
        {
            switch (state)
            {
                case CoordinatorState.Closed:
                    return "closed";
                case CoordinatorState.Starting:
                    return "starting";
                case CoordinatorState.Scanning:
                    return "scanning";
                case CoordinatorState.Ready:
                    return "ready";
                case CoordinatorState.Joined:
                    return "joined";
                case CoordinatorState.Limited:
                    return "limited";
                case CoordinatorState.NoPower:
                    return "no power";
                default:
                    return "failed";
            }
        }

        // A terminal that is not told would not notice before it renews its session, hours later.
        private string ReasonToRestart(long now)
        {
            string reason = _health.ReasonToRestart(Port, now);
            _isTakingLeave = (_isTakingLeave && _health.ExpectsRestart) || (reason != null && Port.IsJoined);
            if (!_isTakingLeave || !_health.MayTakeLeave(reason, now))
            {
                return reason;
            }

            if (!Port.IsJoined)
            {
                return ModuleHealth.WithoutSession;
            }

            Port.TakeLeave();
            return null;
        }

        // What the utility has decided since the last step.
        private void Follow(long now)
        {
            int generation = _policy.Generation;
            if (generation == _generation)
            {
                return;
            }

            _generation = generation;
            Port.Follow(now);
            RouteBCredentials credentials = RouteBCredentials.Read(_store);
            _isChanged |= !AreSame(credentials, _start.Credentials);
            if (credentials != null)
            {
                credentials.Forget();
            }
        }

        // The session is ended while the module has what it was begun with.
        private void Change(long now)
        {
            if (_hasBegun && _health.IsReady && Port.IsJoined)
            {
                Port.Close();
                return;
            }

            _isChanged = false;
            if (IsRouteBOpen)
            {
                _start.Credentials.Forget();
            }

            _start.Credentials = RouteBCredentials.Read(_store);
            if (_hasBegun && IsRouteBOpen)
            {
                Restart("the utility has changed route-B id and password: the module is restarted", now);
            }
        }

        // A module that cannot be held in reset is told to leave the air.
        private bool IsSilenced(long now)
        {
            if (_reset == null && _power.IsOn)
            {
                if (!_module.IsFree || !_power.Begin(Urgency.Traffic, now))
                {
                    return false;
                }

                _module.Reset(now);
                _power.End(true, now);
            }

            return true;
        }

        private void Restart(string reason, long now)
        {
            _isAsked = false;
            _isTakingLeave = false;
            Port.Forget(now);
            _health.Restart(reason, now);
        }

        // Whoever was joined is not any more. A module without a reset line draws on, and is declared so.
        private long StayOff(long now)
        {
            if (!_isOff)
            {
                if (_hasBegun && !IsRouteBOpen && !IsSilenced(now))
                {
                    return Deadline.Earlier(_power.RetryAt(now), _module.NextDeadline(now));
                }

                _isOff = true;
                _hasBegun = false;
                _isAsked = false;
                _isTakingLeave = false;
                Port.Forget(now);
                _journal.Warn(IsRouteBOpen ? "no power for the module: the path waits for it"
                    : "the B route is closed: the path waits for route-B id and password");
                if (_reset != null)
                {
                    _reset.Set(true);
                }
            }

            if (_reset != null && _power.IsOn)
            {
                _power.TurnOff();
            }

            return IsRouteBOpen ? _power.RetryAt(now) : Deadline.Never;
        }

        private void Take(SkEventKind kind, long now)
        {
            bool isUsed = _module.IsAnswer;
            switch (kind)
            {
                case SkEventKind.Datagram:
                    Port.TakeDatagram(now);
                    return;
                case SkEventKind.Event:
                    isUsed |= Port.TakeEvent(_health.IsOnAir, _health.SessionLifetime, now) || _health.TakeEvent(now);
                    break;
                default:
                    isUsed |= _health.Take(kind, now);
                    break;
            }

            Unused += isUsed ? 0 : 1;
        }

        // One thing at a time; while that is under way, its end comes first.
        private long Give(long now)
        {
            if (!_module.IsFree)
            {
                return Deadline.Never;
            }

            _limit.Look(now);
            _isAsked = _health.Probe(now) || Port.SendNext(now);
            return _isAsked ? Deadline.Never : Deadline.Earlier(_health.NextDeadline(Port, now), Port.NextSending(now));
        }
    }
}
