using System;
using NanoComm.Hal;

namespace NanoComm.Rig
{
    /// <summary>What a simulated board has of power, and of what draws it.</summary>
    public sealed class PoweredParts
    {
        /// <summary>The figures that it declares.</summary>
        public Action<IPowerSheet> Declaration { get; init; } = AmplePower.Declare;

        /// <summary>Its voltage detector, or null.</summary>
        public ISupplyMonitor Supply { get; init; }

        /// <summary>Told when the Wi-SUN module is let out of reset, or held in it.</summary>
        public Action<bool> Held { get; init; } = _ => { };

        /// <summary>Whether its IP port is behind a Wi-Fi radio.</summary>
        public bool HasWifi { get; init; }

        /// <summary>Whether its network is ordered from the start.</summary>
        public bool IsWifiOrdered { get; init; } = true;

        /// <summary>Whether that radio can be an access point.</summary>
        public bool CanBeAccessPoint { get; init; }
    }
}
