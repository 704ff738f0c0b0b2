namespace NanoComm.Reporting
{
    /// <summary>A point of a series.</summary>
    /// <param name="Seconds">Its time, s since the series began.</param>
    /// <param name="Value">Its value; not a number for a gap.</param>
    public readonly record struct ReportPoint(double Seconds, double Value);
}
