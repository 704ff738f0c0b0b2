namespace NanoComm.Pairing
{
    /// <summary>What a ticket is for. The numbers are those in the ticket.</summary>
    public enum TicketKind
    {
        /// <summary>Pairs the unit with a metering unit.</summary>
        Pair = 1,

        /// <summary>Orders the unit to erase itself.</summary>
        Retire = 2,
    }
}
