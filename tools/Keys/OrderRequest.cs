namespace NanoComm.Keys
{
    /// <summary>An order wanted.</summary>
    /// <param name="Unit">The communication unit.</param>
    /// <param name="Meter">The metering unit that it is paired with when it takes the order.</param>
    /// <param name="Body">What it is told.</param>
    /// <param name="NotAfter">The last time at which the unit takes it, as <see cref="UtilityTime"/>.</param>
    public sealed record OrderRequest(SystemTitle Unit, SystemTitle Meter, OrderBody Body, uint NotAfter);
}
