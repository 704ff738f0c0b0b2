using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NanoComm.CommandLine
{
    /// <summary>
    /// The texts of one language, by the English ones: <c>Words/ja.json</c>, sections of texts. What is in the sections
    /// <c>others</c> and <c>libraries</c> is said by who knows no language, rooms below and .NET, and is found by its form, with the
    /// holes filled.
    /// </summary>
    public sealed class WordTable
    {
        private const string OfOthers = "others";
        private const string OfLibraries = "libraries";
        private const int MostHoles = 10;

        // A hole as string.Format has it: number, and how it is written.
        private static readonly Regex Hole = new(@"\{(?<number>\d)(?:,-?\d+)?(?::[^}]*)?\}");

        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
        private readonly List<(Regex Form, string Text)> _forms;

        private WordTable(Dictionary<string, Dictionary<string, string>> sections)
        {
            foreach ((string english, string text) in sections.Values.SelectMany(section => section))
            {
                _texts.Add(english, text);
            }

            // The longest first, which says most of what it is.
            _forms = sections[OfOthers].Concat(sections[OfLibraries]).Where(pair => Hole.IsMatch(pair.Key)).OrderByDescending(pair => Hole.Replace(pair.Key, "").Length)
                .Select(pair => (ToForm(pair.Key), pair.Value)).ToList();
        }

        /// <summary>Reads a language's table out of this program.</summary>
        /// <param name="name">Its name: <c>ja</c>.</param>
        public static WordTable Load(string name)
        {
            using Stream file = typeof(WordTable).Assembly.GetManifestResourceStream($"{name}.json");
            using JsonDocument table = JsonDocument.Parse(file);
            return new WordTable(table.RootElement.EnumerateObject().ToDictionary(section => section.Name,
                section => section.Value.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString())));
        }

        /// <summary>The text for an English one, or for its format.</summary>
        /// <returns>Null where the table has none.</returns>
        public string Find(string english) => _texts.GetValueOrDefault(english);

        /// <summary>The text for an English one whose holes are filled already; what is in them is looked for likewise.</summary>
        /// <returns>The English text where the table has none.</returns>
        public string FindFilled(string english)
        {
            if (_texts.TryGetValue(english, out string text))
            {
                return text;
            }

            foreach ((Regex form, string other) in _forms)
            {
                if (form.Match(english) is { Success: true } match)
                {
                    object[] values = Enumerable.Range(0, MostHoles)
                        .Select(number => (object)FindFilled(match.Groups[GroupOf(number)].Value)).ToArray();
                    return string.Format(CultureInfo.InvariantCulture, other, values);
                }
            }

            return english;
        }

        private static Regex ToForm(string english)
        {
            int at = 0;
            string form = "";
            foreach (Match hole in Hole.Matches(english))
            {
                form += Regex.Escape(english[at..hole.Index]) + $"(?<{GroupOf(hole.Groups["number"].ValueSpan[0] - '0')}>.*?)";
                at = hole.Index + hole.Length;
            }

            // Who puts such a text into a sentence of his own takes its full stop away.
            string end = english[at..];
            string rest = end.EndsWith('.') ? Regex.Escape(end[..^1]) + @"\.?" : Regex.Escape(end);
            return new Regex($"^{form}{rest}$", RegexOptions.Singleline | RegexOptions.CultureInvariant);
        }

        private static string GroupOf(int number) => "h" + number.ToString(CultureInfo.InvariantCulture);
    }
}
