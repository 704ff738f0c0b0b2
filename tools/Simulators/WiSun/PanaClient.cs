namespace NanoComm.Simulators.WiSun
{
    /// <summary>The HEMS end's side of PANA: joins, renews at 80 % of the lifetime, ends.</summary>
    internal sealed class PanaClient
    {
        // Timing is our choice: SKJOIN that nobody answers fails after 15 s.
        private const int FirstTimeout = 1000;
        private const int Repetitions = 3;
        private const int Patience = 15_000;
        private const int RefreshPercent = 80;

        private readonly SimulatedModule _module;
        private Exchange _exchange;
        private uint _lastSequence;
        private byte[] _lastAnswer;

        public PanaClient(SimulatedModule module)
        {
            _module = module;
        }

        private enum Purpose
        {
            Join,
            Renew,
            Terminate,
        }

        public PanaSession Session { get; private set; }

        public bool IsJoining => _exchange is { Purpose: Purpose.Join };

        /// <summary>Begins to join; a session that exists is given up.</summary>
        public void Join(Ip6 peer)
        {
            Session = null;
            _lastAnswer = null;
            Begin(new Exchange(Purpose.Join, peer, new PanaMessage { Type = PanaMessage.ClientInitiation }.ToBytes()));
        }

        /// <summary>Renews the session now; false without one.</summary>
        public bool Renew()
        {
            if (Session == null)
            {
                return false;
            }

            if (_exchange == null)
            {
                Begin(new Exchange(Purpose.Renew, Session.Peer, MakeOwn(PanaMessage.Notification,
                    PanaMessage.Request | PanaMessage.Reauthentication)));
            }

            return true;
        }

        /// <summary>Ends the session; false without one.</summary>
        public bool Terminate()
        {
            if (Session == null)
            {
                return false;
            }

            Begin(new Exchange(Purpose.Terminate, Session.Peer,
                MakeOwn(PanaMessage.Termination, PanaMessage.Request)));
            return true;
        }

        public void Hear(Ip6 peer, byte[] bytes, PanaMessage message)
        {
            switch (message.Type)
            {
                case PanaMessage.Authentication when message.IsRequest:
                    HearRequest(peer, bytes, message);
                    break;
                case PanaMessage.Notification when !message.IsRequest:
                    if (_exchange is { Purpose: Purpose.Renew } && IsOfSession(peer, bytes, message))
                    {
                        _exchange.IsAnswered = true;
                    }

                    break;
                case PanaMessage.Termination when IsOfSession(peer, bytes, message):
                    HearTermination(message);
                    break;
                default:
                    break;
            }
        }

        private void HearTermination(PanaMessage message)
        {
            Ip6 peer = Session.Peer;
            if (message.IsRequest)
            {
                _module.SendPana(peer, message.Answer().ToBytes(Session.Key));
                Close();
                _module.Raise(0x26, peer);
                _module.Raise(0x27, peer);
            }
            else if (_exchange is { Purpose: Purpose.Terminate })
            {
                Close();
                _module.Raise(0x27, peer);
            }
        }

        private void HearRequest(Ip6 peer, byte[] bytes, PanaMessage message)
        {
            if (_lastAnswer != null && message.Sequence == _lastSequence && Session?.Peer == peer)
            {
                _module.SendPana(peer, _lastAnswer);
            }

            if (_exchange == null || _exchange.Peer != peer || _exchange.Purpose == Purpose.Terminate
                || (_exchange.Id != 0 && _exchange.Id != message.Session))
            {
                return;
            }

            if (message.Sequence == _exchange.Sequence && _exchange.Answer != null)
            {
                _module.SendPana(peer, _exchange.Answer);
                return;
            }

            _exchange.IsAnswered = true;
            _exchange.Id = message.Session;
            _exchange.Sequence = message.Sequence;
            if ((message.Flags & PanaMessage.Start) != 0)
            {
                Answer(MakeAnswer(PanaMessage.Start)
                    .With(PanaMessage.PrfAvp, 5)
                    .With(PanaMessage.IntegrityAvp, 12)
                    .ToBytes());
            }
            else if ((message.Flags & PanaMessage.Complete) != 0)
            {
                Complete(bytes, message);
            }
            else
            {
                AnswerEap(message.Find(PanaMessage.EapAvp));
            }
        }

        private void AnswerEap(byte[] eap)
        {
            byte[] serverRandom = EapPsk.ReadFirst(eap, _module.RouteBId);
            if (serverRandom != null)
            {
                _exchange.ServerRandom = serverRandom;
                _exchange.ClientRandom = _module.RandomBytes(EapPsk.RandomLength);
                Answer(MakeAnswer()
                    .With(PanaMessage.NonceAvp, _module.RandomBytes(EapPsk.RandomLength))
                    .With(PanaMessage.EapAvp, EapPsk.Second(eap[1], _module.Psk, serverRandom, _exchange.ClientRandom,
                        _module.RouteBId))
                    .ToBytes());
            }
            else if (_exchange.ServerRandom != null && EapPsk.IsThird(eap, _module.Psk, _exchange.ServerRandom,
                _exchange.ClientRandom, _module.RouteBId))
            {
                _exchange.IsProven = true;
                Answer(MakeAnswer()
                    .With(PanaMessage.EapAvp, EapPsk.Fourth(eap[1], _module.Psk, _exchange.ServerRandom))
                    .ToBytes());
            }
            else
            {
                Fail();
            }
        }

        private void Complete(byte[] bytes, PanaMessage message)
        {
            if (!_exchange.IsProven || message.Number(PanaMessage.ResultAvp) != 0)
            {
                Fail();
                return;
            }

            byte[] key = EapPsk.SessionKey(_module.Psk, _exchange.ServerRandom, _exchange.ClientRandom);
            if (message.Number(PanaMessage.LifetimeAvp) is not uint lifetime
                || !PanaMessage.IsAuthentic(bytes, message, key))
            {
                Fail();
                return;
            }

            Ip6 peer = _exchange.Peer;
            _lastAnswer = MakeAnswer(PanaMessage.Complete).With(PanaMessage.KeyIdAvp, 4).ToBytes(key);
            _lastSequence = message.Sequence;
            bool isRefresh = _exchange.Purpose == Purpose.Renew;
            Session = new PanaSession(peer, message.Session, key, _module.Now + (lifetime * 1000L));
            _exchange = null;
            _module.SendPana(peer, _lastAnswer, () => _module.Connected(peer, isRefresh));
            Watch(Session, lifetime);
        }

        private void Watch(PanaSession session, uint lifetime)
        {
            if (_module.Registers.RefreshesItself)
            {
                _module.After(lifetime * 10L * RefreshPercent, () =>
                {
                    if (Session == session)
                    {
                        Renew();
                    }
                });
            }

            _module.After(session.Expires - _module.Now, () =>
            {
                if (Session == session)
                {
                    Close();
                    _module.Raise(0x29, session.Peer);
                }
            });
        }

        private void Close()
        {
            Session = null;
            _exchange = null;
        }

        // A failed renewal leaves the session for the rest of its life.
        private void Fail()
        {
            Ip6 peer = _exchange.Peer;
            bool isTermination = _exchange.Purpose == Purpose.Terminate;
            _exchange = null;
            if (isTermination)
            {
                Close();
            }

            _module.Raise(isTermination ? (byte)0x28 : (byte)0x24, peer);
        }

        private bool IsOfSession(Ip6 peer, byte[] bytes, PanaMessage message)
        {
            return Session != null && Session.Peer == peer && message.Session == Session.Id
                && PanaMessage.IsAuthentic(bytes, message, Session.Key);
        }

        private byte[] MakeOwn(ushort type, int flags)
        {
            return new PanaMessage
            {
                Flags = (ushort)flags,
                Type = type,
                Session = Session.Id,
                Sequence = _module.RandomNumber(),
            }.ToBytes(Session.Key);
        }

        private PanaMessage MakeAnswer(ushort flags = 0)
        {
            return new PanaMessage
            {
                Flags = flags,
                Type = PanaMessage.Authentication,
                Session = _exchange.Id,
                Sequence = _exchange.Sequence,
            };
        }

        private void Answer(byte[] answer)
        {
            _exchange.Answer = answer;
            _module.SendPana(_exchange.Peer, answer);
        }

        private void Begin(Exchange exchange)
        {
            _exchange = exchange;
            exchange.Id = exchange.Purpose == Purpose.Join ? 0 : Session.Id;
            _module.SendPana(exchange.Peer, exchange.Asked);
            Repeat(exchange, FirstTimeout, Repetitions);
            _module.After(Patience, () =>
            {
                if (_exchange == exchange)
                {
                    Fail();
                }
            });
        }

        private void Repeat(Exchange exchange, int timeout, int repetitions)
        {
            _module.After(timeout, () =>
            {
                if (_exchange == exchange && !exchange.IsAnswered && repetitions > 0)
                {
                    _module.SendPana(exchange.Peer, exchange.Asked);
                    Repeat(exchange, timeout * 2, repetitions - 1);
                }
            });
        }

        private sealed class Exchange(Purpose purpose, Ip6 peer, byte[] asked)
        {
            public Purpose Purpose { get; } = purpose;

            public Ip6 Peer { get; } = peer;

            public byte[] Asked { get; } = asked;

            public bool IsAnswered { get; set; }

            public uint Id { get; set; }

            public uint Sequence { get; set; }

            public byte[] Answer { get; set; }

            public byte[] ServerRandom { get; set; }

            public byte[] ClientRandom { get; set; }

            public bool IsProven { get; set; }
        }
    }
}
