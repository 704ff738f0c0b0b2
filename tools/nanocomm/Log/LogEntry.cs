namespace NanoComm.Tool
{
    /// <summary>A line of a unit's log, taken apart.</summary>
    /// <param name="Time">As the line has it: milliseconds since the start of the unit, or a time of day; empty where it has none.</param>
    /// <param name="Level">What it matters.</param>
    /// <param name="Source">Who speaks: a part of the unit, or of what it runs on.</param>
    /// <param name="Text">What the line says.</param>
    internal sealed record LogEntry(string Time, LogWeight Level, string Source, string Text)
    {
        /// <summary>The code of docs/field-swap.md; null where it is none of those.</summary>
        public int? Code { get; init; }

        /// <summary>What that means and what to do, in a person's words; null where the line says it all.</summary>
        public string Words { get; init; }
    }
}
