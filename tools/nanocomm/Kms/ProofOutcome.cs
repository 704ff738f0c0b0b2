namespace NanoComm.Tool
{
    /// <summary>What became of one proof of many.</summary>
    /// <param name="Result">What the ledger made of it.</param>
    /// <param name="Remark">Why it was refused, or what somebody has to look at; null for nothing.</param>
    internal readonly record struct ProofOutcome(ProofResult Result, string Remark = null);
}
