namespace NanoComm.Hal
{
    /// <summary>
    /// The Wi-Fi radio, off until it is started. It makes one attempt for each start, and none when it has lost the network:
    /// when to try again is decided by who starts it. Safe to use from any loop.
    /// </summary>
    public interface IWifiRadio
    {
        /// <summary>The present state.</summary>
        WifiState State { get; }

        /// <summary>Received signal strength in dBm, 0 when unknown. Usable from -70 dBm (requirement R32).</summary>
        int SignalDbm { get; }

        /// <summary>Whether the radio is out of the network and sends nothing. Some time after <see cref="Stop"/>, as
        /// leaving may take a while.</summary>
        bool IsQuiet { get; }

        /// <summary>Whether it can be an access point that is protected as it must be.</summary>
        bool CanBeAccessPoint { get; }

        /// <summary>Begins an attempt to be in a network; one that was under way ends. In this very network already, it
        /// stays.</summary>
        /// <param name="network">The network; what the radio needs of it, it copies.</param>
        /// <returns>False when this radio cannot, or must not: a role that it has not, no protection by AES (requirement
        /// R19), a name that it cannot take.</returns>
        bool Start(WifiNetwork network);

        /// <summary>Leaves the network, and clears what it has copied of it.</summary>
        void Stop();

        /// <summary>Stops, and makes the board forget every network, durably: what it has kept of the last one, and what
        /// was deployed to it.</summary>
        /// <returns>False when the board did not do it: call again.</returns>
        bool Forget();
    }
}
