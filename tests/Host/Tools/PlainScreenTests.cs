using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoComm.CommandLine;
using NUnit.Framework;
using Spectre.Console;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>What is drawn where the locale has no more than ASCII.</summary>
    internal static class PlainScreenTests
    {
        [TestCase("", "", "", false)]
        [TestCase("C", "", "ja_JP.UTF-8", true)]
        [TestCase("POSIX", "", "", true)]
        [TestCase("", "", "en_US.ISO-8859-1", true)]
        [TestCase("", "", "ja_JP.eucJP", true)]
        [TestCase("", "C.UTF-8", "C", false)]
        [TestCase("", "", "ja_JP.utf8", false)]
        [Platform(Exclude = "Win")]
        public static void The_locale_says_it_as_POSIX_has_it(string all, string type, string language, bool isAscii)
        {
            var environment = new Dictionary<string, string> { ["LC_ALL"] = all, ["LC_CTYPE"] = type, ["LANG"] = language };
            Assert.That(PlainScreen.IsAscii(name => environment[name]), Is.EqualTo(isAscii));
        }

        [Test]
        public static void Every_character_is_replaced_by_ASCII_of_its_width()
        {
            const string Drawn = "╭─┬─╮│█▇▆▅▄▃▂▁░●○×…·→ 計量 é 𝄞";
            string plain = PlainScreen.Of(Drawn);
            Assert.That(Ascii.IsValid(plain));
            Assert.That(plain, Does.StartWith("+-+-+|#####___=*ox..> ???? ? "));
            Assert.That(plain.GetCellWidth(), Is.EqualTo(Drawn.EnumerateRunes().Sum(rune => rune.ToString().GetCellWidth())));
        }
    }
}
