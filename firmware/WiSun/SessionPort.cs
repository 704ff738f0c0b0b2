using System;
using NanoComm.Hal;

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

        private const long ReportInterval = 60000;

        private static readonly byte[] AllNodes = { 0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };

        private readonly SkModule _module;
        private readonly DatagramQueue _received;
        private readonly TransmitLimit _limit;
        private readonly RestartClock _restart;
        private readonly WiSunJournal _journal;
        private readonly IClock _clock;
        private readonly Session _session = new Session();
        private readonly Outbox _outbox = new Outbox();
        private readonly JoinWatch _joins = new JoinWatch();
        private bool _isSending;
        private long _nextRefusalReport;
        private long _nextOutsideReport;

        internal SessionPort(SkModule module, TransmitLimit limit, RestartClock restart, WiSunJournal journal,
            IClock clock)
        {
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

        /// <summary>Whether the session is in use. A new session is not until it is opened: so the path notices
        /// it.</summary>
        public bool IsOpen { get; private set; }

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
            IsOpen = _session.IsOpen;
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
            return IsOpen && destination.AddressLength == SkParser.AddressLength && _session.Is(destination.Address)
                && _outbox.PutAnswer(buffer, length, _clock.Milliseconds);
        }

        /// <summary>Sends to all nodes of the link (ff02::1), encrypted: a meter announces itself there, and the one
        /// node that has the key is the session's terminal.</summary>
        public bool SendToGroup(byte[] buffer, int length)
        {
            return IsOpen && _outbox.PutAnnouncement(buffer, length, true, _clock.Milliseconds);
        }

        /// <summary>Sends to the session's terminal, encrypted, behind its answers: the same as to the group, but for the
        /// address.</summary>
        public bool SendToTerminals(byte[] buffer, int length)
        {
            return IsOpen && _outbox.PutAnnouncement(buffer, length, false, _clock.Milliseconds);
        }

        /// <summary>Takes the datagram in the parser.</summary>
        internal void TakeDatagram(long now)
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
                    _journal.Report(WiSunEvent.DatagramOutsideSession);
                }

                return;
            }

            DatagramsIn++;
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
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>False when it says nothing of a session.</returns>
        internal bool TakeEvent(bool isOnAir, long now)
        {
            SkParser parser = _module.Parser;
            bool isOurs = _session.Is(parser.Address);
            switch (parser.Number)
            {
                case PanaConnected:
                    // Without a link-local address it is what is left of a line that was cut.
                    return isOnAir && IsLinkLocal(parser.Address) && Join(parser.Address, isOurs, now);
                case PanaFailed:
                    Fail(isOurs, now);
                    return true;
                case EndRequested:
                case Ended:
                case EndTimedOut:
                    return isOurs && EndSession("the terminal has left", false, now);
                case Expired:
                    return isOurs && EndSession("the session expired", true, now);
                default:
                    return false;
            }
        }

        /// <summary>Does what is due.</summary>
        internal void CheckTime(long now)
        {
            if (now >= _session.Expiry)
            {
                // The module should have ended it long ago.
                EndSession("the session was never renewed", true, now);
                _restart.Hurry(now);
            }

            if (_joins.HasComeToNothing(now))
            {
                Refuse(now);
            }
        }

        /// <summary>The module starts anew: there is no session any more, and nobody joins.</summary>
        internal void Forget(long now)
        {
            if (_session.IsOpen)
            {
                EndSession("the session ended with the module's restart", false, now);
            }

            _isSending = false;
            _joins.Forget();
        }

        /// <summary>Gives the module the next datagram. Call while it is free.</summary>
        /// <returns>False when there is none to be sent now.</returns>
        internal bool SendNext(long now)
        {
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

        /// <summary>The module is free again: looks what became of a datagram.</summary>
        internal void Conclude(long now)
        {
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
            _outbox.Retry(now);
        }

        /// <summary>When something is due, whatever the module does.</summary>
        internal long NextDeadline()
        {
            long expiry = _session.Expiry;
            long refusal = _joins.NextDeadline;
            return expiry < refusal ? expiry : refusal;
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

        private bool Join(byte[] address, bool isSame, long now)
        {
            _joins.Succeed(address, now);
            bool wasOpen = _session.IsOpen;
            if (!_session.Join(address, now))
            {
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
            return true;
        }

        private void Fail(bool isOurs, long now)
        {
            _joins.Fail(now);
            if (isOurs)
            {
                _session.Doubt();
            }

            Refuse(now);
        }

        private bool EndSession(string why, bool isExpired, long now)
        {
            _session.End();
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
