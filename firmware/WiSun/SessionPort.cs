using System;
using NanoComm.Bytes;
using NanoComm.Hal;
using NanoComm.Policy;

namespace NanoComm.WiSun
{
    /// <summary>
    /// The one session of a coordinator as a datagram port. Only datagrams of that session, encrypted and for the port
    /// of the path, get through. Whose the session is, events of the module say, in every state that it is in: a
    /// terminal may join as soon as SKSTART has gone out.
    /// </summary>
    public sealed class SessionPort : IDatagramPort
    {
        /// <summary>UDP port of the path, here and at the terminal.</summary>
        public const int UdpPort = 3610;

        private const int PanaPort = 716;

        // 4.8 EVENT.
        private const int PanaFailed = 0x24;
        private const int PanaConnected = 0x25;
        private const int EndRequested = 0x26;
        private const int Ended = 0x27;
        private const int EndTimedOut = 0x28;
        private const int Expired = 0x29;

        // RFC 5191, 6.2: PANA-Client-Initiation, with which a client begins to join.
        private const int PanaTypeAt = 6;
        private const int PanaInitiation = 1;

        private const long ReportInterval = 60000;

        private static readonly byte[] AllNodes = { 0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };

        private readonly SkModule _module;
        private readonly DatagramQueue _received;
        private readonly TransmitLimit _limit;
        private readonly RestartClock _restart;
        private readonly WiSunJournal _journal;
        private readonly RouteBPolicy _policy;
        private readonly IClock _clock;
        private readonly Session _session = new Session();
        private readonly Outbox _outbox = new Outbox();
        private readonly JoinWatch _joins = new JoinWatch();
        private readonly Parting _parting = new Parting();
        private bool _isSending;
        private bool _isClosed;
        private bool _isRefused;
        private long _nextRefusedEnd;
        private long _nextRefusalReport;
        private long _nextOutsideReport;
        private long _nextUnknownEnd;

        internal SessionPort(SkModule module, TransmitLimit limit, RestartClock restart, WiSunJournal journal,
            RouteBPolicy policy, IClock clock)
        {
            _policy = policy;
            _module = module;
            _received = module.Parser.Received;
            _limit = limit;
            _restart = restart;
            _journal = journal;
            _clock = clock;
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

        /// <summary>Whether the session is in use. One that is new or renewed is not until it is opened: so the path
        /// notices it, and announces itself to a terminal that may have started anew.</summary>
        public bool IsOpen { get; private set; }

        /// <inheritdoc/>
        public bool IsReady
        {
            get { return _session.IsOpen && !IsOpen && !_isClosed; }
        }

        /// <summary>Datagrams of the session for which there was no room: more came than could be answered.</summary>
        public int Lost { get; private set; }

        /// <summary>When nobody has tried to join for as long as a client tries.</summary>
        internal long QuietAt
        {
            get { return _joins.QuietAt; }
        }

        /// <summary>Whether nothing waits to be sent.</summary>
        internal bool IsIdle
        {
            get { return _outbox.IsEmpty; }
        }

        /// <inheritdoc/>
        public bool Open()
        {
            IsOpen = _session.IsOpen && !_isClosed;
            return IsOpen;
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

            int length = _received.FirstLength;
            Array.Copy(_received.Bytes, 0, buffer, 0, length);
            Array.Copy(_session.Peer, 0, sender.Address, 0, SkParser.AddressLength);
            sender.AddressLength = SkParser.AddressLength;
            sender.ScopeId = 0;
            sender.Port = _received.FirstMark;
            _received.Drop();
            return length;
        }

        /// <summary>Sends to the session's terminal, encrypted: to nobody else.</summary>
        public bool Send(byte[] buffer, int length, DatagramPeer destination)
        {
            return MaySend() && destination.AddressLength == SkParser.AddressLength && _session.Is(destination.Address)
                && _outbox.PutAnswer(buffer, length, _clock.Milliseconds);
        }

        /// <summary>Sends to all nodes of the link (ff02::1), encrypted: a meter announces itself there, and the one
        /// node that has the key is the session's terminal.</summary>
        public bool SendToGroup(byte[] buffer, int length)
        {
            return MaySend() && _outbox.PutAnnouncement(buffer, length, true, _clock.Milliseconds);
        }

        /// <summary>Sends to the session's terminal, encrypted, behind its answers: the same as to the group, but for the
        /// address.</summary>
        public bool SendToTerminals(byte[] buffer, int length)
        {
            return MaySend() && _outbox.PutAnnouncement(buffer, length, false, _clock.Milliseconds);
        }

        /// <summary>Takes the datagram in the parser.</summary>
        internal void TakeDatagram(long now)
        {
            SkParser parser = _module.Parser;
            if (parser.LocalPort == PanaPort)
            {
                Ignored++;
                HearPana(now);
                return;
            }

            if (!parser.IsSecured || parser.LocalPort != UdpPort || !_session.Is(parser.Address) || _isClosed)
            {
                Ignored++;
                IgnoreStranger(now);
                return;
            }

            DatagramsIn++;
            _session.Hear(now);
            _restart.Hear();
            TakeLqi(parser.Lqi);
            if (parser.HasData)
            {
                _received.Keep(parser.DataLength, parser.RemotePort, now);
            }
            else
            {
                Lost++;
            }
        }

        /// <summary>Takes the EVENT in the parser.</summary>
        /// <param name="isOnAir">Whether the module has been told to let terminals join.</param>
        /// <param name="lifetime">How long a session lasts that begins now, in seconds.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>False when it says nothing of a session.</returns>
        internal bool TakeEvent(bool isOnAir, int lifetime, long now)
        {
            SkParser parser = _module.Parser;
            bool isOurs = _session.Is(parser.Address);
            switch (parser.Number)
            {
                case PanaConnected:
                    // Without a link-local address it is what is left of a line that was cut.
                    return isOnAir && IsLinkLocal(parser.Address) && Join(parser.Address, lifetime, isOurs, now);
                case PanaFailed:
                    Fail(isOurs, now);
                    return true;
                case EndRequested:
                case Ended:
                case EndTimedOut:
                    return TakeEnd(isOurs, now);
                case Expired:
                    return isOurs && EndSession("the session expired", true, now);
                default:
                    return false;
            }
        }

        /// <summary>The utility has decided something: a terminal that it does not admit any more is sent nothing from now on,
        /// and its session ends.</summary>
        internal void Follow(long now)
        {
            bool isRefused = _session.IsOpen && !_policy.Admits(RoutePath.WiSun, _session.Host);
            if (isRefused && !_isRefused)
            {
                _nextRefusedEnd = now;
            }

            _isRefused = isRefused;
            if (isRefused)
            {
                _outbox.Clear();
            }
        }

        /// <summary>There will be other credentials, or none: nothing is taken or sent any more until the module starts anew,
        /// and the session ends.</summary>
        internal void Close()
        {
            _isClosed = true;
            Empty();
            Part("the utility has closed the B route or changed it: the session is ended");
        }

        /// <summary>Does what is due.</summary>
        internal void CheckTime(long now)
        {
            if (_isRefused && now >= _nextRefusedEnd && _session.IsOpen)
            {
                EndRefused(now);
            }

            if (now >= _session.Expiry)
            {
                // The module should have ended it long ago.
                EndSession("the session was never renewed", true, now);
                _restart.Hurry(now);
            }

            if (now >= _parting.Latest)
            {
                EndParting("the module does not end the session", now);
                _restart.Hurry(now);
            }

            if (_joins.HasComeToNothing(now))
            {
                Refuse(now);
                GiveWay(now);
            }
        }

        /// <summary>The module is to be started anew: the session is ended before.</summary>
        internal void TakeLeave()
        {
            Part("nothing was heard of the terminal since it has joined: the session is ended");
        }

        /// <summary>The module starts anew: there is no session any more, and nobody joins.</summary>
        internal void Forget(long now)
        {
            if (_session.IsOpen)
            {
                EndSession("the session ended with the module's restart", false, now);
            }

            _parting.End();
            _isSending = false;
            _isClosed = false;
            _joins.Forget();
        }

        /// <summary>Gives the module what is next: the end of the session, or a datagram. Call while it is
        /// free.</summary>
        /// <returns>False when there is nothing now.</returns>
        internal bool SendNext(long now)
        {
            if (_parting.IsWanted)
            {
                _parting.Tell(now);
                _module.EndSession(now);
                return true;
            }

            DatagramQueue chosen = IsOpen ? _outbox.Choose(!_limit.IsReached, _limit.MayAnnounce, now) : null;
            if (chosen == null)
            {
                return false;
            }

            _isSending = true;
            _limit.Send(chosen.FirstLength, now);
            _module.SendDatagram(_outbox.IsForGroup ? AllNodes : _session.Peer, UdpPort, chosen.Bytes,
                chosen.FirstLength, now);
            return true;
        }

        /// <summary>The module is free again: looks what became of what it was given.</summary>
        internal void Conclude(long now)
        {
            if (_parting.IsTold)
            {
                ConcludeParting(now);
            }

            if (!_isSending)
            {
                return;
            }

            _isSending = false;
            if (_module.Result == SkResult.Ok && _module.SendOutcome == SkModule.Sent)
            {
                DatagramsOut++;
                _outbox.Done();
                return;
            }

            SendFailures++;
            if (_outbox.Retry(now) && _session.IsSilent(now))
            {
                Part("of the terminal nothing was heard for half an hour, and nothing reaches it: the session is ended");
            }
        }

        /// <summary>When something is due, whatever the module does.</summary>
        internal long NextDeadline()
        {
            long deadline = Deadline.Earlier(Deadline.Earlier(_session.Expiry, _parting.Latest), _joins.NextDeadline);
            return _isRefused && _session.IsOpen && !_parting.IsUnderWay ? Deadline.Earlier(deadline, _nextRefusedEnd) : deadline;
        }

        /// <summary>When something may be sent that may not be now.</summary>
        internal long NextSending(long now)
        {
            return _outbox.NextDeadline(now);
        }

        private static bool IsLinkLocal(byte[] address)
        {
            return address[0] == 0xFE && address[1] == 0x80;
        }

        private void TakeLqi(int lqi)
        {
            if (lqi == SkParser.NoValue || !LinkQuality.Take(lqi))
            {
                return;
            }

            if (LinkQuality.IsUsable)
            {
                _journal.Note("link quality is above -80 dBm again");
            }
            else
            {
                _journal.Warn("link quality is below -80 dBm");
            }
        }

        private bool Join(byte[] address, int lifetime, bool isSame, long now)
        {
            _joins.Succeed(address, now);
            _parting.End();
            bool wasOpen = _session.IsOpen;
            if (!_session.Join(address, lifetime, now))
            {
                // A terminal that has started anew just when it would have renewed its session looks the same.
                IsOpen = false;
                return true;
            }

            if (wasOpen && !isSame)
            {
                _journal.Report(WiSunEvent.Left);
            }

            if (!isSame)
            {
                LinkQuality.Forget();
            }

            Empty();
            Joins++;
            _restart.Join(wasOpen, now);
            _journal.Note("a terminal has joined");
            _journal.Report(WiSunEvent.Joined);
            Follow(now);
            return true;
        }

        private void Fail(bool isOurs, long now)
        {
            _joins.Fail(now);
            if (isOurs)
            {
                _session.Doubt();
            }
            else if (IsLinkLocal(_module.Parser.Address))
            {
                GiveWay(now);
            }

            Refuse(now);
        }

        // What the module's stack is told shows who tries to join; it answers nobody else while it holds a session. The
        // session's own terminal may join anew at any time: for it the way is free unless that comes to nothing.
        private void HearPana(long now)
        {
            byte[] address = _module.Parser.Address;
            bool isOurs = _session.Is(address);
            _joins.Hear(address, isOurs && !IsInitiation(), now);
            if (!isOurs)
            {
                GiveWay(now);
            }
        }

        // What the module has deciphered is of a session that it holds: where the unit knows of none, its EVENT 25 was
        // lost. A terminal that is told so joins again at once, and is ignored until it finds out otherwise.
        private void IgnoreStranger(long now)
        {
            if (now >= _nextOutsideReport)
            {
                _nextOutsideReport = now + ReportInterval;
                _journal.Report(WiSunEvent.DatagramOutsideSession);
            }

            if (!_session.IsOpen && _module.Parser.IsSecured && now >= _nextUnknownEnd)
            {
                _nextUnknownEnd = now + ReportInterval;
                Part("the module holds a session that it did not tell of: it is ended");
            }
        }

        private bool IsInitiation()
        {
            SkParser parser = _module.Parser;
            return parser.HasData && parser.DataLength > PanaTypeAt + 1
                && BigEndian.ReadU16(_received.Bytes, _received.End + PanaTypeAt) == PanaInitiation;
        }

        // Who merely tries ends no session that is used.
        private void GiveWay(long now)
        {
            if (_isRefused && _session.IsOpen)
            {
                _nextRefusedEnd = now;
            }
            else if (_session.IsSilent(now))
            {
                Part("of the terminal nothing was heard for half an hour, and somebody tries to join: the session is ended");
            }
        }

        private bool MaySend()
        {
            return IsOpen && !_isRefused;
        }

        // The module lets in whoever knows the password. One that comes back at once is left alone for a minute, unheard,
        // unless somebody else tries to join: else the two would do nothing but join and part.
        private void EndRefused(long now)
        {
            _nextRefusedEnd = now + ReportInterval;
            _journal.Report(WiSunEvent.JoinedCutOff);
            Part("the utility has cut the terminal off or does not admit it: the session is ended");
        }

        private void Part(string why)
        {
            if (!_parting.IsUnderWay)
            {
                _parting.Begin();
                _journal.Warn(why);
            }
        }

        private void ConcludeParting(long now)
        {
            _parting.Await();
            if (_module.Result == SkResult.Failed)
            {
                EndParting("the module knows of no session", now);
            }
        }

        private void EndParting(string why, long now)
        {
            _parting.End();
            if (_session.IsOpen)
            {
                EndSession(why, true, now);
            }
        }

        private bool TakeEnd(bool isOurs, long now)
        {
            bool isAsked = _parting.IsUnderWay;
            if (isOurs)
            {
                return EndSession(isAsked ? "the session is ended" : "the terminal has left", isAsked, now);
            }

            if (isAsked && !_session.IsOpen)
            {
                _parting.End();
                return true;
            }

            return false;
        }

        private bool EndSession(string why, bool isExpired, long now)
        {
            _session.End();
            _parting.End();
            Empty();
            _restart.Leave(isExpired, now);
            _journal.Note(why);
            _journal.Report(WiSunEvent.Left);
            return true;
        }

        private void Empty()
        {
            IsOpen = false;
            _received.Clear();
            _outbox.Clear();
        }

        private void Refuse(long now)
        {
            RefusedJoins++;
            if (now >= _nextRefusalReport)
            {
                _nextRefusalReport = now + ReportInterval;
                _journal.Warn("an attempt to join was refused");
                _journal.Report(WiSunEvent.JoinRefused);
            }
        }
    }
}
