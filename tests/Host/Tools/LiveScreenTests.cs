using System;
using System.IO;
using System.Linq;
using System.Threading;
using NanoComm.CommandLine;
using NUnit.Framework;
using Spectre.Console;

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
                console.Write(LiveScreen.Fit(View, () => brief));
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
