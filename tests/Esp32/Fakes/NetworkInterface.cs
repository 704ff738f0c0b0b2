using System.Device.Wifi;
using NanoComm.Tests.Esp32;

namespace System.Net.NetworkInformation
{
    public enum NetworkInterfaceType
    {
        Ethernet = 6,
        Wireless80211 = 71,
    }

    /// <summary>The Wi-Fi interface, which has an address while the radio is in a network, and the one of the
    /// <see cref="Lan"/>; each a copy of what is at this moment.</summary>
    public sealed class NetworkInterface
    {
        private NetworkInterface(NetworkInterfaceType type, string address, bool isDhcp)
        {
            NetworkInterfaceType = type;
            IPv4Address = address;
            IsDhcpEnabled = isDhcp;
        }

        public NetworkInterfaceType NetworkInterfaceType { get; }

        public string IPv4Address { get; }

        public bool IsDhcpEnabled { get; }

        public byte[] PhysicalAddress { get; } = { 2, 0, 0, 0, 0, 1 };

        public static NetworkInterface[] GetAllNetworkInterfaces()
        {
            var wifi = new NetworkInterface(NetworkInterfaceType.Wireless80211,
                WifiAdapter.Joined == null ? Lan.None : "192.0.2.1", true);
            return Lan.IsThere
                ? new[] { wifi, new NetworkInterface(NetworkInterfaceType.Ethernet, Lan.ShownAddress, Lan.IsDhcp) }
                : new[] { wifi };
        }

        /// <summary>Whether the link of any interface is up.</summary>
        public static bool GetIsNetworkAvailable()
        {
            return WifiAdapter.Joined != null || Lan.IsLinkUp;
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
