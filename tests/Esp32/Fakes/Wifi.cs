using System.Collections.Generic;

namespace System.Device.Wifi
{
    public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object e);

    public enum WifiConnectionStatus
    {
        InvalidCredential = 1,
        Success = 3,
    }

    public enum WifiReconnectionKind
    {
        Automatic = 0,
    }

    public sealed class WifiAvailableNetwork
    {
        public string Ssid { get; init; }

        public double NetworkRssiInDecibelMilliwatts { get; init; }
    }

    public sealed class WifiNetworkReport
    {
        public WifiAvailableNetwork[] AvailableNetworks { get; init; }
    }

    public sealed class WifiConnectionResult
    {
        public WifiConnectionStatus ConnectionStatus { get; init; }
    }

    /// <summary>The one radio: joins whatever network it is told to, and shows which.</summary>
    public sealed class WifiAdapter
    {
        private static readonly WifiAdapter One = new();
        private readonly object _lock = new();
        private readonly List<string> _joined = new();

        public event AvailableNetworksChangedEventHandler AvailableNetworksChanged;

        /// <summary>The network that the radio is in, or null.</summary>
        public static string Joined { get; private set; }

        public WifiNetworkReport NetworkReport { get; } = new() { AvailableNetworks = Array.Empty<WifiAvailableNetwork>() };

        public static WifiAdapter[] FindAllAdapters()
        {
            return new[] { One };
        }

        public static void Reset()
        {
            Joined = null;
        }

        public WifiConnectionResult Connect(string ssid, WifiReconnectionKind kind, string password)
        {
            lock (_lock)
            {
                _joined.Add(ssid);
                Joined = ssid;
            }

            return new WifiConnectionResult { ConnectionStatus = WifiConnectionStatus.Success };
        }

        public void Disconnect()
        {
            lock (_lock)
            {
                Joined = null;
            }
        }

        public void ScanAsync()
        {
            AvailableNetworksChanged?.Invoke(this, null);
        }
    }
}
