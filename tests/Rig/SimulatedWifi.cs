using System;
using NanoComm.Hal;
using NanoComm.Hal.Host;

namespace NanoComm.Rig
{
    /// <summary>A Wi-Fi radio and its network: it joins, gives the port its network, sends now and then unasked, and
    /// takes a while to leave.</summary>
    public sealed class SimulatedWifi : IWifiRadio
    {
        private const int JoinTime = 3000;
        private const int LeaveTime = 300;
        private const int Signal = -61;

        private readonly VirtualScheduler _scheduler;
        private readonly SimulatedPort _port;
        private int _starts;

        /// <summary>Makes a radio that is off.</summary>
        /// <param name="scheduler">The time.</param>
        /// <param name="port">The port that its network is behind.</param>
        public SimulatedWifi(VirtualScheduler scheduler, SimulatedPort port)
        {
            _scheduler = scheduler;
            _port = port;
            _port.HasNetwork = false;
        }

        /// <summary>The radio goes on, or is quiet.</summary>
        public event Action<bool> Switched;

        /// <summary>How often it was started.</summary>
        public int Starts => _starts;

        /// <summary>Whether it hangs when told to leave.</summary>
        public bool Hangs { get; set; }

        /// <inheritdoc/>
        public WifiState State { get; private set; } = WifiState.Off;

        /// <inheritdoc/>
        public int SignalDbm => State == WifiState.Joined ? Signal : 0;

        /// <inheritdoc/>
        public bool IsQuiet { get; private set; } = true;

        /// <inheritdoc/>
        public bool CanBeAccessPoint => false;

        /// <inheritdoc/>
        public bool Start()
        {
            int start = ++_starts;
            State = WifiState.Joining;
            if (IsQuiet)
            {
                IsQuiet = false;
                Switched?.Invoke(true);
            }

            _scheduler.At(_scheduler.Milliseconds + JoinTime, () =>
            {
                if (State == WifiState.Joining && start == _starts)
                {
                    State = WifiState.Joined;
                    _port.HasNetwork = true;
                }
            });
            return true;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            State = WifiState.Off;
            _port.HasNetwork = false;
            if (IsQuiet || Hangs)
            {
                return;
            }

            _scheduler.At(_scheduler.Milliseconds + LeaveTime, () =>
            {
                if (State == WifiState.Off && !IsQuiet)
                {
                    IsQuiet = true;
                    Switched?.Invoke(false);
                }
            });
        }

        /// <inheritdoc/>
        public bool Forget()
        {
            Stop();
            return true;
        }
    }
}
