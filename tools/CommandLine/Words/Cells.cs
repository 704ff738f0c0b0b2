using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Spectre.Console.Rendering;

namespace NanoComm.CommandLine
{
    /// <summary>Text by the cells that it takes on a terminal: a Japanese character takes two.</summary>
    public static class Cells
    {
        private const int Wide = 2;

        // What does not begin a line (JIS X 4051), and what does not end one.
        private const string NeverFirst = "、。，．・：；？！）」』】〕］｝〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…";
        private const string NeverLast = "（「『【〔［｛〈《";

        /// <summary>Cells of a text.</summary>
        public static int Width(string text) => new Segment(text).CellCount();

        /// <summary>Whether a character takes two cells, on whatever terminal.</summary>
        public static bool IsWide(char one) => Width(one.ToString()) == Wide;

        /// <summary>Fills a text up with blanks.</summary>
        /// <param name="text">The text; a longer one is left as it is.</param>
        /// <param name="width">Cells.</param>
        public static string Pad(string text, int width) => text + new string(' ', Math.Max(width - Width(text), 0));

        /// <summary>Breaks a text into lines: at blanks, and between Japanese characters where a line may break.</summary>
        /// <param name="text">The text; its own line ends are kept.</param>
        /// <param name="width">Cells of a line; a longer word stands alone.</param>
        public static IEnumerable<string> Wrap(string text, int width)
        {
            return text.Split('\n').SelectMany(line => WrapLine(line, width));
        }

        private static IEnumerable<string> WrapLine(string text, int width)
        {
            var line = new StringBuilder();
            int filled = 0;
            foreach (string piece in Pieces(text))
            {
                int cells = Width(piece.TrimEnd(' '));
                if (filled + cells > width && filled > 0)
                {
                    yield return line.ToString().TrimEnd(' ');
                    line.Clear();
                    filled = 0;
                }

                line.Append(piece);
                filled += Width(piece);
            }

            yield return line.ToString().TrimEnd(' ');
        }

        // What stays together, with the blanks behind it.
        private static IEnumerable<string> Pieces(string text)
        {
            int first = 0;
            for (int i = 1; i < text.Length; i++)
            {
                if (MayBreak(text[i - 1], text[i]))
                {
                    yield return text[first..i];
                    first = i;
                }
            }

            yield return text[first..];
        }

        private static bool MayBreak(char before, char after)
        {
            return after != ' ' && (before == ' '
                || ((IsWide(before) || IsWide(after)) && !NeverFirst.Contains(after) && !NeverLast.Contains(before)));
        }
    }
}
