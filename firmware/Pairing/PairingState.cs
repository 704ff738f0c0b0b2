namespace NanoComm.Pairing
{
    /// <summary>What a technician needs to know of the pairing. The numbers are those of the record `pair-state`.</summary>
    public enum PairingState
    {
        /// <summary>Not paired, and no ticket.</summary>
        Unpaired = 0,

        /// <summary>A ticket is there and was not tried yet.</summary>
        TicketLoaded = 1,

        /// <summary>A ticket is being used.</summary>
        Pairing = 2,

        /// <summary>Paired, and nothing to do.</summary>
        Paired = 3,

        /// <summary>A ticket could not be used; it is tried again, unless it is no good. With a pairing, that goes
        /// on.</summary>
        Refused = 4,

        /// <summary>Another unit took the place of this one, or an order ended its pairing.</summary>
        Retired = 5,
    }
}
