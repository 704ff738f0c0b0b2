using System;

namespace NanoComm.Keys
{
    /// <summary>A ticket as the ledger lists it.</summary>
    /// <param name="Epoch">Its epoch.</param>
    /// <param name="Id">Ticket id, 32 hexadecimal digits.</param>
    /// <param name="Kind">What it orders.</param>
    /// <param name="Meter">The metering unit.</param>
    /// <param name="Unit">The communication unit.</param>
    /// <param name="NotAfter">The last time at which the meter takes it; null for no end.</param>
    /// <param name="Issued">When it was made.</param>
    /// <param name="State">What became of it.</param>
    /// <param name="Closed">When that was heard; null before.</param>
    public sealed record TicketEntry(uint Epoch, string Id, TicketKind Kind, SystemTitle Meter, SystemTitle Unit,
        DateTimeOffset? NotAfter, DateTimeOffset Issued, TicketState State, DateTimeOffset? Closed);
}
