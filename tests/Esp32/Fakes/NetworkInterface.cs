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
                WifiAdapter.Joined == null || !WifiAdapter.GivesAddresses ? Lan.None : "192.0.2.1", true);
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

    /// <summary>The board's own network configuration, handed out as a copy.</summary>
    public sealed class Wireless80211Configuration
    {
        [Flags]
        public enum ConfigurationOptions
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoConnect = 6,
        }

        /// <summary>What is deployed.</summary>
        public static Wireless80211Configuration Deployed { get; set; }

        /// <summary>How often it was written.</summary>
        public static int Writes { get; set; }

        /// <summary>Whether the flash takes nothing.</summary>
        public static bool Refuses { get; set; }

        public string Ssid { get; set; }

        public string Password { get; set; }

        public ConfigurationOptions Options { get; set; }

        public static Wireless80211Configuration[] GetAllWireless80211Configurations()
        {
            return new[] { (Wireless80211Configuration)Deployed.MemberwiseClone() };
        }

        public void SaveConfiguration()
        {
            if (Refuses)
            {
                throw new InvalidOperationException("flash");
            }

            Deployed = this;
            Writes++;
        }
    }
}
