namespace NanoComm.Keys
{
    /// <summary>What an archive has for one meter and unit.</summary>
    /// <param name="Meter">The metering unit.</param>
    /// <param name="Unit">The communication unit.</param>
    /// <param name="Ticket">The ticket.</param>
    /// <param name="Order">The unit's open order, which is to follow the ticket; null where there is none.</param>
    public sealed record ArchivedTicket(SystemTitle Meter, SystemTitle Unit, Ticket Ticket, Order Order);
}
