namespace NanoComm.Tool
{
    /// <summary>What became of a record that was to be written to a board.</summary>
    /// <param name="Record">The record's name.</param>
    /// <param name="IsWritten">Whether nanoff said that the board has it.</param>
    internal sealed record RecordOutcome(string Record, bool IsWritten);
}
