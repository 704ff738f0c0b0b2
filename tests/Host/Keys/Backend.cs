namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Where a ledger is.</summary>
    public enum Backend
    {
        /// <summary>In a file.</summary>
        Sqlite,

        /// <summary>On a server.</summary>
        Postgres,
    }
}
