namespace NanoComm.Keys
{
    /// <summary>A ticket that is in the ledger and may be given out.</summary>
    /// <param name="Request">What was wanted.</param>
    /// <param name="Epoch">The epoch it has.</param>
    /// <param name="Ticket">The ticket.</param>
    public sealed record IssuedTicket(TicketRequest Request, uint Epoch, Ticket Ticket);
}
