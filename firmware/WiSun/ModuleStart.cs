using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>
    /// Brings a module from whatever state it is in to a coordinator that answers clients: reset, identity, radio,
    /// start, and a look at what came of it. A step that fails is repeated; one without which clients can still join
    /// is then left out.
    /// </summary>
    internal sealed class ModuleStart
    {
        /// <summary>S16: how long a session lasts unless the client renews it, in seconds.</summary>
        public const int SessionLifetime = 900;

        private const int UdpPort = 3610;
        private const int ResetTime = 20;
        private const int BootTime = 500;
        private const int Attempts = 3;

        private readonly SkModule _module;
        private readonly IResetLine _reset;
        private readonly RouteBCredentials _credentials;
        private readonly ChannelPlan _plan;
        private readonly TransmitAccount _account;
        private readonly ILog _log;
        private Stage _stage;
        private bool _isGiven;
        private int _attempts;
        private long _until;
        private long _option;
        private bool _hasPort;
        private bool _isVerified;

        /// <summary>Makes it.</summary>
        public ModuleStart(SkModule module, IResetLine reset, RouteBCredentials credentials, ChannelPlan plan,
            TransmitAccount account, ILog log)
        {
            _module = module;
            _reset = reset;
            _credentials = credentials;
            _plan = plan;
            _account = account;
            _log = log;
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
            AskPorts,
            SetPort,
            Verify,
            AskLimit,
            AskTransmitTime,
            Done,
            Failed,
        }

        /// <summary>Whether clients can join.</summary>
        public bool IsDone
        {
            get { return _stage == Stage.Done; }
        }

        /// <summary>Whether it did not work.</summary>
        public bool HasFailed
        {
            get { return _stage == Stage.Failed; }
        }

        /// <summary>Whether channel and PAN id are being chosen.</summary>
        public bool IsScanning
        {
            get { return _stage == Stage.ScanEnergies || _stage == Stage.ScanPans; }
        }

        /// <summary>Whether the module says that its sending time is used up.</summary>
        public bool IsLimited { get; private set; }

        /// <summary>Starts over.</summary>
        public void Begin(long now)
        {
            _attempts = 0;
            _isGiven = false;
            _isVerified = false;
            IsLimited = false;
            _account.ForgetReport();
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

        /// <summary>Takes what the module said meanwhile.</summary>
        public void Take(SkEventKind kind)
        {
            SkParser parser = _module.Parser;
            switch (kind)
            {
                case SkEventKind.Ok:
                    _option = parser.Value == SkParser.NoValue ? _option : parser.Value;
                    break;
                case SkEventKind.Energies:
                    _plan.TakeEnergies(parser.Energies);
                    break;
                case SkEventKind.Pan:
                    _plan.TakePan(parser.PanId);
                    break;
                case SkEventKind.Port:
                    _hasPort |= parser.Value == UdpPort;
                    break;
                case SkEventKind.Info:
                    _isVerified = parser.Channel == _plan.Channel && parser.PanId == _plan.PanId;
                    break;
                case SkEventKind.Register:
                    TakeRegister(parser.Value);
                    break;
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

        private void TakeRegister(long value)
        {
            if (_stage == Stage.AskLimit)
            {
                IsLimited = value != 0;
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
                    _module.SetPassword(_credentials.Password, now);
                    break;
                case Stage.Id:
                    _module.SetRouteBId(_credentials.Id, now);
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
                    _module.SetRegister("S16", SessionLifetime, 3, now);
                    break;
                case Stage.Start:
                    _module.Start(now);
                    break;
                case Stage.AskPorts:
                    _hasPort = false;
                    _module.AskPorts(now);
                    break;
                case Stage.SetPort:
                    _module.SetPort(UdpPort, now);
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
            if (_module.Result != SkResult.Ok || (_stage == Stage.Verify && !_isVerified))
            {
                _attempts++;
                if (_attempts < Attempts)
                {
                    return;
                }

                if (!IsOptional(_stage))
                {
                    _stage = Stage.Failed;
                    return;
                }

                _module.Settle(now);
            }

            _stage = Following();
            _attempts = 0;
        }

        private Stage Following()
        {
            // Settling has left no result.
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
                        _log.Write(LogLevel.Warning, Coordinator.LogName, "channel and PAN id could not be stored");
                    }

                    return Stage.Channel;
                case Stage.AskPorts:
                    return _hasPort || !isOk ? Stage.Verify : Stage.SetPort;
                default:
                    return (Stage)((int)_stage + 1);
            }
        }
    }
}
