namespace NanoComm.Keys
{
    /// <summary>A unit that is about to be entered.</summary>
    /// <param name="Unit">The unit, whose keys are wiped already.</param>
    /// <param name="Plain">Its keys, to be wiped.</param>
    /// <param name="Keys">Its keys as they are sealed in the ledger.</param>
    internal sealed record SealedUnit(NewUnit Unit, byte[] Plain, byte[] Keys);
}
