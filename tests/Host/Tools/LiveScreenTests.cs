using System;
using System.IO;
using System.Linq;
using System.Threading;
using NanoComm.CommandLine;
using NUnit.Framework;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>A view comes to an end in a window of any size, within its edges.</summary>
    [TestFixture]
    internal static class LiveScreenTests
    {
        private const int Patience = 20_000;

        [Test]
        public static void A_view_fits_into_every_window([Range(1, 20)] int columns, [Range(1, 5)] int lines)
        {
            string[] drawn = Draw(columns, lines, ["reading 計 ●", "228 W", "Ctrl-C ends", "a", "b", "c"]);
            Assert.That(drawn, Has.Length.LessThanOrEqualTo(lines));
            Assert.That(drawn.Select(line => line.GetCellWidth()), Is.All.LessThanOrEqualTo(columns));
            Assert.That(drawn[0], Is.EqualTo(columns < 10 ? "reading "[..Math.Min(columns, 8)] : "reading 計 ?"[..Math.Min(columns - 1, 11)]));
        }

        [TestCase(LiveScreen.LeastColumns - 1, 50, false)]
        [TestCase(200, LiveScreen.LeastLines - 1, false)]
        [TestCase(LiveScreen.LeastColumns, LiveScreen.LeastLines, true)]
        public static void The_view_is_shown_where_it_has_room(int columns, int lines, bool isWhole)
        {
            Assert.That(Draw(columns, lines, ["brief"])[0].Contains("brief", StringComparison.Ordinal), Is.Not.EqualTo(isWhole));
        }

        [Test]
        public static void Only_lines_that_have_changed_are_written_and_only_parts_that_have_are_drawn()
        {
            var output = new StringWriter();
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(output),
            });
            console.Profile.Width = 60;
            console.Profile.Height = 10;
            string clock = "12:00:00";
            int drawn = 0;
            ScreenPart Part(string text) => new(0, _ =>
            {
                drawn++;
                return new Text(text);
            }, Shows: text);
            var writer = new ScreenWriter(console, new ScreenLayout(() => [Part("steady\nas it goes"), Part(clock)], () => []));
            string Write()
            {
                output.GetStringBuilder().Clear();
                writer.Write();
                return output.ToString();
            }

            Assert.That(Write(), Does.StartWith("\u001b[1;1H\u001b[2Ksteady\u001b[2;1H\u001b[2Kas it goes\u001b[3;1H\u001b[2K12:00:00\u001b[4;1H\u001b[2K"));
            Assert.That(Write(), Is.Empty);
            Assert.That(drawn, Is.EqualTo(2));
            clock = "12:00:01";
            Assert.That(Write(), Is.EqualTo("\u001b[3;1H\u001b[2K12:00:01"));
            Assert.That(drawn, Is.EqualTo(3));
            console.Profile.Width = 50;
            Assert.That(Write(), Does.Contain("steady").And.Contain("\u001b[10;1H"), "the window has changed");
        }

        private static string[] Draw(int columns, int lines, string[] brief)
        {
            var output = new StringWriter();
            var drawing = new Thread(() =>
            {
                IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
                {
                    Ansi = AnsiSupport.No,
                    Out = new AnsiConsoleOutput(output),
                });
                console.Profile.Width = columns;
                console.Profile.Height = lines;
                foreach (SegmentLine line in new ScreenLayout(View, () => brief).Lay(RenderOptions.Create(console), columns))
                {
                    output.WriteLine(string.Concat(line.Select(segment => segment.Text)));
                }
            }) { IsBackground = true };
            drawing.Start();
            Assert.That(drawing.Join(Patience), "it does not come to an end");
            return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }

        // What the views are made of.
        private static ScreenPart[] View()
        {
            return
            [
                new ScreenPart(0, _ => new Markup("[green]● joined[/] 計量"), IsCut: true),
                new ScreenPart(1, _ => new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn()
                    .AddRow(new Panel(new Text("計 1")).Header("latest reading"), new Panel(new Text("█▇")).Header("power"))),
                new ScreenPart(2, _ => new Table().RoundedBorder().Expand().AddColumn(new TableColumn("time").NoWrap()).AddColumn("what")
                    .AddRow("計", "●")),
            ];
        }
    }
}
