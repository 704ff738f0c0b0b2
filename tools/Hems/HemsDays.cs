namespace NanoComm.Hems
{
    /// <summary>Which properties have the half-hours of a day.</summary>
    /// <param name="Quantity">What they count.</param>
    /// <param name="Normal">EPC of the normal direction.</param>
    /// <param name="Reverse">EPC of the reverse direction; not in a map where there is none.</param>
    internal sealed record HemsDays(HemsQuantity Quantity, byte Normal, byte Reverse);
}
