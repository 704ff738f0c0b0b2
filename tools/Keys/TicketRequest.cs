namespace NanoComm.Keys
{
    /// <summary>A ticket wanted.</summary>
    /// <param name="Kind">What it is to order.</param>
    /// <param name="Meter">The metering unit.</param>
    /// <param name="Unit">The communication unit.</param>
    /// <param name="NotAfter">The last time at which the meter takes it, as <see cref="UtilityTime"/>.</param>
    public readonly record struct TicketRequest(TicketKind Kind, SystemTitle Meter, SystemTitle Unit, uint NotAfter);
}
