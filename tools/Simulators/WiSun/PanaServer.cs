namespace NanoComm.Simulators.WiSun
{
    /// <summary>
    /// The coordinator's side of PANA: one session at a time. While there is one, only its own client is listened to,
    /// which may also join afresh (it may have been restarted).
    /// </summary>
    internal sealed class PanaServer
    {
        // RFC 5191 leaves timing to the implementation; these are our choice.
        private const int FirstTimeout = 1000;
        private const int Repetitions = 3;

        private readonly SimulatedModule _module;
        private Handshake _handshake;
        private long _timer;

        public PanaServer(SimulatedModule module)
        {
            _module = module;
        }

        private enum Stage
        {
            Start,
            Challenge,
            Proof,
            Complete,
            Termination,
        }

        public PanaSession Session { get; private set; }

        public void Hear(Ip6 peer, byte[] bytes, PanaMessage message)
        {
            switch (message.Type)
            {
                case PanaMessage.ClientInitiation:
                    Begin(peer);
                    break;
                case PanaMessage.Authentication when !message.IsRequest:
                    Continue(peer, bytes, message);
                    break;
                case PanaMessage.Notification when message.IsRequest:
                    Renew(peer, bytes, message);
                    break;
                case PanaMessage.Termination:
                    Terminate(peer, bytes, message);
                    break;
                default:
                    break;
            }
        }

        /// <summary>Asks the client to end the session; false without one.</summary>
        public bool Terminate()
        {
            if (Session == null)
            {
                return false;
            }

            _handshake = new Handshake(Session.Peer, Session.Id, _module.RandomNumber()) { Stage = Stage.Termination };
            Ask(new PanaMessage
            {
                Flags = PanaMessage.Request,
                Type = PanaMessage.Termination,
                Session = Session.Id,
                Sequence = _handshake.Sequence,
            }.ToBytes(Session.Key));
            return true;
        }

        private void Begin(Ip6 peer)
        {
            if ((Session != null && Session.Peer != peer) || (_handshake != null && _handshake.Peer != peer))
            {
                _module.Statistics.Refused++;
                return;
            }

            if (_handshake is { Stage: Stage.Start })
            {
                _module.SendPana(peer, _handshake.Asked);
                return;
            }

            _handshake = new Handshake(peer, _module.RandomNumber(), _module.RandomNumber());
            Ask(MakeRequest(PanaMessage.Start)
                .With(PanaMessage.PrfAvp, 5)
                .With(PanaMessage.IntegrityAvp, 12)
                .ToBytes());
        }

        private void Continue(Ip6 peer, byte[] bytes, PanaMessage message)
        {
            if (_handshake == null || _handshake.Peer != peer || message.Session != _handshake.Id
                || message.Sequence != _handshake.Sequence)
            {
                return;
            }

            switch (_handshake.Stage)
            {
                case Stage.Start:
                    Challenge();
                    break;
                case Stage.Challenge:
                    TakeProof(message.Find(PanaMessage.EapAvp));
                    break;
                case Stage.Proof:
                    TakeEnd(message.Find(PanaMessage.EapAvp));
                    break;
                case Stage.Complete when PanaMessage.IsAuthentic(bytes, message, _handshake.Agreed.Key):
                    Open();
                    break;
                default:
                    break;
            }
        }

        private void Challenge()
        {
            _handshake.Stage = Stage.Challenge;
            _handshake.ServerRandom = _module.RandomBytes(EapPsk.RandomLength);
            Ask(MakeRequest()
                .With(PanaMessage.NonceAvp, _module.RandomBytes(EapPsk.RandomLength))
                .With(PanaMessage.EapAvp,
                    EapPsk.First(_handshake.EapNumber, _handshake.ServerRandom, _module.RouteBId))
                .ToBytes());
        }

        private void TakeProof(byte[] eap)
        {
            byte[] random = EapPsk.ReadSecond(eap, _module.Psk, _handshake.ServerRandom, _module.RouteBId);
            if (random == null)
            {
                Reject();
                return;
            }

            _handshake.ClientRandom = random;
            _handshake.Stage = Stage.Proof;
            _handshake.EapNumber++;
            Ask(MakeRequest()
                .With(PanaMessage.EapAvp, EapPsk.Third(_handshake.EapNumber, _module.Psk, _handshake.ServerRandom,
                    random, _module.RouteBId))
                .ToBytes());
        }

        private void TakeEnd(byte[] eap)
        {
            if (!EapPsk.IsFourth(eap, _module.Psk, _handshake.ServerRandom))
            {
                Reject();
                return;
            }

            byte[] key = EapPsk.SessionKey(_module.Psk, _handshake.ServerRandom, _handshake.ClientRandom);
            uint lifetime = _module.Registers.Lifetime;
            _handshake.Agreed = new PanaSession(_handshake.Peer, _handshake.Id, key, _module.Now + (lifetime * 1000L));
            _handshake.Stage = Stage.Complete;
            Ask(MakeRequest(PanaMessage.Complete)
                .With(PanaMessage.ResultAvp, 0)
                .With(PanaMessage.EapAvp, EapPsk.End(_handshake.EapNumber, true))
                .With(PanaMessage.KeyIdAvp, 4)
                .With(PanaMessage.LifetimeAvp, lifetime)
                .ToBytes(key));
        }

        private void Open()
        {
            bool isRenewal = _handshake.IsRenewal;
            Session = _handshake.Agreed;
            _handshake = null;
            ExpireLater(Session);
            _module.Connected(Session.Peer, isRenewal);
        }

        private void Reject()
        {
            Ip6 peer = _handshake.Peer;
            byte[] refusal = MakeRequest(PanaMessage.Complete)
                .With(PanaMessage.ResultAvp, 1)
                .With(PanaMessage.EapAvp, EapPsk.End(_handshake.EapNumber, false))
                .ToBytes();
            _handshake = null;
            _module.Statistics.Rejected++;
            _module.SendPana(peer, refusal);
            ShowFailure(peer);
        }

        private void Renew(Ip6 peer, byte[] bytes, PanaMessage message)
        {
            if (!IsOfSession(peer, bytes, message) || (message.Flags & PanaMessage.Reauthentication) == 0)
            {
                return;
            }

            _module.SendPana(peer, message.Answer(PanaMessage.Reauthentication).ToBytes(Session.Key));
            if (_handshake == null)
            {
                _handshake = new Handshake(peer, Session.Id, _module.RandomNumber()) { IsRenewal = true };
                Challenge();
            }
        }

        private void Terminate(Ip6 peer, byte[] bytes, PanaMessage message)
        {
            if (!IsOfSession(peer, bytes, message))
            {
                return;
            }

            if (message.IsRequest)
            {
                _module.SendPana(peer, message.Answer().ToBytes(Session.Key));
                Close();
                _module.Raise(0x26, peer);
                _module.Raise(0x27, peer);
            }
            else if (_handshake is { Stage: Stage.Termination } && message.Sequence == _handshake.Sequence)
            {
                Close();
                _module.Raise(0x27, peer);
            }
        }

        private bool IsOfSession(Ip6 peer, byte[] bytes, PanaMessage message)
        {
            return Session != null && Session.Peer == peer && message.Session == Session.Id
                && PanaMessage.IsAuthentic(bytes, message, Session.Key);
        }

        private void Close()
        {
            Session = null;
            _handshake = null;
        }

        private void ExpireLater(PanaSession session)
        {
            _module.After(session.Expires - _module.Now, () =>
            {
                if (Session == session)
                {
                    Close();
                    _module.Raise(0x29, session.Peer);
                }
            });
        }

        private PanaMessage MakeRequest(ushort flags = 0)
        {
            return new PanaMessage
            {
                Flags = (ushort)(PanaMessage.Request | flags),
                Type = PanaMessage.Authentication,
                Session = _handshake.Id,
                Sequence = ++_handshake.Sequence,
            };
        }

        // Sends a request, and again until its answer has moved the handshake on.
        private void Ask(byte[] request)
        {
            _handshake.Asked = request;
            _module.SendPana(_handshake.Peer, request);
            Repeat(_handshake, ++_timer, FirstTimeout, Repetitions);
        }

        private void Repeat(Handshake handshake, long timer, int timeout, int repetitions)
        {
            _module.After(timeout, () =>
            {
                if (_handshake != handshake || _timer != timer)
                {
                    return;
                }

                if (repetitions > 0)
                {
                    _module.SendPana(handshake.Peer, handshake.Asked);
                    Repeat(handshake, timer, timeout * 2, repetitions - 1);
                }
                else
                {
                    GiveUp(handshake);
                }
            });
        }

        private void GiveUp(Handshake handshake)
        {
            _handshake = null;
            if (handshake.Stage == Stage.Termination)
            {
                Close();
                _module.Raise(0x28, handshake.Peer);
            }
            else
            {
                ShowFailure(handshake.Peer);
            }
        }

        private void ShowFailure(Ip6 peer)
        {
            if (_module.Options.FailedJoin == FailedJoinEvent.Event24)
            {
                _module.Raise(0x24, peer);
            }
        }

        private sealed class Handshake(Ip6 peer, uint id, uint sequence)
        {
            public Ip6 Peer { get; } = peer;

            public uint Id { get; } = id;

            public uint Sequence { get; set; } = sequence;

            public Stage Stage { get; set; }

            public bool IsRenewal { get; init; }

            public byte EapNumber { get; set; } = 1;

            public byte[] ServerRandom { get; set; }

            public byte[] ClientRandom { get; set; }

            public byte[] Asked { get; set; }

            public PanaSession Agreed { get; set; }
        }
    }
}
