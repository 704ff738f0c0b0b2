using System;
using System.Collections.Generic;
using Spectre.Console;

namespace NanoComm.CommandLine
{
    /// <summary>A live view on a terminal, drawn a few times a second. What the window has no room for is left out, the header
    /// last of all. In a window that is too small for any layout a few lines that are cut off at its edge take its place: a
    /// layout that is given less than two columns never comes to an end. What has not changed since the drawing before is neither
    /// laid out nor written anew.</summary>
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
        /// <param name="wait">Waits for the next drawing, usually as many milliseconds as it is given; true when the end has come
        /// instead.</param>
        public static void Run(Func<IReadOnlyList<ScreenPart>> draw, Func<string[]> brief, Action begin, Func<int, bool> wait)
        {
            AnsiConsole.AlternateScreen(() =>
            {
                var writer = new ScreenWriter(AnsiConsole.Console, new ScreenLayout(draw, brief));
                AnsiConsole.Cursor.Hide();
                try
                {
                    writer.Write();
                    begin();
                    while (!wait(Period))
                    {
                        writer.Write();
                    }
                }
                finally
                {
                    AnsiConsole.Cursor.Show();
                }
            });
        }
    }
}
