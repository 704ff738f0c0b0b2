using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoComm.CommandLine
{
    /// <summary>A live view on a terminal, drawn a few times a second. What the window has no room for is left out, the header
    /// last of all. In a window that is too small for any layout a few lines that are cut off at its edge take its place: a
    /// layout that is given less than two columns never comes to an end.</summary>
    public static class LiveScreen
    {
        /// <summary>Columns that a view is laid out for at least.</summary>
        public const int LeastColumns = 40;

        /// <summary>Lines that a view is laid out for at least.</summary>
        public const int LeastLines = 8;

        private const int Period = 250;

        /// <summary>Whether there is a terminal that a live view can be drawn on.</summary>
        public static bool IsPossible => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

        /// <summary>Whether colours tell nothing, because the user (NO_COLOR) or the terminal wants none.</summary>
        public static bool IsColorless => AnsiConsole.Profile.Capabilities.ColorSystem == ColorSystem.NoColors;

        /// <summary>Shows a view until its end.</summary>
        /// <param name="draw">Makes the view as it is now, part below part.</param>
        /// <param name="brief">Says the most important, a few words a line, most important first.</param>
        /// <param name="begin">What is to be done once the screen is there.</param>
        /// <param name="wait">Waits so many milliseconds for the end; true when it has come.</param>
        public static void Run(Func<IReadOnlyList<ScreenPart>> draw, Func<string[]> brief, Action begin, Func<int, bool> wait)
        {
            AnsiConsole.AlternateScreen(() => AnsiConsole.Live(Fit(draw, brief)).AutoClear(true).Overflow(VerticalOverflow.Crop)
                .Start(context =>
                {
                    begin();
                    while (!wait(Period))
                    {
                        context.UpdateTarget(Fit(draw, brief));
                    }
                }));
        }

        /// <summary>A view for windows of any size.</summary>
        /// <param name="draw">Makes the view; asked only where there is room for it.</param>
        /// <param name="brief">Says the most important where there is not.</param>
        public static IRenderable Fit(Func<IReadOnlyList<ScreenPart>> draw, Func<string[]> brief)
        {
            return new FittedView(draw, brief);
        }

        // The size is looked at when it is drawn: a window can shrink at any moment.
        private sealed class FittedView(Func<IReadOnlyList<ScreenPart>> draw, Func<string[]> brief) : IRenderable
        {
            private const char Unknown = '?';

            private readonly Lazy<IReadOnlyList<ScreenPart>> _parts = new(draw);

            public Measurement Measure(RenderOptions options, int maxWidth) => new(maxWidth, maxWidth);

            public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
            {
                int lines = Math.Max(options.ConsoleSize.Height, 1);
                return maxWidth >= LeastColumns && lines >= LeastLines ? Lay(options, maxWidth, lines) : Brief(maxWidth, lines);
            }

            private static List<SegmentLine> Draw(ScreenPart part, RenderOptions options, int columns, int room)
            {
                List<SegmentLine> lines = [];
                for (int items = Math.Clamp(room, 1, Math.Max(part.Items, 1)); items > 0; items--)
                {
                    lines = Segment.SplitLines(part.Draw(items).Render(options, columns), columns);
                    if (lines.Count <= room)
                    {
                        return lines;
                    }
                }

                return part.IsCut ? lines[..room] : [];
            }

            private IEnumerable<Segment> Lay(RenderOptions options, int columns, int room)
            {
                IReadOnlyList<ScreenPart> parts = _parts.Value;
                var drawn = new List<SegmentLine>[parts.Count];
                foreach (int part in Enumerable.Range(0, parts.Count).OrderBy(part => parts[part].Rank))
                {
                    drawn[part] = Draw(parts[part], options, columns, room);
                    room -= drawn[part].Count;
                }

                return drawn.SelectMany(lines => lines).SelectMany(line => line.Append(Segment.LineBreak));
            }

            private IEnumerable<Segment> Brief(int columns, int lines)
            {
                return brief().Take(lines).SelectMany(line => new[] { new Segment(Cut(line, columns)), Segment.LineBreak });
            }

            // ASCII is one column a character on every terminal, Japanese two; of the rest nobody knows.
            private static string Cut(string line, int columns)
            {
                int filled = 0;
                return new string(line.Select(one => char.IsBetween(one, ' ', '~') || Cells.IsWide(one) ? one : Unknown)
                    .TakeWhile(one => (filled += Cells.Width(one.ToString())) <= columns).ToArray());
            }
        }
    }
}
