using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using NUnit.Framework;
using Spectre.Console;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>What the virtual board's live view shows in windows of every size, read off the screen.</summary>
    [Parallelizable]
    internal static class ScreenTests
    {
        // Time for some drawings.
        private const int Drawings = 800;

        private const string Frames = "+-|";
        private const string Board = "127.0.0.94";
        private const string Sign = "nanoComm virtual board";

        private static readonly Dictionary<string, string> Usual = new() { ["LC_ALL"] = "C.UTF-8", ["NO_COLOR"] = null };

        // In this order, from the first row on.
        private static readonly string[] Header = [Sign, "ECHONET Lite on ", "light ", "Wi-SUN ", "module simulated", "power at most "];

        [OneTimeSetUp]
        public static void Look_for_a_terminal() => Screen.Require();

        [Test]
        public static void The_header_is_shown_from_80_by_24_on_and_every_row_fits_into_every_window()
        {
            using Screen screen = Start(200, 60, Usual);
            screen.WaitFor("reading the metering unit");
            foreach ((int columns, int rows) in new[] { (200, 60), (80, 24), (79, 23), (40, 8), (39, 7), (2, 5), (1, 1), (132, 30), (80, 25), (300, 24) })
            {
                screen.Resize(columns, rows);
                screen.WaitUntilItStays(shown => ItFits(shown, columns, rows));
            }

            screen.Signal("TERM");
            Assert.That(screen.End(), Is.Zero);
        }

        [TestCase(1, 1, "for")]
        [TestCase(2, 5, "TERM")]
        [TestCase(1, 1, "TERM", Explicit = true)]
        [TestCase(1, 1, "C-c", Explicit = true)]
        [TestCase(2, 5, "C-c", Explicit = true)]
        [TestCase(2, 5, "for", Explicit = true)]
        [TestCase(39, 7, "TERM", Explicit = true)]
        [TestCase(39, 7, "C-c", Explicit = true)]
        [TestCase(39, 7, "for", Explicit = true)]
        [TestCase(80, 24, "TERM", Explicit = true)]
        [TestCase(80, 24, "C-c", Explicit = true)]
        [TestCase(80, 24, "for", Explicit = true)]
        public static void It_ends_in_every_window(int columns, int rows, string by)
        {
            using Screen screen = by == "for" ? Start(columns, rows, Usual, "--for", "2") : Start(columns, rows, Usual);
            if (by != "for")
            {
                Assert.That(() => screen.Rows()[0], Is.Not.Empty.After(30_000, 100));
                Thread.Sleep(Drawings);
                if (by == "TERM")
                {
                    screen.Signal(by);
                }
                else
                {
                    screen.Type(by);
                }
            }

            Assert.That(screen.End(), Is.Zero);
        }

        [TestCase("C")]
        [TestCase("en_US.ISO-8859-1", Explicit = true)]
        public static void A_locale_without_UTF_8_gets_ASCII(string locale)
        {
            using Screen screen = Start(120, 40, new() { ["LC_ALL"] = locale, ["NO_COLOR"] = null });
            string[] rows = screen.WaitFor("59 min ago");
            Assert.That(rows.Where(row => !Ascii.IsValid(row)), Is.Empty);
            Assert.That(rows, Has.Some.Match(@"\|  \|.* W .*[#=]{3}").And.Some.Contains("# from, = to the grid"));
            Assert.That(rows, Has.Some.StartsWith("+-").And.Some.StartsWith("| E0 normal"));
        }

        [Test]
        public static void Without_colours_the_directions_differ_by_their_characters()
        {
            using Screen screen = Start(120, 40, new() { ["LC_ALL"] = "C.UTF-8", ["NO_COLOR"] = "1" });
            screen.WaitFor("█ from, ░ to the grid");
            Assert.That(screen.Rows(withColors: true), Has.None.Match(@"\u001b\[[0-9;]*(3[0-8]|9[0-7])[;m]"), "a colour");
        }

        private static string ItFits(string[] shown, int columns, int rows)
        {
            bool hasHeader = columns >= 80 && rows >= 24;
            int[] header = Header.Select(line => Array.FindIndex(shown, row => row.StartsWith(line, StringComparison.Ordinal))).ToArray();
            return shown.FirstOrDefault(row => row.GetCellWidth() > columns) is { } wide ? $"is wider than {columns}: {wide}"
                : shown.All(row => row.Length == 0) ? "nothing is shown"
                : !hasHeader ? null
                : header[0] != 0 || header.Zip(header.Skip(1)).Any(two => two.Second <= two.First) ? $"the header's lines are at {string.Join(", ", header)}"
                : new[] { "Ctrl-C ends", "E7 power" }.Where(text => !shown.Any(row => row.Contains(text, StringComparison.Ordinal)))
                    .Select(text => $"'{text}' is not shown").FirstOrDefault();
        }

        private static Screen Start(int columns, int rows, Dictionary<string, string> environment, params string[] more)
        {
            using var free = new UdpClient(new IPEndPoint(IPAddress.Parse(Board), 0));
            string port = ((IPEndPoint)free.Client.LocalEndPoint).Port.ToString(CultureInfo.InvariantCulture);
            free.Dispose();
            return new Screen(columns, rows, environment, "nanocomm-virtual", ["--listen", Board, "--port", port, .. more]);
        }
    }
}
