using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.CommandLine;
using NanoComm.Hal.Host;

namespace NanoComm.Tool
{
    /// <summary>What a unit's log says of its links: <c>link Wi-SUN -69 dBm, 11 dB above -80</c>, anywhere in a line of text or
    /// JSON.</summary>
    internal sealed class LinkMeasurements
    {
        private static readonly Regex Sentence = new(
            @"link (?<path>[A-Za-z][A-Za-z0-9-]*) (?<dbm>-?\d{1,3}) dBm, (?<margin>\d{1,3}) dB (?<side>above|below) (?<limit>-?\d{1,3})\b");

        private readonly List<(string Path, int Dbm)> _values = [];

        private LinkMeasurements(IEnumerable<string> lines)
        {
            foreach (string line in lines)
            {
                foreach (Match match in Sentence.Matches(line))
                {
                    Take(match);
                }
            }
        }

        /// <summary>Sentences that contradict themselves: margin and limit do not give the level.</summary>
        public int Contradictions { get; private set; }

        /// <summary>The paths measured.</summary>
        public IEnumerable<string> Paths => _values.Select(value => value.Path).Distinct();

        /// <summary>Reads a log.</summary>
        /// <exception cref="UserError">It cannot be read, or says nothing of links.</exception>
        public static LinkMeasurements Load(string file)
        {
            try
            {
                using TextReader reader = TextFile.Open(file);
                var log = new LinkMeasurements(LinesOf(reader));
                return log._values.Count > 0
                    ? log
                    : throw new UserError($"--log: {file} has no line such as 'link Wi-SUN -69 dBm, 11 dB above -80'");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError("--log: " + error.Message);
            }
        }

        /// <summary>The levels of a path in dBm, in the order of the log.</summary>
        public IReadOnlyList<int> Of(string path)
        {
            return _values.Where(value => value.Path == path).Select(value => value.Dbm).ToList();
        }

        private static IEnumerable<string> LinesOf(TextReader reader)
        {
            for (string line = reader.ReadLine(); line is not null; line = reader.ReadLine())
            {
                yield return line;
            }
        }

        private void Take(Match match)
        {
            int dbm = Number(match, "dbm");
            int margin = match.Groups["side"].Value == "above" ? Number(match, "margin") : -Number(match, "margin");
            if (dbm - margin != Number(match, "limit"))
            {
                Contradictions++;
                return;
            }

            _values.Add((match.Groups["path"].Value, dbm));
        }

        private static int Number(Match match, string group)
        {
            return int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        }
    }
}
