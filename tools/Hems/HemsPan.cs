namespace NanoComm.Hems
{
    /// <summary>A meter that answered the search (EPANDESC).</summary>
    /// <param name="Channel">Its logical channel, 21…3C.</param>
    /// <param name="Pan">Its PAN id.</param>
    /// <param name="Mac">Its MAC address, 16 digits.</param>
    /// <param name="Lqi">Link quality, 00…FF.</param>
    /// <param name="PairingId">The last 8 digits of its route-B id.</param>
    public sealed record HemsPan(int Channel, int Pan, string Mac, int Lqi, string PairingId)
    {
        /// <summary>From which received power on a Wi-SUN path is usable, in dBm (requirement R32).</summary>
        public const int UsableFrom = -80;

        /// <summary>Received power in dBm, by the formula of the module's manual.</summary>
        public double Rssi => (0.275 * Lqi) - 104.27;
    }
}
