using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoComm.CommandLine
{
    /// <summary>Lays out a view for the window that is there. A part that shows the same as the time before keeps its
    /// lines.</summary>
    /// <param name="draw">Makes the view; asked only where there is room for it.</param>
    /// <param name="brief">Says the most important where there is not.</param>
    internal sealed class ScreenLayout(Func<IReadOnlyList<ScreenPart>> draw, Func<string[]> brief)
    {
        private const char Unknown = '?';

        private readonly Dictionary<int, Drawn> _before = [];

        /// <summary>The view's lines, as many as the window has at most.</summary>
        /// <param name="options">The terminal.</param>
        /// <param name="columns">Columns of the window.</param>
        public IReadOnlyList<SegmentLine> Lay(RenderOptions options, int columns)
        {
            int lines = Math.Max(options.ConsoleSize.Height, 1);
            return columns >= LiveScreen.LeastColumns && lines >= LiveScreen.LeastLines ? LayOut(options, columns, lines)
                : brief().Take(lines).Select(line => new SegmentLine([new Segment(Cut(line, columns))])).ToArray();
        }

        private static IReadOnlyList<SegmentLine> Draw(ScreenPart part, RenderOptions options, int columns, int room)
        {
            IReadOnlyList<SegmentLine> lines = [];
            for (int items = Math.Clamp(room, 1, Math.Max(part.Items, 1)); items > 0; items--)
            {
                IRenderable drawn = part.Draw(items);
                lines = drawn is ILaidOut laid ? laid.Lay(options, columns) : Segment.SplitLines(drawn.Render(options, columns), columns);
                if (lines.Count <= room)
                {
                    return lines;
                }
            }

            return part.IsCut ? lines.Take(room).ToArray() : [];
        }

        private SegmentLine[] LayOut(RenderOptions options, int columns, int room)
        {
            IReadOnlyList<ScreenPart> parts = draw();
            var lines = new IReadOnlyList<SegmentLine>[parts.Count];
            foreach (int part in Enumerable.Range(0, parts.Count).OrderBy(part => parts[part].Rank))
            {
                lines[part] = DrawIfNew(part, parts[part], options, columns, room);
                room -= lines[part].Count;
            }

            return lines.SelectMany(one => one).ToArray();
        }

        private IReadOnlyList<SegmentLine> DrawIfNew(int place, ScreenPart part, RenderOptions options, int columns, int room)
        {
            if (part.Shows is not null && _before.TryGetValue(place, out Drawn before) && before.IsOf(part, columns, room))
            {
                return before.Lines;
            }

            IReadOnlyList<SegmentLine> lines = Draw(part, options, columns, room);
            _before[place] = new Drawn(part.Shows, columns, room, lines);
            return lines;
        }

        // ASCII is one column a character on every terminal, Japanese two; of the rest nobody knows.
        private static string Cut(string line, int columns)
        {
            int filled = 0;
            return new string(line.Select(one => char.IsBetween(one, ' ', '~') || Cells.IsWide(one) ? one : Unknown)
                .TakeWhile(one => (filled += Cells.Width(one.ToString())) <= columns).ToArray());
        }

        private sealed record Drawn(object Shows, int Columns, int Room, IReadOnlyList<SegmentLine> Lines)
        {
            public bool IsOf(ScreenPart part, int columns, int room)
            {
                return part.Shows.Equals(Shows) && Columns == columns && Room == room;
            }
        }
    }
}
