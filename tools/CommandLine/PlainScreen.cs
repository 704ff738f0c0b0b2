using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoComm.CommandLine
{
    /// <summary>What is drawn, in ASCII, where the user's locale has no more: a frame of + - |, a chart of # and =.</summary>
    public static class PlainScreen
    {
        private const char Unknown = '?';
        private const string Utf8 = "UTF8";

        // POSIX: the first of these that is set says it.
        private static readonly string[] Variables = ["LC_ALL", "LC_CTYPE", "LANG"];

        private static readonly Dictionary<char, char> Stands = Pair("╭╮╰╯┌┐└┘├┤┬┴┼", '+').Concat(Pair("─━═–—", '-')).Concat(Pair("│┃║", '|'))
            .Concat(Pair("█▇▆▅▄", '#')).Concat(Pair("▃▂▁", '_')).Concat(Pair("░▒▓", '=')).Concat(Pair("●", '*')).Concat(Pair("○", 'o'))
            .Concat(Pair("×", 'x')).Concat(Pair("…·", '.')).Concat(Pair("→", '>')).ToDictionary();

        /// <summary>Whether what is drawn is kept to ASCII.</summary>
        public static bool IsKept => IsAscii(Environment.GetEnvironmentVariable);

        /// <summary>Keeps to ASCII what is drawn from now on, where the locale asks for it.</summary>
        public static void KeepToLocale()
        {
            if (IsKept)
            {
                AnsiConsole.Console.Pipeline.Attach(new Keeper());
            }
        }

        /// <summary>Whether a locale has ASCII alone that is sure to be shown: C, POSIX, and every character set but UTF-8. Where
        /// nothing is set .NET speaks UTF-8, and so do we; a Windows console has its own way, and it is left to it.</summary>
        /// <param name="variable">Looks up a variable of the environment.</param>
        public static bool IsAscii(Func<string, string> variable)
        {
            string locale = LocaleOf(variable);
            return locale is not null && !OperatingSystem.IsWindows()
                && !locale.Replace("-", "", StringComparison.Ordinal).Contains(Utf8, StringComparison.OrdinalIgnoreCase);
        }

        /// <summary>The locale that says which characters there are.</summary>
        /// <param name="variable">Looks up a variable of the environment.</param>
        /// <returns>Null where nothing is set.</returns>
        public static string LocaleOf(Func<string, string> variable)
        {
            return Variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        }

        /// <summary>A text in ASCII, as wide on the screen as before.</summary>
        /// <param name="text">Any text.</param>
        public static string Of(string text)
        {
            return Ascii.IsValid(text) ? text : string.Concat(text.EnumerateRunes().Select(Of));
        }

        private static string Of(Rune rune)
        {
            return rune.IsAscii ? rune.ToString()
                : rune.IsBmp && Stands.TryGetValue((char)rune.Value, out char stands) ? stands.ToString()
                : new string(Unknown, Math.Max(rune.ToString().GetCellWidth(), 0));
        }

        private static IEnumerable<KeyValuePair<char, char>> Pair(string drawn, char stands)
        {
            return drawn.Select(c => KeyValuePair.Create(c, stands));
        }

        private sealed class Keeper : IRenderHook
        {
            public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables)
            {
                return renderables.Select(one => new Kept(one));
            }
        }

        private sealed class Kept(IRenderable drawn) : IRenderable
        {
            public Measurement Measure(RenderOptions options, int maxWidth) => drawn.Measure(options, maxWidth);

            public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
            {
                return drawn.Render(options, maxWidth).Select(segment =>
                    segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(Of(segment.Text), segment.Style));
            }
        }
    }
}
