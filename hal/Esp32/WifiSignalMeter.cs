using System;
using System.Device.Wifi;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// Signal strength by scanning: the API shows it nowhere else. A scan takes about 7 s off the air, in slices, so
    /// there is one after joining and then one an hour.
    /// </summary>
    internal sealed class WifiSignalMeter
    {
        private const long Interval = 3600000;
        private const long RetryInterval = 60000;

        private readonly IClock _clock;
        private readonly ILog _log;
        private bool _listening;
        private string _ssid;
        private long _nextScan;

        public WifiSignalMeter(IClock clock, ILog log)
        {
            _clock = clock;
            _log = log;
        }

        /// <summary>The network's strongest access point at the last scan in dBm, 0 while unknown.</summary>
        public int SignalDbm { get; private set; }

        /// <summary>Starts a scan when it is time. Call while joined.</summary>
        public void Step(WifiAdapter adapter, string ssid)
        {
            long now = _clock.Milliseconds;
            if (now < _nextScan)
            {
                return;
            }

            if (!_listening)
            {
                adapter.AvailableNetworksChanged += OnAvailableNetworksChanged;
                _listening = true;
            }

            // Throws while the radio is busy.
            _nextScan = now + RetryInterval;
            _ssid = ssid;
            adapter.ScanAsync();
            _nextScan = now + Interval;
        }

        private void OnAvailableNetworksChanged(WifiAdapter sender, object e)
        {
            try
            {
                SignalDbm = Strongest(sender.NetworkReport.AvailableNetworks);
                _log.Write(LogLevel.Info, "wifi", "signal " + SignalDbm.ToString() + " dBm");
            }
            catch (Exception failure)
            {
                // This thread delivers every event of the unit: nothing may end it.
                _log.Write(LogLevel.Warning, "wifi", failure.Message);
            }
        }

        private int Strongest(WifiAvailableNetwork[] networks)
        {
            int strongest = 0;
            for (int i = 0; i < networks.Length; i++)
            {
                int dbm = (int)networks[i].NetworkRssiInDecibelMilliwatts;
                if (networks[i].Ssid == _ssid && (strongest == 0 || dbm > strongest))
                {
                    strongest = dbm;
                }
            }

            return strongest;
        }
    }
}
