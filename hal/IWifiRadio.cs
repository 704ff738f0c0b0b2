namespace NanoComm.Hal
{
    /// <summary>
    /// The Wi-Fi radio as a station. Network name and passphrase are deployed to the board and never pass through
    /// here. Safe to use from any loop.
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

        /// <summary>Whether it can be an access point too.</summary>
        bool CanBeAccessPoint { get; }

        /// <summary>Switches the radio on and joins the deployed network, or goes on trying.</summary>
        /// <returns>False when no network is deployed to this board.</returns>
        bool Start();

        /// <summary>Leaves the network and switches the radio off.</summary>
        void Stop();

        /// <summary>Leaves the network and makes the board forget it, passphrase included, durably.</summary>
        /// <returns>False when the board did not do it: call again.</returns>
        bool Forget();
    }
}
