using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace NanoComm.Tests.Model
{
    /// <summary>What a search found.</summary>
    internal sealed class SearchResult
    {
        /// <summary>Reads what the verifier printed.</summary>
        public SearchResult(string text)
        {
            Text = text;
            Violation = Match(@"^pan:\d+: (.*?)(?: \(at depth \d+\))?$");
            Errors = Number(@"errors: (\d+)");
            Depth = Number(@"depth reached (\d+)");
            States = Number(@"^ *(\d+) states, stored");
            Transitions = Number(@"^ *(\d+) transitions");
            Seconds = double.Parse(Match(@"elapsed time ([\d.]+) seconds"), CultureInfo.InvariantCulture);
            Megabytes = double.Parse(Match(@"([\d.]+)\ttotal actual memory usage"), CultureInfo.InvariantCulture);
            IsComplete = !text.Contains("Search not completed") && !text.Contains("search depth too small")
                && !text.Contains("reached -DMEMLIM");
            Unreached = [.. Regex.Matches(text, @"^\t.*\.pml:(\d+), state \d+, ""(?!-end-)", RegexOptions.Multiline)
                .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct()];
        }

        /// <summary>All it printed.</summary>
        public string Text { get; }

        /// <summary>The first property that does not hold, or null.</summary>
        public string Violation { get; }

        /// <summary>Errors found; a search ends with the first.</summary>
        public long Errors { get; }

        /// <summary>Steps of the longest run.</summary>
        public long Depth { get; }

        /// <summary>Different states.</summary>
        public long States { get; }

        /// <summary>Steps from state to state.</summary>
        public long Transitions { get; }

        /// <summary>Time it took.</summary>
        public double Seconds { get; }

        /// <summary>Memory it took.</summary>
        public double Megabytes { get; }

        /// <summary>Whether every state was searched.</summary>
        public bool IsComplete { get; }

        /// <summary>Lines with statements that no run came to.</summary>
        public int[] Unreached { get; }

        /// <inheritdoc/>
        public override string ToString()
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"{States:N0} states, {Transitions:N0} transitions, depth {Depth:N0}, {Megabytes:N0} MB, {Seconds:N1} s");
        }

        private string Match(string pattern)
        {
            Match match = Regex.Match(Text, pattern, RegexOptions.Multiline);
            return match.Success ? match.Groups[1].Value : null;
        }

        private long Number(string pattern)
        {
            return long.Parse(Match(pattern) ?? "-1", CultureInfo.InvariantCulture);
        }
    }
}
