using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>A call of this program, as a line that can be pasted into a shell wherever it stands.</summary>
    internal sealed class PastedLine
    {
        private const string Plain = "_-./:=@%+,";
        private const string Margin = "    ";
        private const string GoesOn = " \\";

        private readonly string[] _words;

        /// <summary>Makes it.</summary>
        /// <param name="variable">A variable of the environment that is set for the call, as NAME=VALUE.</param>
        /// <param name="words">Command, options and their values.</param>
        public PastedLine(string variable, params string[] words)
        {
            _words = [variable, .. Program(), .. words.Select(Quote)];
        }

        /// <inheritdoc/>
        public override string ToString() => string.Join(' ', _words);

        /// <summary>The same in lines that fit into so many columns, as far as its words do: a shell takes them for one.</summary>
        public IEnumerable<string> Fold(int columns)
        {
            string line = _words[0];
            foreach (string word in _words.Skip(1))
            {
                if (line.Length + 1 + word.Length + GoesOn.Length > columns)
                {
                    yield return line + GoesOn;
                    line = Margin + word;
                }
                else
                {
                    line += " " + word;
                }
            }

            yield return line;
        }

        // By its name where the shell finds it, else by its path; what is built for no system in particular is run by dotnet.
        private static string[] Program()
        {
            string path = Environment.ProcessPath;
            string name = Path.GetFileName(path);
            string folders = Environment.GetEnvironmentVariable("PATH") ?? "";
            return name == "dotnet" ? [name, Quote(Environment.GetCommandLineArgs()[0])]
                : folders.Split(Path.PathSeparator).Contains(Path.GetDirectoryName(path)) ? [name]
                : [Quote(path)];
        }

        private static string Quote(string word)
        {
            return word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c)) ? word
                : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        }
    }
}
