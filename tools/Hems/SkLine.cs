using System;
using System.Globalization;

namespace NanoComm.Hems
{
    /// <summary>A line that a Wi-SUN module says.</summary>
    /// <param name="Text">The line without its end.</param>
    internal record SkLine(string Text)
    {
        /// <summary>Whether it says that a command is done: OK, or OK with what was asked.</summary>
        public bool IsOk => Text == "OK" || Text.StartsWith("OK ", StringComparison.Ordinal);

        /// <summary>Whether it says that a command is refused.</summary>
        public bool IsFail => Text.StartsWith("FAIL", StringComparison.Ordinal);

        /// <summary>Reads a field that should be a number; a line without a check may bring anything.</summary>
        public static bool TryHex(string text, out int value)
        {
            return int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        }
    }
}
