namespace System.Device.Wifi
{
    public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object e);

    public sealed class WifiAdapter : IDisposable
    {
        internal WifiAdapter() => throw null;

        public event AvailableNetworksChangedEventHandler AvailableNetworksChanged
        {
            add => throw null;
            remove => throw null;
        }

        public WifiNetworkReport NetworkReport => throw null;

        public WifiConnectionResult Connect(
            WifiAvailableNetwork availableNetwork, WifiReconnectionKind reconnectionKind,
            string passwordCredential) => throw null;

        public WifiConnectionResult Connect(
            string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential) => throw null;

        public void Disconnect() => throw null;

        public void Dispose() => throw null;

        public static WifiAdapter[] FindAllAdapters() => throw null;

        public void ScanAsync() => throw null;
    }

    public class WifiAvailableNetwork
    {
        public string Ssid => throw null;

        public double NetworkRssiInDecibelMilliwatts => throw null;
    }

    public class WifiConnectionResult
    {
        internal WifiConnectionResult() => throw null;

        public WifiConnectionStatus ConnectionStatus => throw null;
    }

    public enum WifiConnectionStatus : int
    {
        AccessRevoked = 0,
        InvalidCredential = 1,
        NetworkNotAvailable = 2,
        Success = 3,
        Timeout = 4,
        UnspecifiedFailure = 5,
        UnsupportedAuthenticationProtocol = 6,
    }

    public class WifiNetworkReport
    {
        internal WifiNetworkReport() => throw null;

        public WifiAvailableNetwork[] AvailableNetworks => throw null;
    }

    public enum WifiReconnectionKind : int
    {
        Automatic = 0,
        Manual = 1,
    }
}
