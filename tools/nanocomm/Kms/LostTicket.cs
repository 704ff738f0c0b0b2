using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>A ticket of a lost batch.</summary>
    /// <param name="Where">Where it is named.</param>
    /// <param name="Pair">Its meter and unit.</param>
    /// <param name="Id">Its id; null where only meter and unit are known: then all of them are meant.</param>
    internal sealed record LostTicket(BatchError Where, TicketRequest Pair, string Id);
}
