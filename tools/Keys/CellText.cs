using System.Globalization;
using System.Text;

namespace NanoComm.Keys
{
    /// <summary>What stands in a file of somebody else's, as messages show it.</summary>
    public static class CellText
    {
        private const int Longest = 40;

        /// <summary>In quotes; what a terminal would obey, or nobody can see, as <c>\u001B</c>; what is long, cut off.</summary>
        public static string Quote(string text)
        {
            var shown = new StringBuilder("'");
            int runes = 0;
            foreach (Rune rune in text.EnumerateRunes())
            {
                if (runes++ == Longest)
                {
                    return shown.Append($"…' ({text.Length:N0} characters)").ToString();
                }

                if (IsShown(rune))
                {
                    shown.Append(rune);
                }
                else
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
                }
            }

            return shown.Append('\'').ToString();
        }

        private static bool IsShown(Rune rune)
        {
            return Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned);
        }
    }
}
