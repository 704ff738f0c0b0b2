using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoComm.CommandLine
{
    /// <summary>Writes a view to a terminal of its own: the lines that are others than those shown, in their places; all of them
    /// after a change of the window, and once a minute, in case somebody else has written there.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="layout">The view.</param>
    internal sealed class ScreenWriter(IAnsiConsole console, ScreenLayout layout)
    {
        private static readonly TimeSpan Refreshed = TimeSpan.FromMinutes(1);

        private IReadOnlyList<SegmentLine> _shown = [];
        private (int Columns, int Rows) _size;
        private long _refreshed;

        /// <summary>Writes it as it is now.</summary>
        public void Write()
        {
            RenderOptions options = RenderOptions.Create(console);
            IReadOnlyList<SegmentLine> lines = layout.Lay(options, options.ConsoleSize.Width);
            (int Columns, int Rows) size = (options.ConsoleSize.Width, options.ConsoleSize.Height);
            bool isAll = size != _size || Stopwatch.GetElapsedTime(_refreshed) >= Refreshed;
            int rows = isAll ? size.Rows : Math.Max(lines.Count, _shown.Count);
            var written = new List<Segment>();
            for (int row = 0; row < rows; row++)
            {
                SegmentLine line = row < lines.Count ? lines[row] : [];
                if (isAll || row >= _shown.Count || !IsSame(line, _shown[row]))
                {
                    written.Add(Segment.Control(Invariant($"\u001b[{row + 1};1H\u001b[2K")));
                    written.AddRange(line);
                }
            }

            if (written.Count > 0)
            {
                // In one go: each piece by itself would be a call to the operating system.
                console.Profile.Out.Writer.Write(console.ToAnsi(new Written(written)));
            }

            (_shown, _size) = (lines, size);
            _refreshed = isAll ? Stopwatch.GetTimestamp() : _refreshed;
        }

        private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

        private static bool IsSame(SegmentLine one, SegmentLine other)
        {
            return ReferenceEquals(one, other) || (one.Count == other.Count
                && one.Zip(other).All(pair => pair.First.Text == pair.Second.Text && pair.First.Style.Equals(pair.Second.Style)));
        }

        private sealed class Written(List<Segment> segments) : IRenderable
        {
            public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

            public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => segments;
        }
    }
}
