using NanoComm.Hal;
using NanoComm.Power;

namespace NanoComm.Supervision
{
    /// <summary>Owns the Wi-Fi radio: it is on while it is wanted and has a grant, and off else. Wanted is it as long as a
    /// network is deployed to the board, which is today's activation (requirement R24).</summary>
    public sealed class WifiSwitch : IReaction
    {
        private const string LogName = "wifi";
        private const int QuietPause = 100;

        private readonly IWifiRadio _radio;
        private readonly PowerGrant _power;
        private readonly ILog _log;
        private bool _isStarted;
        private bool _isLeaving;
        private bool _isDeployed = true;

        /// <summary>Makes it; the radio stays as it is until the first step.</summary>
        /// <param name="radio">The radio, from now on this object's alone.</param>
        /// <param name="power">Of the load that has the radio in it.</param>
        /// <param name="log">Told when the radio stays off.</param>
        public WifiSwitch(IWifiRadio radio, PowerGrant power, ILog log)
        {
            _radio = radio;
            _power = power;
            _log = log;
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            if (_power.MustYield || !_isDeployed)
            {
                return Leave(now);
            }

            if (_isStarted)
            {
                return Deadline.Never;
            }

            if (!_power.TurnOn(now))
            {
                return _power.RetryAt(now);
            }

            _isStarted = true;
            _isDeployed = _radio.Start();
            if (!_isDeployed)
            {
                _log.Write(LogLevel.Info, LogName, "Wi-Fi stays off: no network configuration is deployed");
                return Leave(now);
            }

            return Deadline.Never;
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
                _isStarted = false;
                _radio.Stop();
            }

            if (!_radio.IsQuiet)
            {
                return now + QuietPause;
            }

            _isLeaving = false;
            _power.TurnOff();
            return _isDeployed ? now + QuietPause : Deadline.Never;
        }
    }
}
