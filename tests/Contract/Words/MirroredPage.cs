using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace NanoComm.Tests.Contract
{
    /// <summary>A page, taken apart into what it has in common with the same page in another language.</summary>
    internal sealed class MirroredPage
    {
        private const string Fence = "```";

        private static readonly Regex Heading = new(@"^(?<level>#+) (?<title>.*)$");
        private static readonly Regex Item = new(@"^\s*(?:[-*]|\d+\.) ");
        private static readonly Regex Name = new("`(?<name>[^`]+)`");
        private static readonly Regex Link = new(@"\]\((?<target>[^)\s]+)\)");
        private static readonly Regex Number = new(@"\d[\d,.]*");

        private readonly Func<string, string> _read;
        private readonly string _path;
        private bool _isAfterGap = true;
        private string[] _columns;

        /// <summary>Takes a page apart.</summary>
        /// <param name="path">Its path, from the root of the repository, with '/'.</param>
        /// <param name="read">Reads a page; null for one that is not there.</param>
        public MirroredPage(string path, Func<string, string> read)
        {
            _path = path;
            _read = read;
            Sections.Add(new PageSection("", 0));
            bool isCode = false;
            foreach (string line in read(path).Split('\n'))
            {
                bool isFence = line.StartsWith(Fence, StringComparison.Ordinal);
                if (isCode || isFence)
                {
                    TakeCode(line, isFence && !isCode);
                    isCode ^= isFence;
                }
                else
                {
                    Take(line);
                }
            }

            foreach (PageSection section in Sections)
            {
                section.Names.Sort(StringComparer.Ordinal);
                section.Links.Sort(StringComparer.Ordinal);
            }
        }

        /// <summary>Its sections, the one above the first heading first.</summary>
        public List<PageSection> Sections { get; } = [];

        private PageSection Last => Sections[^1];

        /// <summary>What differs from the page in another language.</summary>
        public IEnumerable<string> DiffersFrom(MirroredPage other)
        {
            if (other.Sections.Count != Sections.Count)
            {
                return [$"{Sections.Count} sections here, {other.Sections.Count} there"];
            }

            return Sections.Zip(other.Sections).SelectMany(pair => Differences(pair.First, pair.Second));
        }

        private static IEnumerable<string> Differences(PageSection here, PageSection there)
        {
            (string What, IEnumerable<string> Here, IEnumerable<string> There)[] parts =
            [
                ("level", [$"{here.Level}"], [$"{there.Level}"]), ("blocks", here.Blocks, there.Blocks), ("code", here.Code, there.Code),
                ("rows", here.Rows, there.Rows), ("names", here.Names, there.Names), ("links", here.Links, there.Links),
            ];
            foreach ((string what, IEnumerable<string> ours, IEnumerable<string> theirs) in parts)
            {
                if (!ours.SequenceEqual(theirs))
                {
                    yield return $"'{here.Title}', {what}: here {string.Join(" | ", Without(ours, theirs))}; there {string.Join(" | ", Without(theirs, ours))}";
                }
            }
        }

        private static List<string> Without(IEnumerable<string> some, IEnumerable<string> others)
        {
            List<string> left = some.ToList();
            foreach (string other in others)
            {
                left.Remove(other);
            }

            return left;
        }

        private void TakeCode(string line, bool isFirst)
        {
            if (isFirst)
            {
                Last.Blocks.Add("code");
            }

            Last.Code.Add(line);
            _isAfterGap = true;
        }

        private void Take(string line)
        {
            if (Heading.Match(line) is { Success: true } heading)
            {
                Sections.Add(new PageSection(heading.Groups["title"].Value, heading.Groups["level"].Length));
            }

            if (line.StartsWith('|'))
            {
                TakeRow(line);
            }
            else if (line.Length > 0 && !line.StartsWith('#'))
            {
                Last.Blocks.Add(Item.IsMatch(line) ? "item" : line.StartsWith("![", StringComparison.Ordinal) ? "image" : "text");
            }

            _isAfterGap = line.Length == 0;
            Last.Names.AddRange(Name.Matches(line).Select(match => match.Groups["name"].Value));
            Last.Links.AddRange(Link.Matches(line).Select(match => Target(match.Groups["target"].Value)));
        }

        private void TakeRow(string line)
        {
            string[] cells = Regex.Split(line, @"(?<!\\)\|")[1..^1];
            if (_isAfterGap)
            {
                Last.Blocks.Add("table");
                _columns = [];
            }

            if (cells.All(cell => Regex.IsMatch(cell, "^-+:?$")))
            {
                _columns = cells;
            }

            IEnumerable<string> numbers = cells.Where((_, i) => _columns.ElementAtOrDefault(i)?.EndsWith(':') == true)
                .SelectMany(cell => Number.Matches(cell)).Select(match => match.Value);
            Last.Rows.Add($"{cells.Length}: {string.Join(' ', numbers)}");
        }

        // A heading has another name in each language, and the same place.
        private string Target(string target)
        {
            string[] parts = target.Split('#');
            string page = parts[0].Length == 0 || parts[0].Contains("://", StringComparison.Ordinal) ? parts[0]
                : Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(_path), parts[0]))).Replace('\\', '/');
            string place = parts.Length < 2 ? "" : $"#{PlaceOf(parts[1], page.Length == 0 ? _path : page)}";
            return page.Replace(".ja.md", ".md", StringComparison.Ordinal) + place;
        }

        private int PlaceOf(string anchor, string page)
        {
            return _read(page)?.Split('\n').Select(line => Heading.Match(line)).Where(match => match.Success).ToList()
                .FindIndex(match => Anchor(match.Groups["title"].Value) == anchor) ?? -1;
        }

        // As GitHub makes it.
        private static string Anchor(string title)
        {
            return new string(title.ToLowerInvariant().Replace(' ', '-').Where(one => char.IsLetterOrDigit(one) || one is '-' or '_').ToArray());
        }
    }
}
