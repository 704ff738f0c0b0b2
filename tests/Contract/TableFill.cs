namespace NanoComm.Tests.Contract
{
    /// <summary>How full a table of the device's metadata format is.</summary>
    /// <param name="Place">The assembly, type or method that has the table.</param>
    /// <param name="Table">Which one.</param>
    /// <param name="Used">Entries or bytes in it.</param>
    /// <param name="Limit">What the format holds.</param>
    internal sealed record TableFill(string Place, string Table, int Used, int Limit)
    {
        /// <summary>In percent, rounded up.</summary>
        public int Percent => (Used * 100 + Limit - 1) / Limit;

        /// <inheritdoc/>
        public override string ToString()
        {
            return System.FormattableString.Invariant($"{Table} {Used:N0} of {Limit:N0} ({Percent} %)");
        }
    }
}
