using System;
using System.Collections.Generic;

namespace NanoComm.Hems
{
    /// <summary>
    /// A controller on the meter's network: datagrams as they are, in the clear. A session is the time in which the meter
    /// answers: it begins with the first answer of its node profile, and ends with a request that is not answered.
    /// </summary>
    public sealed class HemsIpController : HemsLink
    {
        private const int Patience = 2000;
        private const int MostSends = 3;

        // A controller and nothing else.
        private static readonly byte[] Instances = [1, 0x05, 0xFF, 0x01];

        private readonly HemsTimers _timers = new();
        private readonly Queue<(EchonetMessage Message, Action<EchonetMessage> Answered)> _waiting = new();
        private EchonetMessage _asked;
        private Action<EchonetMessage> _answered;
        private ushort _tid;

        /// <summary>Makes a controller; it does nothing before <see cref="Start"/>.</summary>
        /// <param name="options">How it behaves; those of Wi-SUN mean nothing here.</param>
        public HemsIpController(HemsOptions options)
            : base(options)
        {
            Meter = options.Port;
        }

        /// <summary>Datagrams for the meter.</summary>
        public override event Action<ReadOnlyMemory<byte>> Send;

        /// <inheritdoc/>
        public override bool IsEncrypted => false;

        private protected override HemsTimers Timers => _timers;

        /// <summary>Looks whether the meter answers, until it does.</summary>
        public override void Start()
        {
            Post(Approach);
        }

        /// <inheritdoc/>
        public override void Stop()
        {
            Post(() =>
            {
                bool wasJoined = State == HemsState.Joined;
                _timers.Forget();
                State = HemsState.Stopped;
                if (wasJoined)
                {
                    TellLeft();
                }
            });
        }

        /// <summary>Takes a datagram of the meter's.</summary>
        /// <param name="now">The time, ms since some start, never decreasing.</param>
        /// <param name="bytes">The whole datagram.</param>
        public override void Take(long now, ReadOnlySpan<byte> bytes)
        {
            _timers.Step(now);
            EchonetMessage message = EchonetMessage.Parse(bytes);
            if (message == null)
            {
                return;
            }

            if (message.Esv == EchonetMessage.Get)
            {
                Answer(message);
            }
            else if (_asked == null || message.IsNotification || message.Tid != _asked.Tid || message.Seoj != _asked.Deoj)
            {
                TakeUnasked(message);
            }
            else
            {
                Finish(message);
            }
        }

        private protected override void Ask(EchonetMessage message, Action<EchonetMessage> answered)
        {
            _waiting.Enqueue((message, answered));
            Next();
        }

        private protected override void Confirm(EchonetMessage response)
        {
            Send?.Invoke(response.ToBytes());
        }

        private void Approach()
        {
            State = HemsState.Joining;
            var message = new EchonetMessage { Deoj = EchonetMessage.NodeProfile, Esv = EchonetMessage.Get }
                .With(HemsMeter.InstanceListS);
            Begin(message, answer =>
            {
                if (answer != null)
                {
                    Join();
                    Next();
                }
            });
        }

        private void Next()
        {
            if (_asked == null && State == HemsState.Joined
                && _waiting.TryDequeue(out (EchonetMessage Message, Action<EchonetMessage> Answered) next))
            {
                Begin(next.Message, next.Answered);
            }
        }

        private void Begin(EchonetMessage message, Action<EchonetMessage> answered)
        {
            message.Tid = ++_tid;
            (_asked, _answered) = (message, answered);
            Attempt(message, 1);
        }

        private void Attempt(EchonetMessage message, int number)
        {
            Send?.Invoke(message.ToBytes());
            _timers.After(Patience, () =>
            {
                if (_asked != message)
                {
                    return;
                }

                if (number < MostSends)
                {
                    Attempt(message, number + 1);
                }
                else
                {
                    GiveUp();
                }
            });
        }

        private void GiveUp()
        {
            bool wasJoined = State == HemsState.Joined;
            State = HemsState.Joining;
            Tell(wasJoined
                ? "the meter does not answer any more: look at the network and the meter's side; asking again"
                : $"nothing answers ECHONET Lite at {Meter}: look at the address; if it is right, at the meter's side, at a "
                    + "firewall on the way, and whether this side has UDP 3610 for itself");
            Finish(null);
            Approach();
        }

        private void Finish(EchonetMessage answer)
        {
            Action<EchonetMessage> answered = _answered;
            (_asked, _answered) = (null, null);
            answered(answer);
            Next();
        }

        // A meter asks who we are before it keeps what we choose: both answers do (D6).
        private void Answer(EchonetMessage request)
        {
            bool isKnown = request.Deoj == EchonetMessage.NodeProfile
                && request.Properties.TrueForAll(property => property.Epc == HemsMeter.InstanceListS);
            var answer = new EchonetMessage
            {
                Tid = request.Tid,
                Seoj = request.Deoj,
                Deoj = request.Seoj,
                Esv = isKnown ? EchonetMessage.GetRes : EchonetMessage.GetSna,
            };
            foreach ((byte epc, _) in request.Properties)
            {
                answer.With(epc, isKnown ? Instances : []);
            }

            Confirm(answer);
        }
    }
}
