using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Text;
using System.Threading;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// The ESP32's Wi-Fi station. A thread of its own joins and watches: joining blocks for up to 20 s. WifiNetworkHelper
    /// is left alone, as it waits without a limit and throws when called again; the adapter below it does neither.
    /// The API cannot cut the radio's power: a station that was stopped, or never started, is idle and unassociated.
    /// The board's own network configuration, which nanoff deploys and the image joins by itself, is emptied and never
    /// used: what is joined is what the firmware says, and the adapter is told not to keep it. It can be no access point:
    /// the image makes WPA and WPA2 out of "WPA2", so TKIP too, has no DHCP server, and changes roles at a restart only.
    /// </summary>
    public sealed class Esp32Wifi : IWifiRadio
    {
        private const string LogName = "wifi";
        private const int CheckInterval = 2000;
        private const int AddressInterval = 500;
        private const int AddressTime = 3000;

        // Of 32 bytes the image makes an empty name.
        private const int LongestSsid = 31;

        // The image reports weak signals and lost beacons as invalid credentials too; only a row of them is believed.
        private const int RefusalsBelieved = 3;

        private readonly Esp32Network _network;
        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly WifiSignalMeter _meter;
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly object _intent = new object();

        // Under _intent: the network to be in, or null; whether an attempt is ordered; whether what the image keeps is to be
        // overwritten.
        private string _ssid;
        private string _passphrase;
        private bool _isOrdered;
        private bool _isToWipe;

        private Thread _joiner;
        private WifiAdapter _adapter;
        private long _addressDue = Deadline.Never;
        private int _refusals;
        private int _toldStatus = (int)WifiConnectionStatus.Success;
        private bool _isEmptied;

        /// <summary>Makes it; the radio stays as it is.</summary>
        /// <param name="network">The station's interface.</param>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Told of what the image says; never the passphrase.</param>
        public Esp32Wifi(Esp32Network network, IClock clock, ILog log)
        {
            _network = network;
            _clock = clock;
            _log = log;
            _meter = new WifiSignalMeter(clock, log);
        }

        /// <inheritdoc/>
        public WifiState State { get; private set; } = WifiState.Off;

        /// <inheritdoc/>
        public int SignalDbm
        {
            get { return State == WifiState.Joined ? _meter.SignalDbm : 0; }
        }

        /// <inheritdoc/>
        public bool IsQuiet { get; private set; }

        /// <inheritdoc/>
        public bool CanBeAccessPoint
        {
            get { return false; }
        }

        /// <inheritdoc/>
        /// <remarks>The image is told no protection: ESP-IDF takes WPA2 and up for a passphrase of eight and more.</remarks>
        public bool Start(WifiNetwork network)
        {
            if (network.Role != WifiRole.Station || network.Security < WifiSecurity.Wpa2
                || network.Ssid.Length > LongestSsid)
            {
                return false;
            }

            _isEmptied = _isEmptied || Empty();
            string ssid = Encoding.UTF8.GetString(network.Ssid, 0, network.Ssid.Length);
            string passphrase = Encoding.UTF8.GetString(network.Passphrase, 0, network.Passphrase.Length);
            lock (_intent)
            {
                if (State == WifiState.Joined && ssid == _ssid && passphrase == _passphrase)
                {
                    return true;
                }

                _ssid = ssid;
                _passphrase = passphrase;
                _isOrdered = true;
                State = WifiState.Joining;
                IsQuiet = false;
                Wake();
            }

            return true;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            Stop(false);
        }

        /// <inheritdoc/>
        /// <remarks>ESP-IDF keeps a copy of its own of the network it joined last; it is overwritten with an empty one, by
        /// the joining thread and as far as the API reaches. What its flash block held before, only erasing the whole flash
        /// removes.</remarks>
        public bool Forget()
        {
            Stop(true);
            _isEmptied = Empty();
            return _isEmptied;
        }

        // The joining thread leaves the network: it may be in the middle of joining, and the image may have joined one
        // before anybody asked.
        private void Stop(bool isToWipe)
        {
            lock (_intent)
            {
                _ssid = null;
                _passphrase = null;
                _isOrdered = false;
                _isToWipe |= isToWipe;
                State = WifiState.Off;
                Wake();
            }
        }

        // Under _intent.
        private void Wake()
        {
            if (_joiner == null)
            {
                _joiner = new Thread(JoinForEver);
                _joiner.Start();
            }

            _wake.Set();
        }

        // Enabled and without a network: a station that was disabled at the start of the image cannot join one before the
        // next.
        private bool Empty()
        {
            try
            {
                Wireless80211Configuration[] all = Wireless80211Configuration.GetAllWireless80211Configurations();
                for (int i = 0; i < all.Length; i++)
                {
                    if (all[i].Options == Wireless80211Configuration.ConfigurationOptions.Enable
                        && string.IsNullOrEmpty(all[i].Ssid) && string.IsNullOrEmpty(all[i].Password))
                    {
                        continue;
                    }

                    if ((all[i].Options & Wireless80211Configuration.ConfigurationOptions.Enable) == 0)
                    {
                        _log.Write(LogLevel.Warning, LogName,
                            "the station was disabled by the board's network configuration: restart the board to use Wi-Fi");
                    }

                    all[i].Ssid = "";
                    all[i].Password = "";
                    all[i].Options = Wireless80211Configuration.ConfigurationOptions.Enable;
                    all[i].SaveConfiguration();
                    _log.Write(LogLevel.Info, LogName, "the board's network configuration was emptied");
                }

                return true;
            }
            catch (Exception failure)
            {
                _log.Write(LogLevel.Error, LogName, "cannot empty the board's network configuration: " + failure.Message);
                return false;
            }
        }

        private void JoinForEver()
        {
            while (true)
            {
                int pause = CheckInterval;
                try
                {
                    pause = Step();
                }
                catch (Exception failure)
                {
                    _log.Write(LogLevel.Warning, LogName, failure.Message);
                }

                _wake.WaitOne(pause, false);
            }
        }

        private int Step()
        {
            if (_adapter == null)
            {
                // Each call makes new ones, and the event listener keeps them all: once is enough.
                _adapter = WifiAdapter.FindAllAdapters()[0];
            }

            string ssid;
            string passphrase;
            bool isOrdered;
            lock (_intent)
            {
                ssid = _ssid;
                passphrase = _passphrase;
                isOrdered = _isOrdered;
                _isOrdered = false;
            }

            if (ssid == null)
            {
                Leave();
                return Timeout.Infinite;
            }

            if (isOrdered)
            {
                Attempt(ssid, passphrase);
            }
            else
            {
                Look(ssid);
            }

            return State == WifiState.Joining ? AddressInterval : CheckInterval;
        }

        private void Leave()
        {
            _adapter.Disconnect();
            _addressDue = Deadline.Never;
            bool isToWipe;
            lock (_intent)
            {
                IsQuiet = _ssid == null;
                isToWipe = IsQuiet && _isToWipe;
                _isToWipe = false;
            }

            if (isToWipe)
            {
                // There is no network without a name: ESP-IDF keeps it in place of the last one, and sends nothing.
                _adapter.Connect("", WifiReconnectionKind.Automatic, "");
                _adapter.Disconnect();
            }
        }

        // Automatic is the kind that the image does not keep.
        private void Attempt(string ssid, string passphrase)
        {
            _addressDue = Deadline.Never;
            WifiConnectionStatus status = _adapter.Connect(ssid, WifiReconnectionKind.Automatic, passphrase)
                .ConnectionStatus;
            if (status == WifiConnectionStatus.Success)
            {
                _refusals = 0;
                _toldStatus = (int)status;
                _addressDue = _clock.Milliseconds + AddressTime;
                return;
            }

            // Or the image would try again at once and for ever, with no pause between.
            _adapter.Disconnect();
            _refusals = status == WifiConnectionStatus.InvalidCredential ? _refusals + 1 : 0;
            Enter(_refusals >= RefusalsBelieved ? WifiState.WrongPassphrase : WifiState.NetworkNotFound, ssid);
            if (_toldStatus != (int)status)
            {
                _toldStatus = (int)status;
                _log.Write(LogLevel.Warning, LogName, "cannot join, status of the image " + ((int)status).ToString());
            }
        }

        private void Look(string ssid)
        {
            if (_network.Address != Esp32Network.NoAddress)
            {
                Enter(WifiState.Joined, ssid);
                _meter.Step(_adapter, ssid);
            }
            else if (State == WifiState.Joined)
            {
                // Else the image would reconnect by itself, and the next attempt would meet that one.
                _adapter.Disconnect();
                Enter(WifiState.NetworkNotFound, ssid);
            }
            else if (State == WifiState.Joining && _clock.Milliseconds >= _addressDue)
            {
                Enter(WifiState.NoAddress, ssid);
            }
        }

        // What the thread finds out counts only as long as nobody wants something else.
        private void Enter(WifiState state, string ssid)
        {
            lock (_intent)
            {
                if (_ssid == ssid && !_isOrdered)
                {
                    State = state;
                }
            }
        }
    }
}
