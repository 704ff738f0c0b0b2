namespace NanoComm.Hems
{
    /// <summary>A line that a Wi-SUN module says.</summary>
    /// <param name="Text">The line without its end.</param>
    internal record SkLine(string Text)
    {
        /// <summary>Whether it says that a command is done: OK, or OK with what was asked.</summary>
        public bool IsOk => Text == "OK" || Text.StartsWith("OK ", System.StringComparison.Ordinal);

        /// <summary>Whether it says that a command is refused.</summary>
        public bool IsFail => Text.StartsWith("FAIL", System.StringComparison.Ordinal);
    }
}
