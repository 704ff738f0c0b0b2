using System;
using NanoComm.Hal;
using NanoComm.Supervision;
using NanoComm.Virtual.Events;

namespace NanoComm.Virtual
{
    /// <summary>What the views show of Wi-Fi.</summary>
    /// <param name="options">What the user asked for.</param>
    /// <param name="source">The simulated Wi-Fi.</param>
    /// <param name="wifi">What has the radio on or off; null when the unit was given no power for it.</param>
    internal sealed class WifiStatus(WifiOptions options, WifiSource source, WifiSwitch wifi)
    {
        private string _shown;

        /// <summary>The access point, with the passphrase when it is the made-up one, which protects nothing.</summary>
        public string Where => $"simulated access point '{options.Ssid}', "
            + (options.Passphrase == WifiOptions.MadeUpPassphrase ? $"passphrase '{options.Passphrase}'" : "passphrase as given");

        /// <summary>State, address and signal.</summary>
        public string State => Now switch
        {
            WifiState.Off => "off",
            WifiState.Joining => "joining",
            WifiState.Joined => "joined" + Link,
            WifiState.WrongPassphrase => "the access point refuses the passphrase",
            WifiState.NetworkNotFound => "the network is not found, or does not answer",
            _ => "in the network, no address",
        };

        /// <summary>Whether nothing is wrong.</summary>
        public bool IsWell => Now is WifiState.Off or WifiState.Joining or WifiState.Joined && (Signal == 0 || Margin >= 0);

        // What the radio has at this moment, of which the unit learns at its next look.
        private string Link => source.Slot.Name is not { } name || Signal == 0 ? ""
            : $", {name}, {Signal} dBm ({Math.Abs(Margin)} dB {(Margin >= 0 ? "above" : "below")} {LinkReport.WifiLimit})";

        /// <summary>The access point's name.</summary>
        public string Ssid => options.Ssid;

        /// <summary>Local address and port; null without one.</summary>
        public string Address => source.Slot.Name;

        /// <summary>State of the radio.</summary>
        public WifiState Now => wifi?.State ?? WifiState.Off;

        /// <summary>Signal in dBm; 0 without one.</summary>
        public int Signal => source.Radio.SignalDbm;

        private int Margin => Signal - LinkReport.WifiLimit;

        /// <summary>Whether state, address or signal is another one than at the last call.</summary>
        public bool HasChanged()
        {
            string now = State;
            bool hasChanged = now != _shown;
            _shown = now;
            return hasChanged;
        }

        /// <summary>The same for programs.</summary>
        public WifiData ToData()
        {
            return new WifiData
            {
                State = Now.ToString(),
                AccessPoint = options.Ssid,
                Address = source.Slot.Name,
                Dbm = Signal == 0 ? (int?)null : Signal,
                DbmLimit = LinkReport.WifiLimit,
                Attempts = source.Radio.Starts,
            };
        }
    }
}
