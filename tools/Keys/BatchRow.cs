namespace NanoComm.Keys
{
    /// <summary>A row of a batch.</summary>
    /// <param name="Line">Its line, from 1.</param>
    /// <param name="Request">What it asks for.</param>
    /// <param name="Error">What is wrong with it; null for nothing.</param>
    internal sealed record BatchRow(int Line, TicketRequest Request, string Error);
}
