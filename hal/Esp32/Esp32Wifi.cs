using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;

namespace NanoComm.Hal.Esp32
{
    /// <summary>
    /// The ESP32's Wi-Fi station, with the network that nanoff deployed. A thread of its own joins and watches:
    /// joining blocks for up to 20 s. WifiNetworkHelper is left alone, as it waits without a limit and throws when
    /// called again; the adapter below it does neither.
    /// The API cannot cut the radio's power: a station that was stopped, or never started, is idle and unassociated.
    /// The image itself, though, joins a network deployed with AutoConnect as soon as the unit starts.
    /// </summary>
    public sealed class Esp32Wifi : IWifiRadio
    {
        private const int CheckInterval = 2000;
        private const int FirstPause = 20000;
        private const int LastPause = 300000;

        // The image reports weak signals and lost beacons as invalid credentials too; only a row of them is believed.
        private const int RefusalsBelieved = 3;

        private readonly Esp32Network _network;
        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly WifiSignalMeter _meter;
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private readonly object _intent = new object();

        // Under _intent: the network to be in, or null; and how often one was forgotten.
        private Wireless80211Configuration _wanted;
        private int _forgotten;

        private Thread _joiner;
        private WifiAdapter _adapter;
        private long _nextAttempt;
        private int _pause = FirstPause;
        private int _refusals;

        /// <summary>Makes it; the radio stays as it is.</summary>
        /// <param name="network">The station's interface.</param>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Told of joining and leaving; never the passphrase.</param>
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
        public bool Start()
        {
            int forgotten = _forgotten;
            Wireless80211Configuration deployed = FindDeployed();
            lock (_intent)
            {
                // What was read before it was forgotten is not joined after.
                if (deployed == null || forgotten != _forgotten)
                {
                    return false;
                }

                if (_wanted == null)
                {
                    _wanted = deployed;
                    State = WifiState.Joining;
                }

                IsQuiet = false;
                Wake();
            }

            return true;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            // The joining thread leaves the network: it may be in the middle of joining, and the image may have joined it
            // before anybody asked.
            lock (_intent)
            {
                _wanted = null;
                State = WifiState.Off;
                Wake();
            }
        }

        /// <inheritdoc/>
        /// <remarks>What nanoff deployed is overwritten. ESP-IDF keeps a copy of its own of the network it joined last,
        /// which no call reaches: only erasing the whole flash does.</remarks>
        public bool Forget()
        {
            Stop();
            bool isForgotten = Overwrite();
            lock (_intent)
            {
                _forgotten++;
            }

            // Whoever has started it meanwhile had the network from before.
            Stop();
            return isForgotten;
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

        private static Wireless80211Configuration FindDeployed()
        {
            Wireless80211Configuration[] all = Wireless80211Configuration.GetAllWireless80211Configurations();
            if (all.Length == 0 || string.IsNullOrEmpty(all[0].Ssid)
                || (all[0].Options & Wireless80211Configuration.ConfigurationOptions.Disable) != 0)
            {
                return null;
            }

            return all[0];
        }

        private bool Overwrite()
        {
            try
            {
                Wireless80211Configuration[] all = Wireless80211Configuration.GetAllWireless80211Configurations();
                for (int i = 0; i < all.Length; i++)
                {
                    all[i].Ssid = "";
                    all[i].Password = "";
                    all[i].Options = Wireless80211Configuration.ConfigurationOptions.Disable;
                    all[i].SaveConfiguration();
                }

                return true;
            }
            catch (Exception failure)
            {
                _log.Write(LogLevel.Error, "wifi", "cannot forget the network: " + failure.Message);
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
                    _log.Write(LogLevel.Warning, "wifi", failure.Message);
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
                _nextAttempt = _clock.Milliseconds + FirstPause;
            }

            Wireless80211Configuration wanted;
            lock (_intent)
            {
                wanted = _wanted;
            }

            if (wanted == null)
            {
                Leave();
                return Timeout.Infinite;
            }

            if (_network.Address != Esp32Network.NoAddress)
            {
                Stay(wanted);
            }
            else
            {
                Join(wanted);
            }

            return CheckInterval;
        }

        private void Leave()
        {
            _adapter.Disconnect();
            _nextAttempt = 0;
            _pause = FirstPause;
            lock (_intent)
            {
                IsQuiet = _wanted == null;
            }
        }

        private void Stay(Wireless80211Configuration wanted)
        {
            if (State != WifiState.Joined)
            {
                Enter(WifiState.Joined, wanted);
                _pause = FirstPause;
                _refusals = 0;
                _log.Write(LogLevel.Info, "wifi", "joined, address " + _network.Address);
            }

            _meter.Step(_adapter, wanted.Ssid);
        }

        private void Join(Wireless80211Configuration wanted)
        {
            long now = _clock.Milliseconds;
            if (State == WifiState.Joined)
            {
                // The image reconnects by itself at once; it is given a while before anything is done here.
                Enter(WifiState.Joining, wanted);
                _nextAttempt = now + FirstPause;
                _log.Write(LogLevel.Warning, "wifi", "left");
            }

            if (now >= _nextAttempt)
            {
                Attempt(wanted);
            }
        }

        private void Attempt(Wireless80211Configuration wanted)
        {
            WifiConnectionStatus status = _adapter.Connect(
                wanted.Ssid, WifiReconnectionKind.Automatic, wanted.Password).ConnectionStatus;
            _nextAttempt = _clock.Milliseconds + _pause;
            if (status != WifiConnectionStatus.Success)
            {
                // Or the image would try again at once and for ever, with no pause between.
                _adapter.Disconnect();
                _pause = _pause * 2 < LastPause ? _pause * 2 : LastPause;
                _refusals = status == WifiConnectionStatus.InvalidCredential ? _refusals + 1 : 0;
                Enter(_refusals >= RefusalsBelieved ? WifiState.Refused : WifiState.Joining, wanted);
                _log.Write(LogLevel.Warning, "wifi", "cannot join, status " + ((int)status).ToString());
            }
        }

        // What the thread finds out counts only as long as nobody wants something else.
        private void Enter(WifiState state, Wireless80211Configuration wanted)
        {
            lock (_intent)
            {
                if (_wanted == wanted)
                {
                    State = state;
                }
            }
        }
    }
}
