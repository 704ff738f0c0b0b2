namespace System.Net.NetworkInformation
{
    public delegate void NetworkAddressChangedEventHandler(object sender, EventArgs e);

    public delegate void NetworkAvailabilityChangedEventHandler(object sender, NetworkAvailabilityEventArgs e);

    public sealed class NetworkAvailabilityEventArgs : EventArgs
    {
        internal NetworkAvailabilityEventArgs(bool isAvailable)
        {
            IsAvailable = isAvailable;
        }

        public bool IsAvailable { get; }
    }

    /// <summary>The image's events; the sender is the number of the interface, as a ushort.</summary>
    public static class NetworkChange
    {
        private const ushort Ethernet = 2;

        public static event NetworkAddressChangedEventHandler NetworkAddressChanged;

        public static event NetworkAvailabilityChangedEventHandler NetworkAvailabilityChanged;

        internal static void Reset()
        {
            NetworkAddressChanged = null;
            NetworkAvailabilityChanged = null;
        }

        internal static void TellAddress()
        {
            NetworkAddressChanged?.Invoke(Ethernet, EventArgs.Empty);
        }

        internal static void TellAvailability(bool isAvailable)
        {
            NetworkAvailabilityChanged?.Invoke(Ethernet, new NetworkAvailabilityEventArgs(isAvailable));
        }
    }
}
