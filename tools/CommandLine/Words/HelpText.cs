using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace NanoComm.CommandLine
{
    /// <summary>A command's help in another language than English: the library's own words in that one, and lines that break by cells,
    /// which the library does by characters.</summary>
    internal static class HelpText
    {
        // An option's names, and what it is for: the library writes two blanks or more between.
        private static readonly Regex Row = new(@"^(?<left>  \S.*?)\s{2,}(?<right>\S.*)$");

        // What the library adds to names and descriptions.
        private static readonly Regex Library = new(@"\[options\]|\(REQUIRED\)|\[default: (?<value>[^\]]*)\]|\[command\]");

        /// <summary>Writes it.</summary>
        /// <param name="help">As the library wrote it, on lines of any length.</param>
        /// <param name="columns">Cells of a line.</param>
        /// <param name="output">Where to.</param>
        public static void Write(string help, int columns, TextWriter output)
        {
            string[] lines = help.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
            int left = Math.Min(lines.Select(line => Row.Match(line)).Where(row => row.Success)
                .Select(row => Cells.Width(Say(row.Groups["left"].Value))).DefaultIfEmpty(0).Max() + 2, columns / 2);
            foreach (string line in lines.SelectMany(line => Lay(line, left, columns)))
            {
                output.WriteLine(line);
            }
        }

        private static IEnumerable<string> Lay(string line, int left, int columns)
        {
            if (Row.Match(line) is not { Success: true } row)
            {
                string indent = line[..^line.TrimStart().Length];
                return Cells.Wrap(Say(line.Trim()), columns - indent.Length).Select(part => indent + part);
            }

            string names = Say(row.Groups["left"].Value);
            string[] right = Cells.Wrap(Say(row.Groups["right"].Value), columns - left).ToArray();
            string blank = new(' ', left);
            return Cells.Width(names) + 2 > left ? right.Select(part => blank + part).Prepend(names)
                : right.Skip(1).Select(part => blank + part).Prepend(Cells.Pad(names, left) + right[0]);
        }

        private static string Say(string text)
        {
            return Library.Replace(Words.OfOther(text), found => Words.OfOther(found.Value));
        }
    }
}
