using System.Collections.Generic;
using System.Text;
using NanoComm.CommandLine;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>Which language a command speaks.</summary>
    internal static class LanguageChoiceTests
    {
        private static readonly string[][] Speaking = [["board", "log"], ["swap"]];

        [TestCase("swap", "LANG=ja_JP.UTF-8", Language.Japanese)]
        [TestCase("swap", "LANG=ja.utf8", Language.Japanese)]
        [TestCase("swap", "LANG=ja", Language.English)]
        [TestCase("swap", "LANG=en_US.UTF-8 LC_MESSAGES=ja_JP.UTF-8", Language.Japanese)]
        [TestCase("swap", "LANG=ja_JP.UTF-8 LC_MESSAGES=en_US.UTF-8", Language.English)]
        [TestCase("swap", "LANG=ja_JP.UTF-8 LC_ALL=C", Language.English)]
        [TestCase("swap", "LANG=ja_JP.UTF-8 LC_ALL=", Language.Japanese)]
        [TestCase("swap", "LANG=ja_JP.ISO-8859-1", Language.English)]
        [TestCase("swap", "LANG=ja_JP.UTF-8 LC_CTYPE=C", Language.English)]
        [TestCase("swap", "LANG=jam_JM.UTF-8", Language.English)]
        [TestCase("swap", "", Language.English)]
        [TestCase("swap --lang ja", "", Language.Japanese)]
        [TestCase("swap --lang ja", "LANG=C.UTF-8", Language.Japanese)]
        [TestCase("swap --lang=ja", "LANG=en_US.utf8", Language.Japanese)]
        [TestCase("swap --lang en", "LANG=ja_JP.UTF-8", Language.English)]
        [TestCase("swap --lang en --lang ja", "LANG=C.UTF-8", Language.Japanese)]
        [TestCase("swap --json --lang ja", "LANG=ja_JP.UTF-8", Language.English)]
        [TestCase("swap --lang", "LANG=ja_JP.UTF-8", Language.Japanese)]
        [TestCase("board log", "LANG=ja_JP.UTF-8", Language.Japanese)]
        [TestCase("board read", "LANG=ja_JP.UTF-8", Language.English)]
        [TestCase("kms swap", "LANG=ja_JP.UTF-8", Language.English)]
        public static void It_is_the_one_that_is_asked_for(string command, string environment, Language language)
        {
            LanguageChoice choice = Choose(command, environment);
            Assert.That(choice.Language, Is.EqualTo(language));
            Assert.That(choice.Warning, Is.Null);
        }

        [TestCase("LC_ALL=C", "(C)")]
        [TestCase("LANG=POSIX", "(POSIX)")]
        [TestCase("LANG=en_US.ISO-8859-1", "(en_US.ISO-8859-1)")]
        [TestCase("LANG=ja_JP.eucJP", "(ja_JP.eucJP)")]
        public static void Who_asks_for_what_the_terminal_cannot_show_is_told_so(string environment, string terminal)
        {
            LanguageChoice choice = Choose("swap --lang ja", environment);
            Assert.That(choice.Language, Is.EqualTo(Language.English));
            Assert.That(choice.Warning, Does.StartWith("--lang ja: ").And.Contain(terminal).And.Contain("LC_ALL=ja_JP.UTF-8"));
        }

        [TestCase("utf-8", Language.Japanese)]
        [TestCase("us-ascii", Language.English)]
        public static void Where_no_locale_says_so_the_terminal_does(string console, Language language)
        {
            LanguageChoice choice = LanguageChoice.Of(["swap", "--lang", "ja"], Speaking, _ => null, Encoding.GetEncoding(console));
            Assert.That(choice.Language, Is.EqualTo(language));
            Assert.That(choice.Warning is null, Is.EqualTo(language == Language.Japanese));
        }

        private static LanguageChoice Choose(string command, string environment)
        {
            var variables = new Dictionary<string, string>();
            foreach (string variable in environment.Split(' '))
            {
                string[] parts = variable.Split('=');
                variables[parts[0]] = parts.Length > 1 ? parts[1] : null;
            }

            return LanguageChoice.Of(command.Split(' '), Speaking, name => variables.GetValueOrDefault(name), null);
        }
    }
}
