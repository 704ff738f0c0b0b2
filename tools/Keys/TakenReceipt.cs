namespace NanoComm.Keys
{
    /// <summary>What became of a receipt that was taken with others.</summary>
    /// <param name="Receipt">The receipt.</param>
    /// <param name="Before">Its ticket as it was before: done already, or said to be lost, it is worth a word. Null when it was
    /// refused.</param>
    /// <param name="Refusal">Why it was refused, without a full stop; null when it was not.</param>
    public sealed record TakenReceipt(Receipt Receipt, TicketEntry Before, string Refusal);
}
