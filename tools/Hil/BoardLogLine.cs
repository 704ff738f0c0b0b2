namespace NanoComm.Hil
{
    /// <summary>A line of a board's log.</summary>
    /// <param name="At">When the bench had it, ms of its clock.</param>
    /// <param name="Text">Level, source and text, as the board writes them.</param>
    public sealed record BoardLogLine(long At, string Text);
}
