namespace NanoComm.Keys
{
    /// <summary>What became of a row of a factory's report.</summary>
    /// <param name="Writing">The row.</param>
    /// <param name="Before">The unit as it was before: written already, it is worth a word. Null when the row was refused.</param>
    /// <param name="Refusal">Why it was refused, without a full stop; null when it was not.</param>
    public sealed record TakenWriting(FactoryWriting Writing, Unit Before, string Refusal);
}
