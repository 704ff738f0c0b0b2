namespace NanoComm.Hems
{
    /// <summary>A quantity in both directions; null stands for "no data".</summary>
    /// <param name="Normal">Normal direction, kWh, kW or kvarh; null too where the meter's unit is not known.</param>
    /// <param name="Reverse">Reverse direction, likewise.</param>
    /// <param name="NormalRegister">Normal direction as it was read.</param>
    /// <param name="ReverseRegister">Reverse direction as it was read.</param>
    public sealed record HemsPair(decimal? Normal, decimal? Reverse, uint? NormalRegister, uint? ReverseRegister);
}
