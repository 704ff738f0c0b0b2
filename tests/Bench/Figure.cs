namespace NanoComm.Bench
{
    /// <summary>One measured figure against what is wanted.</summary>
    /// <param name="What">What was measured.</param>
    /// <param name="Wanted">The figure to reach.</param>
    /// <param name="Measured">The figure reached.</param>
    /// <param name="Reached">Whether it is good enough.</param>
    internal sealed record Figure(string What, string Wanted, string Measured, bool Reached);
}
