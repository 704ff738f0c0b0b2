namespace NanoComm.Keys
{
    /// <summary>What a file of tables is, beside the ledger.</summary>
    /// <param name="Name">What it is called to whoever has given another file, with its article.</param>
    /// <param name="ApplicationId">Tells it from other SQLite databases.</param>
    /// <param name="Version">Of its schema; no other one is read.</param>
    /// <param name="Schema">The statements that make its tables.</param>
    internal sealed record TableForm(string Name, int ApplicationId, int Version, string Schema);
}
