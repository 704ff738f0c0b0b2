using System;
using System.Globalization;

namespace NanoComm.CommandLine
{
    /// <summary>
    /// What a program says to people, in their language. English stands in the code and is the key: a text that the other
    /// language's table lacks is said in English, and fails a test (tests/Contract/WordTests.cs).
    /// </summary>
    public static class Words
    {
        private static readonly Lazy<WordTable> Japanese = new(() => WordTable.Load("ja"));

        private static WordTable _table;

        /// <summary>What is spoken; English until somebody says otherwise.</summary>
        public static Language Language => _table is null ? Language.English : Language.Japanese;

        /// <summary>Speaks a language from now on. The whole process does.</summary>
        public static void Speak(Language language)
        {
            _table = language == Language.Japanese ? Japanese.Value : null;
        }

        /// <summary>Says a text.</summary>
        /// <param name="text">In English, a literal.</param>
        public static string Of(string text) => _table?.Find(text) ?? text;

        /// <summary>Says a text with holes.</summary>
        /// <param name="phrase">In English, <c>$"…"</c>. What is in the holes is words of its own, or none.</param>
        public static string Of(Phrase phrase)
        {
            string format = phrase.Format;
            return string.Format(CultureInfo.CurrentCulture, _table?.Find(format) ?? format, phrase.Arguments);
        }

        /// <summary>Marks a text in a table of the code that is said later, by <see cref="OfLater"/>: the language may be
        /// another one then.</summary>
        public static string Later(string text) => text;

        /// <summary>Says what <see cref="Later"/> marked; null for null.</summary>
        public static string OfLater(string text) => text is null ? null : Of(text);

        /// <summary>Says what somebody else has said in English, who knows no language: a room below, .NET, a library.</summary>
        public static string OfOther(string text) => _table?.FindFilled(text) ?? text;
    }
}
