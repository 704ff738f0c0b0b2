namespace NanoComm.Keys
{
    /// <summary>A ticket that is in the ledger and may be given out.</summary>
    /// <param name="Request">What was wanted.</param>
    /// <param name="Epoch">The epoch it has.</param>
    /// <param name="Ticket">The ticket.</param>
    /// <param name="Anew">The unit's open order, made anew with a number above the epoch; null where there was none to make.</param>
    /// <param name="Dead">The unit's open order, where the ticket was its end; null where there was none.</param>
    public sealed record IssuedTicket(TicketRequest Request, uint Epoch, Ticket Ticket, IssuedOrder Anew = null,
        OrderEntry Dead = null);
}
