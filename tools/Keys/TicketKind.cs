namespace NanoComm.Keys
{
    /// <summary>What a ticket orders.</summary>
    public enum TicketKind
    {
        /// <summary>Pair the unit with the metering unit.</summary>
        Pair = 1,

        /// <summary>Erase the unit's pairing with that metering unit, and all that is personal.</summary>
        Retire = 2,
    }
}
