using NanoComm.CommandLine;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>Text by the cells that it takes.</summary>
    internal static class CellsTests
    {
        [TestCase("abc", 3)]
        [TestCase("計量部", 6)]
        [TestCase("30分値。", 8)]
        public static void A_Japanese_character_takes_two(string text, int cells)
        {
            Assert.That(Cells.Width(text), Is.EqualTo(cells));
            Assert.That(Cells.Width(Cells.Pad(text, 12)), Is.EqualTo(12));
            Assert.That(Cells.Pad(text, 1), Is.EqualTo(text));
        }

        [TestCase("the unit takes it", 8, "the unit|takes it")]
        [TestCase("通信部がチケットを受け取る", 10, "通信部がチ|ケットを受|け取る")]
        [TestCase("計量部が応答。待つ", 12, "計量部が応|答。待つ")]
        [TestCase("計量（部）が", 6, "計量|（部）|が")]
        [TestCase("nanocomm を使う", 10, "nanocomm|を使う")]
        [TestCase("a\nb", 10, "a|b")]
        [TestCase("/a/path/that/is/long x", 5, "/a/path/that/is/long|x")]
        [TestCase("", 5, "")]
        public static void A_line_breaks_where_it_may(string text, int width, string lines)
        {
            Assert.That(Cells.Wrap(text, width), Is.EqualTo(lines.Split('|')));
        }
    }
}
