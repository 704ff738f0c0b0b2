using NanoComm.Hal;
using NanoComm.WiSun;

namespace NanoComm.Supervision
{
    /// <summary>Reports each radio path's received power against its planning limit (requirements R32, R33) in the log:
    /// once it is known, and each hour.</summary>
    public sealed class LinkReport : IReaction
    {
        /// <summary>Wi-Fi is usable from here on, in dBm (requirement R32).</summary>
        public const int WifiLimit = -70;

        private const int WiSunLimit = LinkQuality.Limit / 100;
        private const string LogName = "link";
        private const long Look = 60000;
        private const long Period = 3600000;

        private readonly LinkQuality _wiSun;
        private readonly IWifiRadio _wifi;
        private readonly ILog _log;
        private long _nextWiSun;
        private long _nextWifi;

        /// <summary>Makes it.</summary>
        /// <param name="wiSun">Of the Wi-SUN path, or null without one.</param>
        /// <param name="wifi">The Wi-Fi radio, or null without one.</param>
        /// <param name="log">Takes the report.</param>
        public LinkReport(LinkQuality wiSun, IWifiRadio wifi, ILog log)
        {
            _wiSun = wiSun;
            _wifi = wifi;
            _log = log;
        }

        /// <summary>What is reported of a path.</summary>
        /// <param name="path">Its name.</param>
        /// <param name="power">Received power in dBm.</param>
        /// <param name="limit">Usable from here on, in dBm.</param>
        public static string Describe(string path, int power, int limit)
        {
            bool isUsable = power >= limit;
            return "link " + path + " " + power.ToString() + " dBm, " + (isUsable ? power - limit : limit - power).ToString()
                + " dB " + (isUsable ? "above " : "below ") + limit.ToString();
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            if (_wiSun != null && _wiSun.IsKnown && now >= _nextWiSun)
            {
                _nextWiSun = now + Period;
                Tell("Wi-SUN", _wiSun.Hundredths / 100, WiSunLimit);
            }

            int signal = _wifi == null ? 0 : _wifi.SignalDbm;
            if (signal != 0 && now >= _nextWifi)
            {
                _nextWifi = now + Period;
                Tell("Wi-Fi", signal, WifiLimit);
            }

            return now + Look;
        }

        private void Tell(string path, int power, int limit)
        {
            _log.Write(power >= limit ? LogLevel.Info : LogLevel.Warning, LogName, Describe(path, power, limit));
        }
    }
}
