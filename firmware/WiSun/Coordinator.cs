using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>
    /// The Wi-SUN path's driver: PAN coordinator and PANA authentication agent by means of a module at a serial line,
    /// and the one session of its terminal as a datagram port. Only datagrams of that session, encrypted and for the
    /// port of the path, get through. Steps like a reaction; allocates nothing after it was made.
    /// </summary>
    public sealed class Coordinator : IDatagramPort
    {
        /// <summary>UDP port of the path, here and at the terminal.</summary>
        public const int UdpPort = 3610;

        internal const string LogName = "wi-sun";

        private const int PanaPort = 716;
        private const int EventPanaFailed = 0x24;
        private const int EventPanaConnected = 0x25;
        private const int EventEndRequested = 0x26;
        private const int EventEnded = 0x27;
        private const int EventEndTimedOut = 0x28;
        private const int EventExpired = 0x29;
        private const int EventLimited = 0x32;
        private const int EventUnlimited = 0x33;

        private const int MaxReceived = 4;
        private const int MaxSilences = 3;
        private const int MaxStrangeSettings = 2;
        private const long ProbeInterval = 60000;
        private const long FirstRetry = 1000;
        private const long LastRetry = 60000;
        private const int FailedAfter = 3;

        // Below the limit a share is kept for announcements, and another for what the module's stack sends by itself.
        private const int AnswerLimit = TransmitAccount.Limit * 8 / 10;
        private const int AnnouncementLimit = TransmitAccount.Limit * 9 / 10;

        // The limit of an hour is over by then, and to start the module does not lift it before.
        private const long LongestLimit = 65 * 60000L;

        // A client that tries to join on and on does not keep a dead module from being started anew.
        private const long LongestJoin = 180000;
        private const long ReportInterval = 60000;

        private static readonly byte[] AllNodes = { 0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };

        private readonly ILog _log;
        private readonly IClock _clock;
        private readonly IResetLine _reset;
        private readonly IWiSunObserver _observer;
        private readonly SkModule _module;
        private readonly ModuleStart _start;
        private readonly ChannelPlan _plan;
        private readonly Session _session = new Session();
        private readonly Outbox _outbox = new Outbox();
        private readonly DatagramQueue _received = new DatagramQueue(MaxReceived);
        private readonly TransmitAccount _account = new TransmitAccount();
        private readonly JoinWatch _joins = new JoinWatch();
        private readonly RestartClock _restart = new RestartClock();
        private readonly bool _hasCredentials;

        private Question _asked;
        private bool _hasBegun;
        private bool _isOpen;
        private bool _isModuleLimited;
        private bool _wasLimited;
        private Question _nextQuestion = Question.Limit;
        private long _limitedAt;
        private long _nextProbe;
        private long _retryAt;
        private long _retryPause = FirstRetry;
        private int _failedStarts;
        private int _strangeSettings;
        private long _nextRefusalReport;
        private long _nextOutsideReport;

        /// <summary>Makes it; nothing is sent before the first step.</summary>
        /// <param name="board">With a Wi-SUN line. Its store has credentials, and keeps channel and PAN id.</param>
        /// <param name="observer">Is told what matters to security, or null.</param>
        public Coordinator(IBoard board, IWiSunObserver observer)
        {
            _log = board.Log;
            _clock = board.Clock;
            _reset = board.WiSunReset;
            _observer = observer;
            _module = new SkModule(board.WiSunLine);
            _plan = new ChannelPlan(board.Store, board.Random);
            RouteBCredentials credentials = RouteBCredentials.Read(board.Store);
            _hasCredentials = credentials != null;
            _start = new ModuleStart(_module, _reset, credentials, _plan, _account, _log);
        }

        private enum Question
        {
            None,
            Datagram,
            Limit,
            TransmitTime,
            Settings,
        }

        /// <summary>What it is doing.</summary>
        public CoordinatorState State
        {
            get
            {
                if (!_hasCredentials)
                {
                    return CoordinatorState.NoCredentials;
                }

                if (!_start.IsDone)
                {
                    return _failedStarts >= FailedAfter ? CoordinatorState.Failed
                        : _start.IsScanning ? CoordinatorState.Scanning
                        : CoordinatorState.Starting;
                }

                return _wasLimited ? CoordinatorState.Limited
                    : _session.IsOpen ? CoordinatorState.Joined
                    : CoordinatorState.Ready;
            }
        }

        /// <summary>Whether a terminal has joined.</summary>
        public bool IsJoined
        {
            get { return _session.IsOpen; }
        }

        /// <summary>IPv6 address of the terminal that has joined, 16 bytes, not to be changed; without meaning while
        /// nobody has.</summary>
        public byte[] Terminal
        {
            get { return _session.Peer; }
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

        /// <summary>How well the terminal is received.</summary>
        public LinkQuality LinkQuality { get; } = new LinkQuality();

        /// <summary>Sessions begun.</summary>
        public int Joins { get; private set; }

        /// <summary>Attempts to join that led to no session.</summary>
        public int RefusedJoins { get; private set; }

        /// <summary>Datagrams of sessions received.</summary>
        public int DatagramsIn { get; private set; }

        /// <summary>Datagrams sent.</summary>
        public int DatagramsOut { get; private set; }

        /// <summary>Datagrams ignored: of the stack itself (PANA), not of the session, not encrypted, or for another
        /// port.</summary>
        public int Ignored { get; private set; }

        /// <summary>Times that EVENT 21 did not say that a datagram was sent, or that it was refused.</summary>
        public int SendFailures { get; private set; }

        /// <summary>Datagrams that were not sent in the end.</summary>
        public int GivenUp
        {
            get { return _outbox.GivenUp; }
        }

        /// <summary>Module restarts after the first start.</summary>
        public int ModuleRestarts { get; private set; }

        /// <summary>Lines of the module that could not be understood.</summary>
        public int UnknownLines
        {
            get { return _module.Parser.Unknown; }
        }

        /// <inheritdoc/>
        public string Name
        {
            get { return "Wi-SUN"; }
        }

        /// <summary>Whether the session is in use. A new session is not until it is opened: so the path notices
        /// it.</summary>
        public bool IsOpen
        {
            get { return _isOpen; }
        }

        /// <inheritdoc/>
        public int Lost { get; private set; }

        /// <summary>Milliseconds sent within the last hour.</summary>
        public int TransmitMilliseconds
        {
            get { return _account.Used(_clock.Milliseconds); }
        }

        /// <summary>A line for a person, without any secret.</summary>
        public string Describe()
        {
            string text = Text(State);
            if (_plan.IsChosen)
            {
                text += ", channel " + Channel.ToString("X2") + ", PAN " + PanId.ToString("X4");
            }

            return LinkQuality.IsKnown ? text + ", " + (LinkQuality.Hundredths / 100).ToString() + " dBm" : text;
        }

        /// <inheritdoc/>
        public bool Open()
        {
            _isOpen = _session.IsOpen;
            return _isOpen;
        }

        /// <inheritdoc/>
        public void Notify(ISignal received)
        {
            _module.Notify(received);
        }

        /// <inheritdoc/>
        public int Receive(byte[] buffer, DatagramPeer sender)
        {
            // What could not be answered waits, and when too much waits, the latest is lost.
            if (_received.Count == 0 || !_outbox.HasRoom)
            {
                return -1;
            }

            Datagram datagram = _received.First;
            int length = datagram.Length;
            for (int i = 0; i < length; i++)
            {
                buffer[i] = datagram.Data[i];
            }

            for (int i = 0; i < SkParser.AddressLength; i++)
            {
                sender.Address[i] = _session.Peer[i];
            }

            sender.AddressLength = SkParser.AddressLength;
            sender.ScopeId = 0;
            sender.Port = datagram.Port;
            _received.Drop();
            return length;
        }

        /// <summary>Sends to the session's terminal, encrypted: to nobody else.</summary>
        public bool Send(byte[] buffer, int length, DatagramPeer destination)
        {
            return _isOpen && destination.AddressLength == SkParser.AddressLength && _session.Is(destination.Address)
                && _outbox.PutAnswer(buffer, length, _clock.Milliseconds);
        }

        /// <summary>Sends to all nodes of the link (ff02::1), encrypted: a meter announces itself there, and the one
        /// node that has the key is the session's terminal.</summary>
        public bool SendToGroup(byte[] buffer, int length)
        {
            return _isOpen && _outbox.PutAnnouncement(buffer, length, _clock.Milliseconds);
        }

        /// <summary>Handles what the module said, and gives it what is to be done next. Call it again after sending.
        /// </summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>When to step again at the latest.</returns>
        public long Step(long now)
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                Begin(now);
            }

            if (!_hasCredentials)
            {
                return Deadline.Never;
            }

            _module.Step(now);
            SkEventKind kind;
            while ((kind = _module.Next(now)) != SkEventKind.None)
            {
                Take(kind, now);
            }

            long deadline = _start.IsDone ? Work(now) : StepStart(now);
            long module = _module.NextDeadline(now);
            return module < deadline ? module : deadline;
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }

        private static bool IsLinkLocal(byte[] address)
        {
            return address[0] == 0xFE && address[1] == 0x80;
        }

        private static string Text(CoordinatorState state)
        {
            switch (state)
            {
                case CoordinatorState.NoCredentials:
                    return "no credentials";
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
                default:
                    return "failed";
            }
        }

        private void Begin(long now)
        {
            if (_hasCredentials)
            {
                _start.Begin(now);
                return;
            }

            _log.Write(LogLevel.Warning, LogName, "no route-B id and password: the path waits for them");
            if (_reset != null)
            {
                _reset.Set(true);
            }
        }

        private long StepStart(long now)
        {
            if (_start.HasFailed)
            {
                if (now < _retryAt)
                {
                    return _retryAt;
                }

                _start.Begin(now);
            }

            long deadline = _start.Step(now);
            if (_start.HasFailed)
            {
                _retryAt = now + _retryPause;
                _retryPause = Earlier(_retryPause * 2, LastRetry);
                _failedStarts++;
                _log.Write(LogLevel.Warning, LogName, "the module does not start");
                return _retryAt;
            }

            if (!_start.IsDone)
            {
                return deadline;
            }

            _retryPause = FirstRetry;
            _failedStarts = 0;
            _asked = Question.None;
            _isModuleLimited = _start.IsLimited;
            _limitedAt = now;
            _strangeSettings = 0;
            _nextQuestion = Question.Limit;
            _nextProbe = now + ProbeInterval;
            _restart.Begin(now);
            _log.Write(LogLevel.Info, LogName, "ready: terminals may join");
            return Work(now);
        }

        private long Work(long now)
        {
            if (now >= _session.Expiry)
            {
                // The module should have ended it long ago.
                EndSession("the session was never renewed", true, now);
                _restart.Hurry(now);
            }

            if (_module.Silences >= MaxSilences)
            {
                Restart("the module does not answer: it is restarted", now);
                return _start.Step(now);
            }

            if (_joins.HasComeToNothing(now))
            {
                Refuse(now);
            }

            if (_module.IsFree)
            {
                Conclude(now);
                if (_strangeSettings >= MaxStrangeSettings)
                {
                    Restart("the module has lost its settings: it is restarted", now);
                    return _start.Step(now);
                }

                if (now >= _restart.Due && MayRestart(now))
                {
                    _restart.Restart();
                    Restart("without a working session for long: the module is restarted", now);
                    return _start.Step(now);
                }

                Give(now);
            }

            return NextDeadline(now);
        }

        private long NextDeadline(long now)
        {
            long deadline = Earlier(_session.Expiry, _joins.NextDeadline);

            // While a command is under way, its end comes first.
            if (_module.IsFree)
            {
                deadline = Earlier(deadline, Earlier(_nextProbe, _outbox.NextDeadline(now)));

                // Once due, it waits for what is under way; where that is more than a client that tries to join, it is
                // looked at again with each probe.
                long restart = now < _restart.Due ? _restart.Due : _joins.QuietAt;
                deadline = restart > now ? Earlier(deadline, restart) : deadline;
            }

            return deadline;
        }

        private bool MayRestart(long now)
        {
            return _outbox.IsEmpty && (now >= _joins.QuietAt || now >= _restart.Due + LongestJoin)
                && !(_isModuleLimited && now < _limitedAt + LongestLimit);
        }

        private void Restart(string why, long now)
        {
            if (_session.IsOpen)
            {
                EndSession("the session ended with the module's restart", false, now);
            }

            ModuleRestarts++;
            _joins.Forget();
            _log.Write(LogLevel.Warning, LogName, why);
            Report(WiSunEvent.ModuleRestarted);
            _start.Begin(now);
        }

        // What became of the last question.
        private void Conclude(long now)
        {
            Question asked = _asked;
            SkResult result = _module.Result;
            _asked = Question.None;
            if (asked == Question.None)
            {
                return;
            }

            if (result == SkResult.TimedOut)
            {
                // Is it still there?
                _nextProbe = now;
            }

            if (asked == Question.Datagram)
            {
                ConcludeDatagram(result, now);
            }
        }

        private void ConcludeDatagram(SkResult result, long now)
        {
            if (result == SkResult.Ok && _module.SendOutcome == SkModule.Sent)
            {
                DatagramsOut++;
                _outbox.Done();
                return;
            }

            SendFailures++;
            _outbox.Retry(now);
        }

        private void Give(long now)
        {
            int used = _account.Used(now);
            NoteLimit(_isModuleLimited || used >= AnswerLimit);
            if (now >= _nextProbe)
            {
                Probe(now);
                return;
            }

            if (!_isOpen)
            {
                return;
            }

            Datagram datagram = _outbox.Choose(!_isModuleLimited && used < AnswerLimit,
                !_isModuleLimited && used < AnnouncementLimit, now);
            if (datagram != null)
            {
                _asked = Question.Datagram;
                _account.Send(datagram.Length, now);
                _module.SendDatagram(_outbox.IsForGroup ? AllNodes : _session.Peer, UdpPort, datagram.Data,
                    datagram.Length, now);
            }
        }

        // Whether it lives, still has the settings it was given, and what it knows of the limit: EVENT 32 or 33 may
        // have been lost.
        private void Probe(long now)
        {
            _asked = _nextQuestion;
            _nextProbe = now;
            switch (_nextQuestion)
            {
                case Question.Limit:
                    _nextQuestion = Question.TransmitTime;
                    _module.GetRegister("SFB", now);
                    break;
                case Question.TransmitTime:
                    _nextQuestion = Question.Settings;
                    _module.GetRegister("SFD", now);
                    break;
                default:
                    _nextQuestion = Question.Limit;
                    _nextProbe = now + ProbeInterval;
                    _module.AskInfo(now);
                    break;
            }
        }

        private void Take(SkEventKind kind, long now)
        {
            if (!_start.IsDone)
            {
                _start.Take(kind);
                return;
            }

            switch (kind)
            {
                case SkEventKind.Datagram:
                    TakeDatagram(now);
                    break;
                case SkEventKind.Event:
                    TakeEvent(now);
                    break;
                case SkEventKind.Register:
                    TakeRegister(now);
                    break;
                case SkEventKind.Info:
                    TakeInfo(now);
                    break;
            }
        }

        // A module that lost its power for a moment answers everything, and lets nobody in. One look may be wrong.
        private void TakeInfo(long now)
        {
            if (_asked != Question.Settings)
            {
                return;
            }

            bool isOurs = _module.Parser.Channel == _plan.Channel && _module.Parser.PanId == _plan.PanId;
            _strangeSettings = isOurs ? 0 : _strangeSettings + 1;
            if (!isOurs)
            {
                _nextQuestion = Question.Settings;
                _nextProbe = now;
            }
        }

        private void TakeRegister(long now)
        {
            if (_asked == Question.Limit)
            {
                SetModuleLimit(_module.Parser.Value != 0, now);
            }
            else if (_asked == Question.TransmitTime)
            {
                _account.TakeReport(_module.Parser.Value, now);
            }
        }

        private void TakeDatagram(long now)
        {
            SkParser parser = _module.Parser;
            if (parser.LocalPort == PanaPort)
            {
                Ignored++;
                _joins.Hear(parser.Address, _session.Is(parser.Address), now);
                return;
            }

            if (!parser.IsSecured || parser.LocalPort != UdpPort || !_session.Is(parser.Address))
            {
                Ignored++;
                if (now >= _nextOutsideReport)
                {
                    _nextOutsideReport = now + ReportInterval;
                    Report(WiSunEvent.DatagramOutsideSession);
                }

                return;
            }

            DatagramsIn++;
            _restart.Hear();
            TakeLqi(parser.Lqi);
            if (!_received.Put(parser.Data, parser.DataLength, parser.RemotePort, now))
            {
                Lost++;
            }
        }

        private void TakeLqi(int lqi)
        {
            if (lqi != SkParser.NoValue && LinkQuality.Take(lqi))
            {
                _log.Write(LinkQuality.IsUsable ? LogLevel.Info : LogLevel.Warning, LogName,
                    LinkQuality.IsUsable ? "link quality is above -80 dBm again" : "link quality is below -80 dBm");
            }
        }

        private void TakeEvent(long now)
        {
            SkParser parser = _module.Parser;
            switch (parser.Number)
            {
                case EventPanaConnected:
                    Join(now);
                    break;
                case EventPanaFailed:
                    _joins.Fail(now);
                    if (_session.Is(parser.Address))
                    {
                        _session.Doubt();
                    }

                    Refuse(now);
                    break;
                case EventEndRequested:
                case EventEnded:
                case EventEndTimedOut:
                    if (_session.Is(parser.Address))
                    {
                        EndSession("the terminal has left", false, now);
                    }

                    break;
                case EventExpired:
                    if (_session.Is(parser.Address))
                    {
                        EndSession("the session expired", true, now);
                    }

                    break;
                case EventLimited:
                    SetModuleLimit(true, now);
                    break;
                case EventUnlimited:
                    SetModuleLimit(false, now);
                    break;
            }
        }

        private void Join(long now)
        {
            SkParser parser = _module.Parser;
            if (!IsLinkLocal(parser.Address))
            {
                // What is left of a line that was cut.
                return;
            }

            _joins.Succeed(parser.Address, now);
            bool isSame = _session.Is(parser.Address);
            bool wasOpen = _session.IsOpen;
            if (!_session.Join(parser.Address, now))
            {
                return;
            }

            if (wasOpen && !isSame)
            {
                Report(WiSunEvent.Left);
            }

            if (!isSame)
            {
                LinkQuality.Forget();
            }

            Empty();
            Joins++;
            _restart.Join(wasOpen, now);
            _log.Write(LogLevel.Info, LogName, "a terminal has joined");
            Report(WiSunEvent.Joined);
        }

        private void EndSession(string why, bool isExpired, long now)
        {
            _session.End();
            Empty();
            _restart.Leave(isExpired, now);
            _log.Write(LogLevel.Info, LogName, why);
            Report(WiSunEvent.Left);
        }

        private void Empty()
        {
            _isOpen = false;
            _received.Clear();
            _outbox.Clear();
        }

        private void Refuse(long now)
        {
            RefusedJoins++;
            if (now >= _nextRefusalReport)
            {
                _nextRefusalReport = now + ReportInterval;
                _log.Write(LogLevel.Warning, LogName, "an attempt to join was refused");
                Report(WiSunEvent.JoinRefused);
            }
        }

        private void SetModuleLimit(bool isLimited, long now)
        {
            _limitedAt = isLimited && !_isModuleLimited ? now : _limitedAt;
            _isModuleLimited = isLimited;
        }

        private void NoteLimit(bool isLimited)
        {
            if (isLimited && !_wasLimited)
            {
                _log.Write(LogLevel.Warning, LogName, "the limit of transmission time is reached");
                Report(WiSunEvent.TransmitLimit);
            }

            _wasLimited = isLimited;
        }

        private void Report(WiSunEvent e)
        {
            if (_observer != null)
            {
                _observer.On(e);
            }
        }
    }
}
