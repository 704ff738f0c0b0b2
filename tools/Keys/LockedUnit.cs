namespace NanoComm.Keys
{
    /// <summary>A unit and its keys as they are sealed in the ledger.</summary>
    internal sealed record LockedUnit(Unit Unit, byte[] Keys);
}
