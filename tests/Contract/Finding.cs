namespace NanoComm.Tests.Contract
{
    /// <summary>Something that a check refuses.</summary>
    /// <param name="Place">Where: path(line,col), path, or the type or method when no source line is known.</param>
    /// <param name="Code">Which rule: a compiler error code, or the name of one of our own rules.</param>
    /// <param name="Message">What is wrong, and what to do instead.</param>
    internal sealed record Finding(string Place, string Code, string Message)
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            return $"{Place}: {Code} {Message}";
        }
    }
}
