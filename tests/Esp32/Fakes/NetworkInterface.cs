using System.Device.Wifi;

namespace System.Net.NetworkInformation
{
    public enum NetworkInterfaceType
    {
        Wireless80211 = 71,
    }

    /// <summary>The Wi-Fi interface: has an address while the radio is in a network.</summary>
    public sealed class NetworkInterface
    {
        public NetworkInterfaceType NetworkInterfaceType => NetworkInterfaceType.Wireless80211;

        public string IPv4Address => WifiAdapter.Joined == null ? "0.0.0.0" : "192.0.2.1";

        public byte[] PhysicalAddress { get; } = { 2, 0, 0, 0, 0, 1 };

        public static NetworkInterface[] GetAllNetworkInterfaces()
        {
            return new[] { new NetworkInterface() };
        }
    }

    /// <summary>The deployed network, handed out as a copy.</summary>
    public sealed class Wireless80211Configuration
    {
        [Flags]
        public enum ConfigurationOptions
        {
            None = 0,
            Disable = 1,
            AutoConnect = 6,
        }

        /// <summary>What is deployed.</summary>
        public static string DeployedSsid { get; set; }

        /// <summary>Runs once, after somebody has read what is deployed.</summary>
        public static Action AfterRead { get; set; }

        public string Ssid { get; set; }

        public string Password { get; set; }

        public ConfigurationOptions Options { get; set; }

        public static Wireless80211Configuration[] GetAllWireless80211Configurations()
        {
            var copy = new Wireless80211Configuration
            {
                Ssid = DeployedSsid,
                Password = "passphrase",
                Options = ConfigurationOptions.AutoConnect,
            };
            Action afterRead = AfterRead;
            AfterRead = null;
            afterRead?.Invoke();
            return new[] { copy };
        }

        public void SaveConfiguration()
        {
            DeployedSsid = Ssid;
        }
    }
}
