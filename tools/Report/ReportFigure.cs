namespace NanoComm.Reporting
{
    /// <summary>Something measured.</summary>
    /// <param name="Name">What.</param>
    /// <param name="Value">How much; not a number where it could not be measured.</param>
    /// <param name="Unit">In what, e.g. s; empty for a count.</param>
    /// <param name="Limit">What it has to keep to, or null.</param>
    /// <param name="IsMinimum">Whether that is the least that is wanted; else it is the most that is allowed.</param>
    public sealed record ReportFigure(string Name, double Value, string Unit, double? Limit = null, bool IsMinimum = false)
    {
        /// <summary>Whether it keeps to its limit; what could not be measured keeps to none.</summary>
        public bool IsWithin => Limit is not double limit || (IsMinimum ? Value >= limit : Value <= limit);
    }
}
