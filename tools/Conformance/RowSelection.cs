namespace NanoComm.MeterConformance
{
    /// <summary>Rows of a history that are chosen by the time of the first of them.</summary>
    /// <param name="Selector">Chooses.</param>
    /// <param name="Data">Has the rows.</param>
    /// <param name="Interval">Minutes from one to the next.</param>
    /// <param name="Newest">Properties that have the newest row: one for both directions, or one for each.</param>
    internal sealed record RowSelection(byte Selector, byte Data, int Interval, byte[] Newest);
}
