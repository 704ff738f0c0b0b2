using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>A ticket that waits in a unit, beside what the unit tells of.</summary>
    /// <param name="Meter">The metering unit that it is for.</param>
    /// <param name="TicketId">32 hexadecimal digits.</param>
    internal sealed record WaitingTicket(SystemTitle Meter, string TicketId);
}
