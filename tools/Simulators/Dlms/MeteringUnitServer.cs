using System;
using NanoComm.Hal;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>
    /// A metering unit as a DLMS/COSEM server on a byte line. Bytes go in through <see cref="Receive"/> and come out
    /// of <see cref="Send"/> before that call returns; there is no thread and no waiting, so the same unit is an event
    /// handler on a virtual clock and a program on a real line. One caller at a time.
    /// </summary>
    public sealed class MeteringUnitServer
    {
        private readonly SimulatedMeteringUnit _energy;
        private readonly IClock _clock;
        private readonly IRandomSource _random;
        private readonly MeteringUnitOptions _options;

        private IDataLink _link;
        private long _lastByteAt;
        private long _deafUntil;
        private bool _hangsUp;

        /// <summary>Switches a metering unit on.</summary>
        /// <param name="energy">What it measures.</param>
        /// <param name="state">What it keeps.</param>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="random">Challenges come from here.</param>
        /// <param name="options">Sizes and times; null for the usual ones.</param>
        /// <param name="power">Its power, which its store shares; null for one that never fails.</param>
        public MeteringUnitServer(SimulatedMeteringUnit energy, MeteringUnitState state, IClock clock,
            IRandomSource random, MeteringUnitOptions options = null, PowerSupply power = null)
        {
            _energy = energy;
            State = state;
            _clock = clock;
            _random = random;
            _options = options ?? MeteringUnitOptions.For(energy);
            Power = power ?? new PowerSupply();
            PowerUp();
        }

        private MeteringUnitServer(MeteringUnitServer first)
        {
            _energy = first._energy;
            State = first.State;
            _clock = first._clock;
            _random = first._random;
            _options = first._options;
            Power = first.Power;
            MakeLink();
        }

        /// <summary>Takes the bytes that the unit sends, a frame at a time.</summary>
        public event Action<ReadOnlyMemory<byte>> Send;

        /// <summary>It wants no more of this line, and what comes on it is not taken any more until
        /// <see cref="BeginLine"/>: what came cannot be made out.</summary>
        public event Action HangUp;

        /// <summary>One line of text for each thing that happens.</summary>
        public event Action<string> Trace;

        /// <summary>What it keeps.</summary>
        public MeteringUnitState State { get; }

        /// <summary>How it misbehaves.</summary>
        public MeteringUnitFaults Faults { get; } = new();

        /// <summary>How it differs from the usual one.</summary>
        public MeteringUnitQuirks Quirks { get; } = new();

        /// <summary>Its power. When that has failed the unit is dead until it is back and <see cref="Restart"/> is
        /// called.</summary>
        public PowerSupply Power { get; }

        /// <summary>Requests handled since it was made.</summary>
        public long Requests { get; private set; }

        /// <summary>Frames thrown away since it was switched on.</summary>
        public int BadFrames => _link.BadFrames;

        /// <summary>Serves a line.</summary>
        public void Attach(IByteLine line)
        {
            line.Received += bytes => Receive(bytes.Span);
            Send += line.Send;
        }

        /// <summary>The same unit on a line of its own beside this one, with associations of its own: the utility's, while the
        /// communication unit has the other. One caller at a time, on all of them; it knows nothing of <see cref="Restart"/>.</summary>
        public MeteringUnitServer Beside()
        {
            return new MeteringUnitServer(this);
        }

        /// <summary>Takes bytes from the line.</summary>
        public void Receive(ReadOnlySpan<byte> bytes)
        {
            if (Power.IsOff)
            {
                return;
            }

            long now = _clock.Milliseconds;
            bool isLate = now - _lastByteAt > _options.InterOctetTimeout;
            _lastByteAt = now;
            if (now < _deafUntil || Faults.NeverAnswers || !_energy.IsAnswering)
            {
                _link.Ignore(bytes);
                EndLine();
                return;
            }

            if (isLate)
            {
                _link.Pause();
            }

            try
            {
                foreach (byte[] frame in _link.Receive(bytes))
                {
                    Power.Send(frame, part => Send?.Invoke(part));
                }
            }
            catch (PowerCutException) when (Power.IsOff)
            {
                // In the middle of what it did; Power says so.
            }

            EndLine();
        }

        /// <summary>Somebody else may be at the line now: nothing that was opened on it stays open.</summary>
        public void BeginLine()
        {
            _link.Reset();
        }

        /// <summary>Switches it off and on: what is not durable is gone.</summary>
        public void Restart()
        {
            if (!State.Reload())
            {
                throw new InvalidOperationException("The state of the metering unit is gone.");
            }

            PowerUp();
        }

        // After what was good before has been answered.
        private void EndLine()
        {
            if (_hangsUp)
            {
                _hangsUp = false;
                HangUp?.Invoke();
            }
        }

        private void PowerUp()
        {
            MeteringObjects objects = MakeLink();
            State.Events.Add(objects.Time, SecurityEventCode.PowerUp);
            Trace?.Invoke("power up");
        }

        private MeteringObjects MakeLink()
        {
            var objects = new MeteringObjects(_energy, State, Quirks, Faults);
            var server = new DlmsServer(objects, State, _options, Faults, _random);
            server.AuthenticationFailed += () => _deafUntil = _clock.Milliseconds + _options.FailureCost;
            server.Done += (kind, text) => Trace?.Invoke($"SAP {(int)kind} ({kind}): {text}");
            _link = MakeLink(new FaultyHandler(this, server));
            return objects;
        }

        private IDataLink MakeLink(FaultyHandler handler)
        {
            if (_options.IsWrapped)
            {
                return new WrapperServer(_options.UpperAddress, DlmsServer.Saps, _options.MaxReceivePdu, handler, Complain);
            }

            var parameters = new HdlcParameters(_options.MaxInformationLength, _options.MaxInformationLength);
            return new HdlcServer(_options.UpperAddress, _options.LowerAddress, DlmsServer.Saps, parameters,
                _options.MaxReceivePdu, handler);
        }

        private void Complain(string what, bool isTheEnd)
        {
            Trace?.Invoke("wrapper: " + what);
            _hangsUp |= isTheEnd;
        }

        // Lies between the layers to count the requests, and to do what has nothing to do with what is in them.
        private sealed class FaultyHandler(MeteringUnitServer unit, DlmsServer server) : IApduHandler
        {
            public byte[] Handle(byte client, byte[] apdu)
            {
                unit.Requests++;
                if (unit.Faults.RestartsAfter >= 0 && unit.Faults.RestartsAfter-- == 0)
                {
                    unit.Restart();
                    return null;
                }

                return server.Handle(Divert(client), apdu);
            }

            public void Disconnected(byte client)
            {
                server.Disconnected(Divert(client));
            }

            private byte Divert(byte client)
            {
                return unit.Faults.DivertsPairingToPending && client == (byte)SapKind.Pairing ? (byte)SapKind.Pending
                    : client;
            }
        }
    }
}
