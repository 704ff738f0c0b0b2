using NanoComm.Audit;
using NanoComm.Hal;
using NanoComm.Policy;
using NanoComm.Power;

namespace NanoComm.Supervision
{
    /// <summary>
    /// Owns the Wi-Fi radio: it is in the network that the utility has ordered, while it has a grant, and off else
    /// (requirement R24). In a unit without factory keys a bench's network counts too. It tries again for ever, at most
    /// four seconds after an attempt has failed; and has the board forget what is no longer ordered, until it has.
    /// A passphrase is read for each attempt and cleared behind it.
    /// </summary>
    public sealed class WifiSwitch : IReaction
    {
        private const string LogName = "wifi";
        private const int QuietPause = 100;
        private const int LookPause = 500;
        private const int LookPauseJoined = 1000;
        private const int FirstPause = 1000;
        private const int LastPause = 3000;

        // Longer than any attempt of any radio: one that has not ended by then never does.
        private const int AttemptTime = 25000;

        // By then a DHCP client that is not answered asks too seldom.
        private const int AddressTime = 8000;

        private const int ForgetPause = 60000;
        private const long TellPause = 60000;
        private const long TellBurst = 3 * TellPause;

        private readonly IWifiRadio _radio;
        private readonly PowerGrant _power;
        private readonly RouteBPolicy _policy;
        private readonly ILog _log;
        private readonly ISecurityLog _securityLog;
        private int _generation;
        private bool _isWanted;
        private bool _isLeaving;
        private bool _isForgotten;
        private long _nextForget;
        private long _nextAttempt;
        private int _pause = FirstPause;
        private WifiState _seen;
        private WifiState _told;
        private long _nextTelling;
        private int _lost;

        /// <summary>Makes it; the radio stays as it is until the first step.</summary>
        /// <param name="radio">The radio, from now on this object's alone.</param>
        /// <param name="power">Of the load that has the radio in it.</param>
        /// <param name="policy">Says which network the utility has ordered.</param>
        /// <param name="log">Told how the network is; never its name or passphrase.</param>
        /// <param name="securityLog">Takes what an operator wants to know.</param>
        public WifiSwitch(IWifiRadio radio, PowerGrant power, RouteBPolicy policy, ILog log, ISecurityLog securityLog)
        {
            _radio = radio;
            _power = power;
            _policy = policy;
            _log = log;
            _securityLog = securityLog;
            _generation = policy.Generation - 1;
            if (policy.IgnoresBenchWifi)
            {
                _log.Write(LogLevel.Warning, LogName, "a bench's network does not count: this unit has factory keys");
            }
        }

        /// <summary>How it is: what the radio says, and during an attempt how the one before has ended.</summary>
        public WifiState State { get; private set; }

        /// <inheritdoc/>
        public long Step(long now)
        {
            if (_generation != _policy.Generation)
            {
                Decide(now);
            }

            long next = _isWanted && !_power.MustYield ? Serve(now) : Leave(now);
            return _isWanted || _isForgotten ? next : Deadline.Earlier(next, Forget(now));
        }

        // Another network is joined at once; in the same one the radio stays.
        private void Decide(long now)
        {
            _generation = _policy.Generation;
            bool wasWanted = _isWanted;
            WifiNetwork network = _policy.ReadWifi();
            _isWanted = network != null;
            if (_isWanted)
            {
                network.Forget();
            }

            if (_isWanted != wasWanted)
            {
                _securityLog.Add(_isWanted ? SecurityEvent.WifiOn : SecurityEvent.WifiOff);
                _log.Write(LogLevel.Info, LogName, _isWanted ? "on" : "off");
            }

            _pause = FirstPause;
            _nextAttempt = now;
        }

        private long Serve(long now)
        {
            if (!_power.TurnOn(now))
            {
                return _power.RetryAt(now);
            }

            _isLeaving = false;
            if (_radio.State != _seen)
            {
                Follow(_radio.State, now);
            }

            if (now >= _nextAttempt)
            {
                Join(now);
            }

            Tell(now);
            return Deadline.Earlier(_nextAttempt, now + (_seen == WifiState.Joined ? LookPauseJoined : LookPause));
        }

        // What has become of an attempt, or of the network.
        private void Follow(WifiState state, long now)
        {
            _lost += _seen == WifiState.Joined ? 1 : 0;
            _seen = state;
            State = state;
            switch (state)
            {
                case WifiState.Joined:
                    _nextAttempt = Deadline.Never;
                    _pause = FirstPause;
                    break;
                case WifiState.NoAddress:
                    _nextAttempt = now + AddressTime;
                    break;
                default:
                    _nextAttempt = now + _pause;
                    _pause = _pause < LastPause ? _pause + FirstPause : LastPause;
                    break;
            }
        }

        private void Join(long now)
        {
            WifiNetwork network = _policy.ReadWifi();
            if (network == null)
            {
                // It was erased a moment ago.
                _isWanted = false;
                return;
            }

            bool isTaken = _power.IsOn && _radio.Start(network);
            network.Forget();
            _isWanted = isTaken;
            _isForgotten = false;
            if (!isTaken)
            {
                _log.Write(LogLevel.Error, LogName, "off: this board's radio cannot be in that network, by its name or role");
            }

            _seen = _radio.State;
            State = State == WifiState.Off || State == WifiState.Joined ? _seen : State;
            _nextAttempt = _seen == WifiState.Joined ? Deadline.Never : now + AttemptTime;
        }

        // A handful at once, and then one a minute.
        private void Tell(long now)
        {
            bool isNews = _lost > 0 || State != _told;
            if (!isNews || State == WifiState.Joining || now < _nextTelling - TellBurst)
            {
                return;
            }

            _nextTelling = (now > _nextTelling ? now : _nextTelling) + TellPause;
            _told = State;
            string text = Describe(State);
            if (_lost > 0)
            {
                _securityLog.Add(SecurityEvent.WifiLost);
                text += "; lost " + _lost.ToString() + " times since the last line";
                _lost = 0;
            }

            _log.Write(State == WifiState.Joined ? LogLevel.Info : LogLevel.Warning, LogName, text);
        }

        private static string Describe(WifiState state)
        {
            switch (state)
            {
                case WifiState.Joined:
                    return "joined";
                case WifiState.WrongPassphrase:
                    return "the access point refuses the passphrase";
                case WifiState.NetworkNotFound:
                    return "the network is not found, or does not answer";
                default:
                    return "no address: DHCP is silent, or another host has the address";
            }
        }

        // The image may have had the radio on before the firmware ran, and the radio may take a while to leave: until
        // then it draws what it draws.
        private long Leave(long now)
        {
            if (!_power.IsOn)
            {
                return Deadline.Never;
            }

            if (!_isLeaving)
            {
                _isLeaving = true;
                _radio.Stop();
                State = WifiState.Off;
                _seen = WifiState.Off;
                _told = WifiState.Off;
                _nextAttempt = now;
            }

            if (!_radio.IsQuiet)
            {
                return now + QuietPause;
            }

            _isLeaving = false;
            _power.TurnOff();
            return _isWanted ? now + QuietPause : Deadline.Never;
        }

        // What the image has kept it would join by itself at the next start.
        private long Forget(long now)
        {
            if (now < _nextForget)
            {
                return _nextForget;
            }

            _isForgotten = _radio.Forget();
            _nextForget = now + ForgetPause;
            if (!_isForgotten)
            {
                _log.Write(LogLevel.Error, LogName, "the board has not forgotten its network: tried again in a minute");
            }

            return _isForgotten ? Deadline.Never : _nextForget;
        }
    }
}
