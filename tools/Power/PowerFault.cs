namespace NanoComm.PowerPlanning
{
    /// <summary>Something wrong with what a board declares.</summary>
    /// <param name="Kind">What.</param>
    /// <param name="Text">Where, and the figures, for people.</param>
    public sealed record PowerFault(PowerFaultKind Kind, string Text)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Kind}: {Text}";
    }
}
