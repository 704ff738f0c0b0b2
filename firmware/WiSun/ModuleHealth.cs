using NanoComm.Hal;

namespace NanoComm.WiSun
{
    /// <summary>
    /// Keeps a module at work: starts it, asks once a minute whether it lives, still has the settings it was given and
    /// may send, and says when it has to be started anew.
    /// </summary>
    internal sealed class ModuleHealth
    {
        /// <summary>A reason to restart: nobody joins, or nothing is heard of who has.</summary>
        public const string WithoutSession = "without a working session for long: the module is restarted";

        // 4.8 EVENT.
        private const int Limited = 0x32;
        private const int Unlimited = 0x33;

        private const int MaxSilences = 3;
        private const int MaxStrangeSettings = 2;
        private const int FailedAfter = 3;
        private const long ProbeInterval = 60000;
        private const long FirstRetry = 1000;
        private const long LastRetry = 60000;

        // A client that tries to join on and on does not keep a dead module from being started anew.
        private const long LongestJoin = 180000;

        private readonly SkModule _module;
        private readonly ModuleStart _start;
        private readonly ChannelPlan _plan;
        private readonly TransmitLimit _limit;
        private readonly RestartClock _restart;
        private readonly WiSunJournal _journal;
        private Question _asked;
        private Question _nextQuestion;
        private long _nextProbe;
        private long _retryAt;
        private long _retryPause = FirstRetry;
        private int _failedStarts;
        private int _strangeSettings;

        /// <summary>Makes it; nothing is begun.</summary>
        public ModuleHealth(SkModule module, ModuleStart start, ChannelPlan plan, TransmitLimit limit,
            RestartClock restart, WiSunJournal journal)
        {
            _module = module;
            _start = start;
            _plan = plan;
            _limit = limit;
            _restart = restart;
            _journal = journal;
        }

        private enum Question
        {
            None,
            Limit,
            TransmitTime,
            Settings,
        }

        /// <summary>Whether the module was started, and terminals may join.</summary>
        public bool IsReady
        {
            get { return _start.IsDone; }
        }

        /// <summary>Whether the module has been told to let terminals join: that is before the start is done.</summary>
        public bool IsOnAir
        {
            get { return _start.IsOnAir; }
        }

        /// <summary>How long a session lasts that begins now, in seconds.</summary>
        public int SessionLifetime
        {
            get { return _start.SessionLifetime; }
        }

        /// <summary>Whether channel and PAN id are being chosen.</summary>
        public bool IsScanning
        {
            get { return _start.IsScanning; }
        }

        /// <summary>Whether the module did not start several times.</summary>
        public bool HasFailed
        {
            get { return _failedStarts >= FailedAfter; }
        }

        /// <summary>Restarts after the first start.</summary>
        public int Restarts { get; private set; }

        /// <summary>Starts the module the first time.</summary>
        public void Begin(long now)
        {
            _start.Begin(now);
        }

        /// <summary>Starts the module anew. Whoever was joined is not any more.</summary>
        public void Restart(string why, long now)
        {
            if (why == WithoutSession)
            {
                _restart.Restart();
            }

            Restarts++;
            _journal.Warn(why);
            _journal.Report(WiSunEvent.ModuleRestarted);
            _start.Begin(now);
        }

        /// <summary>Whether the module has to be started anew.</summary>
        /// <param name="port">The module's one session.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>Why; null when it has not.</returns>
        public string ReasonToRestart(SessionPort port, long now)
        {
            if (_module.Silences >= MaxSilences)
            {
                return "the module does not answer: it is restarted";
            }

            if (!_module.IsFree)
            {
                return null;
            }

            if (_strangeSettings >= MaxStrangeSettings)
            {
                return "the module has lost its settings: it is restarted";
            }

            // While a session stands, the module lets nobody else join, however long he tries.
            bool isDue = now >= _restart.Due && port.IsIdle && !_limit.OutlastsARestart(now)
                && (port.IsJoined || now >= port.QuietAt || now >= _restart.Due + LongestJoin);
            return isDue ? WithoutSession : null;
        }

        /// <summary>Whether a restart for want of a working session is to come, unless the terminal is heard.</summary>
        public bool ExpectsRestart
        {
            get { return _restart.Due != Deadline.Never; }
        }

        /// <summary>Whether there is time to end a session before the module is started anew.</summary>
        /// <param name="reason">Why it is to be started; null when nothing says so now.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public bool MayTakeLeave(string reason, long now)
        {
            return (reason == null || reason == WithoutSession) && now - LongestJoin < _restart.Due;
        }

        /// <summary>Goes on with the start.</summary>
        /// <param name="isJoined">Whether a terminal has joined already.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>When to go on at the latest, beside the module's own deadline.</returns>
        public long StepStart(bool isJoined, long now)
        {
            if (isJoined)
            {
                _start.Join();
            }

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
                _retryPause = _retryPause * 2 < LastRetry ? _retryPause * 2 : LastRetry;
                _failedStarts++;
                _journal.Warn("the module does not start");
                return _retryAt;
            }

            if (_start.IsDone)
            {
                BeginWork(isJoined, now);
            }

            return deadline;
        }

        /// <summary>Takes the EVENT in the parser.</summary>
        /// <returns>False when it says nothing of the module.</returns>
        public bool TakeEvent(long now)
        {
            int number = _module.Parser.Number;
            if (number != Limited && number != Unlimited)
            {
                return false;
            }

            _limit.TakeModule(number == Limited, now);
            return true;
        }

        /// <summary>Takes what else is in the parser.</summary>
        /// <returns>False when nobody has asked.</returns>
        public bool Take(SkEventKind kind, long now)
        {
            if (!_start.IsDone)
            {
                return _start.Take(kind, now);
            }

            if (kind == SkEventKind.Register && _asked == Question.Limit)
            {
                _limit.TakeModule(_module.Parser.Value != 0, now);
                return true;
            }

            if (kind == SkEventKind.Register && _asked == Question.TransmitTime)
            {
                _limit.TakeReport(_module.Parser.Value, now);
                return true;
            }

            if (kind == SkEventKind.Info && _asked == Question.Settings)
            {
                TakeSettings(now);
                return true;
            }

            return false;
        }

        /// <summary>Asks the module what is to be asked now. Call while it is free.</summary>
        /// <returns>False when it is not time.</returns>
        public bool Probe(long now)
        {
            if (now < _nextProbe)
            {
                return false;
            }

            // What it knows of the limit, as EVENT 32 or 33 may have been lost; then the settings.
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

            return true;
        }

        /// <summary>The module is free again: looks what became of what it was given.</summary>
        public void Conclude(long now)
        {
            _asked = Question.None;
            if (_module.Result == SkResult.TimedOut)
            {
                // Is it still there?
                _nextProbe = now;
            }
        }

        /// <summary>When a module that is at work and free is to be looked at again.</summary>
        public long NextDeadline(SessionPort port, long now)
        {
            // Once due, a restart waits for what is under way; where that is more than a client that tries to join, it
            // is looked at again with each probe.
            long restart = now < _restart.Due ? _restart.Due : port.QuietAt;
            return restart > now && restart < _nextProbe ? restart : _nextProbe;
        }

        private void BeginWork(bool isJoined, long now)
        {
            _retryPause = FirstRetry;
            _failedStarts = 0;
            _strangeSettings = 0;
            _asked = Question.None;
            _nextQuestion = Question.Limit;
            _nextProbe = _start.HasAskedAll ? now + ProbeInterval : now;
            if (!isJoined)
            {
                _restart.Begin(now);
            }

            _journal.Note("ready: terminals may join");
        }

        // A module that lost its power for a moment answers everything, and lets nobody in. One look may be wrong.
        private void TakeSettings(long now)
        {
            bool isOurs = _module.Parser.Channel == _plan.Channel && _module.Parser.PanId == _plan.PanId;
            _strangeSettings = isOurs ? 0 : _strangeSettings + 1;
            if (!isOurs)
            {
                _nextQuestion = Question.Settings;
                _nextProbe = now;
            }
        }
    }
}
