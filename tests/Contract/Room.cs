namespace NanoComm.Tests.Contract
{
    /// <summary>A row of a table of arrows in docs/architecture.md.</summary>
    /// <param name="Name">Whose arrows: a folder of firmware/, or "unit" for what stands beside the folders.</param>
    /// <param name="Others">The rooms at the other ends.</param>
    /// <param name="Line">Where in the page, from 1.</param>
    internal sealed record Room(string Name, System.Collections.Generic.IReadOnlyList<string> Others, int Line);
}
