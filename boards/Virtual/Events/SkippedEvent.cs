namespace NanoComm.Virtual.Events
{
    /// <summary>More was exchanged than could be shown.</summary>
    /// <param name="Count">Exchanges that are not told.</param>
    internal sealed record SkippedEvent(long Count) : JsonEvent("skipped");
}
