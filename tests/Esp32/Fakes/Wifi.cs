namespace System.Device.Wifi
{
    public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object e);

    public enum WifiConnectionStatus
    {
        InvalidCredential = 1,
        NetworkNotAvailable = 2,
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

    /// <summary>The one radio and the one network around it, with the habits of the image (nf-interpreter,
    /// targets/ESP32/_common/Target_Network.cpp): what is joined is kept by ESP-IDF, be it joined or not; a network
    /// without a name is none; the loss of the network takes the address at once.</summary>
    public sealed class WifiAdapter
    {
        private static readonly WifiAdapter One = new();
        private static readonly object Gate = new();

        public event AvailableNetworksChangedEventHandler AvailableNetworksChanged;

        /// <summary>The network that there is, or null.</summary>
        public static string Network { get; set; }

        public static string Passphrase { get; set; }

        /// <summary>Whether its DHCP server answers.</summary>
        public static bool GivesAddresses { get; set; }

        /// <summary>The network that the radio is in, or null.</summary>
        public static string Joined { get; private set; }

        /// <summary>What ESP-IDF keeps, as "network|passphrase".</summary>
        public static string Kept { get; private set; }

        /// <summary>Attempts so far, those without a name not among them.</summary>
        public static int Attempts { get; private set; }

        public WifiNetworkReport NetworkReport { get; } = new() { AvailableNetworks = Array.Empty<WifiAvailableNetwork>() };

        public static WifiAdapter[] FindAllAdapters()
        {
            return new[] { One };
        }

        public static void Reset(string network, string passphrase)
        {
            lock (Gate)
            {
                Network = network;
                Passphrase = passphrase;
                GivesAddresses = true;
                Joined = null;
                Kept = "|";
                Attempts = 0;
            }
        }

        /// <summary>The access point goes away.</summary>
        public static void Lose()
        {
            lock (Gate)
            {
                Network = null;
                Joined = null;
            }
        }

        public WifiConnectionResult Connect(string ssid, WifiReconnectionKind kind, string password)
        {
            lock (Gate)
            {
                Joined = null;
                Kept = ssid + "|" + password;
                Attempts += ssid.Length > 0 ? 1 : 0;
                WifiConnectionStatus status = ssid.Length == 0 || ssid != Network ? WifiConnectionStatus.NetworkNotAvailable
                    : password != Passphrase ? WifiConnectionStatus.InvalidCredential
                    : WifiConnectionStatus.Success;
                Joined = status == WifiConnectionStatus.Success ? ssid : null;
                return new WifiConnectionResult { ConnectionStatus = status };
            }
        }

        public void Disconnect()
        {
            lock (Gate)
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
