namespace NanoComm.Keys
{
    /// <summary>How much is taken on a path.</summary>
    /// <param name="Path">The path.</param>
    /// <param name="Terminals">Terminals at once; 0 as the unit was built.</param>
    /// <param name="PerSecond">Requests a second of one terminal; 0 as the unit was built.</param>
    public readonly record struct PathLimits(OrderPath Path, byte Terminals, ushort PerSecond);
}
