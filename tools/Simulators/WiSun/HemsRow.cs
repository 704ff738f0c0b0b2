namespace NanoComm.Simulators.WiSun
{
    /// <summary>A value that a controller has read.</summary>
    /// <param name="Normal">Register of the normal direction.</param>
    /// <param name="Reverse">Register of the reverse direction.</param>
    /// <param name="ReadAt">When it had it, ms of the air's clock.</param>
    /// <param name="IsFetchedAgain">Whether it came from a history (EC, EE), because it had been missed.</param>
    public readonly record struct HemsRow(uint Normal, uint Reverse, long ReadAt, bool IsFetchedAgain);
}
