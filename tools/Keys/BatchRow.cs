namespace NanoComm.Keys
{
    /// <summary>A row of a batch.</summary>
    /// <param name="Line">Its line in the file, from 1.</param>
    /// <param name="Request">The ticket that it asks for.</param>
    public readonly record struct BatchRow(int Line, TicketRequest Request);
}
