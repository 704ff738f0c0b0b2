using NanoComm.Hal;
using NanoComm.Policy;

namespace NanoComm.WiSun
{
    /// <summary>
    /// Brings a module from whatever state it is in to a coordinator that answers clients: reset, identity, radio,
    /// start, and a look at what came of it. A step that fails is repeated; one without which clients can still join
    /// is then left out. From SKSTART on a terminal may join, and once one has, the start does nothing that would end
    /// its session.
    /// </summary>
    internal sealed class ModuleStart
    {
        // What a module has in S16 after its reset, in seconds.
        private const int MadeWith = 900;

        private const int ResetTime = 20;
        private const int BootTime = 500;
        private const int Attempts = 3;

        private readonly SkModule _module;
        private readonly IResetLine _reset;
        private readonly int _lifetime;
        private readonly ChannelPlan _plan;
        private readonly TransmitLimit _limit;
        private readonly WiSunJournal _journal;
        private Stage _stage;
        private bool _isGiven;
        private int _attempts;
        private long _until;
        private long _option;
        private bool _hasPort;
        private bool _isCoordinator;
        private bool _isVerified;
        private bool _hasJoined;

        /// <summary>Makes it.</summary>
        public ModuleStart(SkModule module, IResetLine reset, RouteBCredentials credentials, int lifetime,
            ChannelPlan plan, TransmitLimit limit, WiSunJournal journal)
        {
            _module = module;
            _reset = reset;
            Credentials = credentials;
            _lifetime = lifetime;
            _plan = plan;
            _limit = limit;
            _journal = journal;
        }

        private enum Stage
        {
            HoldReset,
            Boot,
            Reset,
            NoEcho,
            Version,
            Info,
            AskOption,
            SetOption,
            Password,
            Id,
            ScanEnergies,
            ScanPans,
            Channel,
            Pan,
            Lifetime,
            Start,
            AskStarted,
            AskPorts,
            SetPort,
            Verify,
            AskLimit,
            AskTransmitTime,
            Done,
        }

        /// <summary>What a client joins with, from the next start on; null for nobody.</summary>
        public RouteBCredentials Credentials { get; set; }

        /// <summary>Whether clients can join.</summary>
        public bool IsDone
        {
            get { return _stage == Stage.Done; }
        }

        /// <summary>Whether it did not work.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>Whether SKSTART has gone out, since the module was reset: terminals may join.</summary>
        public bool IsOnAir { get; private set; }

        /// <summary>How long a session lasts that begins now, in seconds.</summary>
        public int SessionLifetime { get; private set; }

        /// <summary>Whether settings, limit and transmit time were asked for. They are not when a terminal has joined:
        /// it does not wait for them.</summary>
        public bool HasAskedAll { get; private set; }

        /// <summary>Whether channel and PAN id are being chosen.</summary>
        public bool IsScanning
        {
            get { return _stage == Stage.ScanEnergies || _stage == Stage.ScanPans; }
        }

        /// <summary>Starts over.</summary>
        public void Begin(long now)
        {
            _attempts = 0;
            _isGiven = false;
            _isCoordinator = false;
            _isVerified = false;
            _hasJoined = false;
            HasFailed = false;
            IsOnAir = false;
            HasAskedAll = true;
            SessionLifetime = _lifetime;
            _limit.Begin();
            _module.Parser.IsBinary = false;
            _stage = Stage.HoldReset;
            _until = now + ResetTime;
            if (_reset != null)
            {
                _reset.Set(true);
            }
            else
            {
                _module.Flush();
            }
        }

        /// <summary>A terminal has joined: the module is a coordinator, and the one that it was to be.</summary>
        public void Join()
        {
            _hasJoined = true;
            if (HasFailed)
            {
                HasFailed = false;
                Advance();
            }
        }

        /// <summary>Takes what the module said meanwhile.</summary>
        /// <returns>False when there is no use for it now.</returns>
        public bool Take(SkEventKind kind, long now)
        {
            SkParser parser = _module.Parser;
            switch (kind)
            {
                case SkEventKind.Ok:
                    _option = parser.Value == SkParser.NoValue ? _option : parser.Value;
                    return parser.Value != SkParser.NoValue;
                case SkEventKind.Energies:
                    _plan.TakeEnergies(parser.Energies);
                    return true;
                case SkEventKind.Pan:
                    _plan.TakePan(parser.PanId);
                    return true;
                case SkEventKind.Port:
                    _hasPort |= parser.Value == SessionPort.UdpPort;
                    return true;
                case SkEventKind.Info:
                    _isVerified = parser.Channel == _plan.Channel && parser.PanId == _plan.PanId;
                    return true;
                case SkEventKind.Register:
                    return TakeRegister(parser.Value, now);
                default:
                    return false;
            }
        }

        /// <summary>Goes on.</summary>
        /// <returns>When to step again at the latest, beside the module's own deadline.</returns>
        public long Step(long now)
        {
            if (_stage == Stage.HoldReset)
            {
                if (now < _until)
                {
                    return _until;
                }

                if (_reset != null)
                {
                    _reset.Set(false);
                }

                _stage = Stage.Boot;
                _until = now + BootTime;
            }

            if (_stage == Stage.Boot)
            {
                if (now < _until)
                {
                    return _until;
                }

                _module.Settle(now);
                _stage = Stage.Reset;
            }

            while (_module.IsFree && !IsDone && !HasFailed)
            {
                if (_isGiven)
                {
                    _isGiven = false;
                    Conclude(now);
                }
                else
                {
                    _isGiven = true;
                    Give(now);
                }
            }

            return Deadline.Never;
        }

        // A terminal that knows the pairing can join without these.
        private static bool IsOptional(Stage stage)
        {
            switch (stage)
            {
                case Stage.Version:
                case Stage.AskOption:
                case Stage.SetOption:
                case Stage.ScanEnergies:
                case Stage.ScanPans:
                case Stage.Lifetime:
                case Stage.AskPorts:
                case Stage.SetPort:
                case Stage.AskLimit:
                case Stage.AskTransmitTime:
                    return true;
                default:
                    return false;
            }
        }

        private bool TakeRegister(long value, long now)
        {
            switch (_stage)
            {
                case Stage.AskStarted:
                    _isCoordinator = value != 0;
                    return true;
                case Stage.AskLimit:
                    _limit.TakeModule(value != 0, now);
                    return true;
                case Stage.AskTransmitTime:
                    _limit.TakeReport(value, now);
                    return true;
                default:
                    return false;
            }
        }

        private void Give(long now)
        {
            switch (_stage)
            {
                case Stage.Reset:
                    _module.Reset(now);
                    break;
                case Stage.NoEcho:
                    _module.SetRegister("SFE", 0, 1, now);
                    break;
                case Stage.Version:
                    _module.AskVersion(now);
                    break;
                case Stage.Info:
                case Stage.Verify:
                    _module.AskInfo(now);
                    break;
                case Stage.AskOption:
                    _module.AskOption(now);
                    break;
                case Stage.SetOption:
                    _module.SetHexOption(now);
                    break;
                case Stage.Password:
                    _module.SetPassword(Credentials.Password, now);
                    break;
                case Stage.Id:
                    _module.SetRouteBId(Credentials.Id, now);
                    break;
                case Stage.ScanEnergies:
                    _plan.Forget();
                    _module.ScanEnergies(now);
                    break;
                case Stage.ScanPans:
                    _module.ScanPans(now);
                    break;
                default:
                    GiveLate(now);
                    break;
            }
        }

        private void GiveLate(long now)
        {
            switch (_stage)
            {
                case Stage.Channel:
                    _module.SetRegister("S02", _plan.Channel, 2, now);
                    break;
                case Stage.Pan:
                    _module.SetRegister("S03", _plan.PanId, 4, now);
                    break;
                case Stage.Lifetime:
                    _module.SetRegister("S16", _lifetime, 8, now);
                    break;
                case Stage.Start:
                    IsOnAir = true;
                    _module.Start(now);
                    break;
                case Stage.AskStarted:
                    _module.GetRegister("S15", now);
                    break;
                case Stage.AskPorts:
                    _hasPort = false;
                    _module.AskPorts(now);
                    break;
                case Stage.SetPort:
                    _module.SetPort(SessionPort.UdpPort, now);
                    break;
                case Stage.AskLimit:
                    _module.GetRegister("SFB", now);
                    break;
                case Stage.AskTransmitTime:
                    _module.GetRegister("SFD", now);
                    break;
            }
        }

        private void Conclude(long now)
        {
            if (HasWorked())
            {
                Advance();
                return;
            }

            if (_stage == Stage.Start && _module.Result == SkResult.TimedOut)
            {
                // To say it once more would end the session of whoever has joined: first look whether it was heard.
                _stage = Stage.AskStarted;
                return;
            }

            _attempts++;
            if (_attempts < Attempts)
            {
                _stage = _stage == Stage.AskStarted ? Stage.Start : _stage;
                return;
            }

            if (!IsOptional(_stage))
            {
                HasFailed = true;
                return;
            }

            if (_stage == Stage.Lifetime && _module.Result == SkResult.Failed)
            {
                SessionLifetime = MadeWith;
                _journal.Warn("the module refuses the lifetime of sessions: they last for 15 minutes");
            }

            _module.ForgetSilences();
            Advance();
        }

        private bool HasWorked()
        {
            bool isOk = _module.Result == SkResult.Ok;
            switch (_stage)
            {
                case Stage.Start:
                    return isOk || _hasJoined;
                case Stage.AskStarted:
                    return (isOk && _isCoordinator) || _hasJoined;
                case Stage.Verify:
                    return (isOk && _isVerified) || _hasJoined;
                default:
                    return isOk;
            }
        }

        private void Advance()
        {
            Stage next = Following();
            if (_hasJoined && next >= Stage.Verify && next < Stage.Done)
            {
                HasAskedAll = false;
                next = Stage.Done;
            }

            _stage = next;
            _attempts = 0;
        }

        private Stage Following()
        {
            bool isOk = _module.Result == SkResult.Ok;
            switch (_stage)
            {
                case Stage.AskOption:
                    // In hexadecimal nothing that a stranger sends can look like a line of the module's own.
                    _module.Parser.IsBinary = isOk && _option == 0;
                    return _module.Parser.IsBinary ? Stage.SetOption : Stage.Password;
                case Stage.SetOption:
                    _module.Parser.IsBinary = !isOk;
                    return Stage.Password;
                case Stage.Id:
                    return _plan.IsChosen ? Stage.Channel : Stage.ScanEnergies;
                case Stage.ScanPans:
                    if (!_plan.Choose())
                    {
                        _journal.Warn("channel and PAN id could not be stored");
                    }

                    return Stage.Channel;
                case Stage.Start:
                    return Stage.AskPorts;
                case Stage.AskPorts:
                    return _hasPort || !isOk ? Stage.Verify : Stage.SetPort;
                default:
                    return (Stage)((int)_stage + 1);
            }
        }
    }
}
