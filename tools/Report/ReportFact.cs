namespace NanoComm.Reporting
{
    /// <summary>Something to know of the whole run: what was tested, by which program, over which way.</summary>
    /// <param name="Name">What it is.</param>
    /// <param name="Value">Its value, any text.</param>
    public sealed record ReportFact(string Name, string Value);
}
