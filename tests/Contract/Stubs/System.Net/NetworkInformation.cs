namespace System.Net.NetworkInformation
{
    public delegate void NetworkAddressChangedEventHandler(object sender, EventArgs e);

    public delegate void NetworkAvailabilityChangedEventHandler(object sender, NetworkAvailabilityEventArgs e);

    public class NetworkAvailabilityEventArgs : EventArgs
    {
        internal NetworkAvailabilityEventArgs() => throw null;

        public bool IsAvailable => throw null;
    }

    public static class NetworkChange
    {
        public static event NetworkAddressChangedEventHandler NetworkAddressChanged;

        public static event NetworkAvailabilityChangedEventHandler NetworkAvailabilityChanged;
    }

    public class NetworkInterface
    {
        protected NetworkInterface(int interfaceIndex) => throw null;

        public string IPv4Address => throw null;

        public bool IsDhcpEnabled => throw null;

        public NetworkInterfaceType NetworkInterfaceType => throw null;

        public byte[] PhysicalAddress
        {
            get => throw null;
            set => throw null;
        }

        public static NetworkInterface[] GetAllNetworkInterfaces() => throw null;

        public static bool GetIsNetworkAvailable() => throw null;
    }

    public enum NetworkInterfaceType : int
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72,
    }

    public class Wireless80211Configuration
    {
        public Wireless80211Configuration(uint id) => throw null;

        public ConfigurationOptions Options
        {
            get => throw null;
            set => throw null;
        }

        public string Password
        {
            get => throw null;
            set => throw null;
        }

        public string Ssid
        {
            get => throw null;
            set => throw null;
        }

        public static Wireless80211Configuration[] GetAllWireless80211Configurations() => throw null;

        public void SaveConfiguration() => throw null;

        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoConnect = 6,
            SmartConfig = 10,
        }
    }
}
