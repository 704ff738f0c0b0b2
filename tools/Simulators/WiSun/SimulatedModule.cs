using System;
using System.Collections.Generic;
using NanoComm.Hal;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>
    /// A Wi-SUN module with SKSTACK-IP, as coordinator (SKSTART) or at the HEMS end (SKJOIN), on a byte line and in an
    /// air. Nothing in it waits: it is an event handler of the air's clock, so the same module runs in virtual time
    /// and behind a real line. It shares no code with the firmware that drives it.
    /// </summary>
    public sealed class SimulatedModule
    {
        private const int InputLength = 2048;
        private const int MinuteMilliseconds = 60_000;

        private readonly Queue<byte> _input = new();
        private readonly ModuleOutput _output;
        private readonly ModuleParser _parser;
        private readonly TransmitAccount _account = new();
        private long _startedAt;
        private long _bootedAt;
        private bool _isBusy;
        private bool _isPumping;
        private bool _isHeld;

        /// <summary>Puts a module into an air, ready: its power has been there for long.</summary>
        /// <param name="air">The air.</param>
        /// <param name="options">What it is; null for a BP35A1.</param>
        public SimulatedModule(WiSunAir air, ModuleOptions options = null)
        {
            Air = air;
            Options = options ?? new ModuleOptions();
            Mac = Options.Mac;
            Flash = new ModuleFlash { Option = Options.FactoryOption };
            _output = new ModuleOutput(this, bytes => Send?.Invoke(bytes));
            Commands = new ModuleCommands(this, _output);
            _parser = new ModuleParser(Commands, _output);
            Radio = new ModuleRadio(this, _output);
            Reset = new ResetLine(this);
            Number = air.Add(this);
        }

        /// <summary>Takes what the module says.</summary>
        public event Action<ReadOnlyMemory<byte>> Send;

        /// <summary>An event that its host is shown, by its number (25 …) and the address in it; on the air's clock.</summary>
        public event Action<byte, Ip6> Raised;

        /// <summary>It starts again, and knows nothing of its session any more: SKRESET, the reset line, or its power; on the air's
        /// clock.</summary>
        public event Action Restarting;

        /// <summary>The air it is in.</summary>
        public WiSunAir Air { get; }

        /// <summary>How it was made.</summary>
        public ModuleOptions Options { get; }

        /// <summary>How it misbehaves.</summary>
        public ModuleFaults Faults { get; } = new();

        /// <summary>What it has done.</summary>
        public ModuleStatistics Statistics { get; } = new();

        /// <summary>Its reset input.</summary>
        public IResetLine Reset { get; }

        /// <summary>Its MAC address.</summary>
        public ulong Mac { get; internal set; }

        /// <summary>Its link-local address.</summary>
        public Ip6 Address => Ip6.LinkLocal(Mac);

        /// <summary>The peer of its PANA session, or null without one.</summary>
        public Ip6? SessionPeer => Radio.Session?.Peer;

        /// <summary>Its logical channel (S02).</summary>
        public byte Channel => Registers.Channel;

        /// <summary>Its PAN (S03).</summary>
        public ushort Pan => Registers.Pan;

        /// <summary>Whether it may not send any more within this hour (EVENT 32 … 33, SFB).</summary>
        public bool IsLimited { get; private set; }

        /// <summary>Milliseconds sent since it started (SFD). Whether real modules count from there is not
        /// documented.</summary>
        public long TransmitMilliseconds { get; private set; }

        /// <summary>Milliseconds sent within the last hour: what the limit is about.</summary>
        public int TransmitMillisecondsOfHour
        {
            get
            {
                _account.Advance(Now);
                return _account.Sum;
            }
        }

        /// <summary>How often it started, the first time not counted.</summary>
        public long PowerUps { get; private set; }

        internal int Number { get; }

        internal ModuleRegisters Registers { get; set; } = new();

        internal ModuleFlash Flash { get; }

        internal ModuleCommands Commands { get; }

        internal ModuleRadio Radio { get; private set; }

        /// <summary>Counts starts and soft resets: what was begun in an earlier one is void.</summary>
        internal long Generation { get; private set; }

        internal long Now => Air.Clock.Milliseconds;

        internal bool IsDead => _isHeld || Faults.IsDead
            || (Faults.DiesAfter > 0 && Now - _startedAt >= Faults.DiesAfter);

        internal bool IsPanaDead => Faults.PanaDiesAfter > 0 && Now - _startedAt >= Faults.PanaDiesAfter;

        internal byte[] Psk => Commands.Psk;

        internal string RouteBId => Commands.RouteBId;

        private bool IsDeaf => IsDead || Now < _bootedAt;

        /// <summary>Serves a line.</summary>
        public void Attach(IByteLine line)
        {
            line.Received += Receive;
            Send += line.Send;
        }

        /// <summary>Takes bytes from the host; they are not needed after the call.</summary>
        public void Receive(ReadOnlyMemory<byte> bytes)
        {
            Air.Clock.Enter(() =>
            {
                UpdateLimit();
                foreach (byte value in bytes.Span)
                {
                    Take(value);
                    Pump();
                }

                _output.FlushEcho();
            });
        }

        /// <summary>Takes its power away for a moment: it starts again, and prints nothing.</summary>
        public void GlitchPower()
        {
            Air.Clock.Enter(Boot);
        }

        /// <summary>Ends its session as a coordinator may by itself (RFC 5191 4.3): both hosts see it as EVENT 27, or as 28
        /// where the other end does not answer.</summary>
        /// <returns>False without a session.</returns>
        public bool EndSession()
        {
            bool isThere = false;
            Air.Clock.Enter(() => isThere = Radio.Server.Terminate());
            return isThere;
        }

        internal bool IsTunedTo(AirFrame frame)
        {
            return !IsDeaf && Radio.IsTunedTo(frame);
        }

        internal void Hear(AirFrame frame, byte lqi)
        {
            if (IsTunedTo(frame))
            {
                Radio.Hear(frame, lqi);
            }
        }

        internal void SendPana(Ip6 peer, byte[] message, Action sent = null)
        {
            if (!IsPanaDead)
            {
                Radio.SendPana(peer, message, sent);
            }
        }

        /// <summary>Shows an event to the host.</summary>
        internal void Raise(byte number, Ip6 address, int parameter = -1)
        {
            Statistics.CountEvent(number);
            _output.Line($"EVENT {number:X2} {address}" + (Options.Dialect == ModuleDialect.C2 ? " 0" : string.Empty)
                + (parameter < 0 ? string.Empty : $" {parameter:X2}"));
            Raised?.Invoke(number, address);
        }

        internal void Connected(Ip6 peer, bool isRefresh)
        {
            Statistics.Refreshes += isRefresh ? 1 : 0;
            Statistics.Sessions += isRefresh ? 0 : 1;
            Raise(0x25, peer);
        }

        /// <summary>Runs an action later, unless the module is reset or dead by then.</summary>
        internal void After(long milliseconds, Action action)
        {
            long generation = Generation;
            Air.Clock.At(Now + milliseconds, () =>
            {
                if (Generation == generation && !IsDead)
                {
                    action();
                }
            });
        }

        /// <summary>The same, but SKRESET does not stop it.</summary>
        internal void AfterInThisPower(long milliseconds, Action action)
        {
            long powerUp = PowerUps;
            Air.Clock.At(Now + milliseconds, () =>
            {
                if (PowerUps == powerUp && !IsDead)
                {
                    action();
                }
            });
        }

        /// <summary>A command that takes time begins: the parser waits.</summary>
        internal void Begin()
        {
            _isBusy = true;
        }

        /// <summary>It has ended.</summary>
        internal void End()
        {
            _isBusy = false;
            Pump();
            _output.FlushEcho();
        }

        /// <summary>SKRESET: everything but the MAC address, the flash and the account of the transmit time.</summary>
        internal void SoftReset()
        {
            Restarting?.Invoke();
            Generation++;
            Registers = Flash.Saved is { LoadsAtStart: true } saved ? saved.Clone() : new ModuleRegisters();
            Commands.Reset();
            Radio = new ModuleRadio(this, _output);
        }

        internal void CountTransmission(int milliseconds)
        {
            Statistics.TransmitMilliseconds += milliseconds;
            TransmitMilliseconds += milliseconds;
            _account.Add(Now, milliseconds);
            UpdateLimit();
        }

        internal byte[] RandomBytes(int length)
        {
            var bytes = new byte[length];
            Air.Random.NextBytes(bytes);
            return bytes;
        }

        internal uint RandomNumber()
        {
            return (uint)Air.Random.NextInt64(1, uint.MaxValue);
        }

        internal bool Happens(double probability)
        {
            return probability > 0 && Air.Random.NextDouble() < probability;
        }

        private void Take(byte value)
        {
            if (IsDeaf)
            {
                return;
            }

            if (Faults.SwallowsBytes > 0)
            {
                Faults.SwallowsBytes--;
            }
            else if (_input.Count < InputLength)
            {
                _input.Enqueue(value);
            }
            else
            {
                Statistics.Overrun++;
            }
        }

        private void Pump()
        {
            if (_isPumping)
            {
                return;
            }

            _isPumping = true;
            while (!_isBusy && !IsDead && _input.TryDequeue(out byte value))
            {
                _parser.Put(value);
            }

            _isPumping = false;
        }

        private void Boot()
        {
            PowerUps++;
            SoftReset();
            _account.Clear();
            TransmitMilliseconds = 0;
            IsLimited = false;
            Faults.IsDead = false;
            Faults.SwallowsBytes = 0;
            _isBusy = false;
            _input.Clear();
            _parser.Reset();
            _output.Clear();
            _startedAt = Now;
            _bootedAt = Now + Options.BootMilliseconds;
            if (Faults.GarbageAtStart > 0)
            {
                AfterInThisPower(Options.BootMilliseconds, () => _output.Send(RandomBytes(Faults.GarbageAtStart)));
            }
        }

        private void UpdateLimit()
        {
            _account.Advance(Now);
            bool isLimited = Faults.IsLimited
                || (Registers.LimitsTransmitTime && _account.Sum >= TransmitAccount.Limit);
            if (isLimited != IsLimited)
            {
                IsLimited = isLimited;
                Raise(isLimited ? (byte)0x32 : (byte)0x33, Address);
                if (isLimited)
                {
                    LookAgain();
                }
            }
        }

        private void LookAgain()
        {
            AfterInThisPower(MinuteMilliseconds - (Now % MinuteMilliseconds), () =>
            {
                UpdateLimit();
                if (IsLimited)
                {
                    LookAgain();
                }
            });
        }

        private void Hold(bool isHeld)
        {
            if (_isHeld && !isHeld)
            {
                _isHeld = false;
                Boot();
            }

            _isHeld = isHeld;
        }

        private sealed class ResetLine(SimulatedModule module) : IResetLine
        {
            public void Set(bool held)
            {
                module.Air.Clock.Enter(() => module.Hold(held));
            }
        }
    }
}
