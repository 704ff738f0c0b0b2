using System.Collections.Generic;

namespace NanoComm.Reporting
{
    /// <summary>A figure over time, to be plotted.</summary>
    /// <param name="Name">What.</param>
    /// <param name="Unit">In what; empty for a count.</param>
    /// <param name="Points">In order of time.</param>
    /// <param name="Limit">What it has to keep to, or null.</param>
    public sealed record ReportSeries(string Name, string Unit, IReadOnlyList<ReportPoint> Points, double? Limit = null);
}
