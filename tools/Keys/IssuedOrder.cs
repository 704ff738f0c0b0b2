namespace NanoComm.Keys
{
    /// <summary>An order that is in the ledger and may be given out.</summary>
    /// <param name="Entry">As the ledger lists it.</param>
    /// <param name="Order">The order.</param>
    /// <param name="Replaced">The one that it took the place of; null where none was open.</param>
    public sealed record IssuedOrder(OrderEntry Entry, Order Order, OrderEntry Replaced);
}
