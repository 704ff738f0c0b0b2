using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>docs/key-office.md names commands and options that there are.</summary>
    internal static class KeyOfficePageTests
    {
        private static readonly Command[] Commands = [KmsCommand.Make(), FactoryCommand.Make(), SwapCommand.Make(), OrderCommand.Make(), ZeroiseCommand.Make()];

        [Test]
        public static void Every_command_of_the_page_has_the_options_that_it_is_given()
        {
            string page = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "key-office.md"));
            int seen = 0;
            foreach (string text in Regex.Matches(page, "`([^`\n]+)`").Select(match => match.Groups[1].Value))
            {
                string[] words = text.Split(' ').SkipWhile(word => word == "nanocomm").ToArray();
                Command command = Array.Find(Commands, each => each.Name == words.FirstOrDefault());
                if (command is null || words.Length == 1)
                {
                    continue;
                }

                Assert.That(Unknown(command, words.Skip(1)), Is.Empty, text);
                seen++;
            }

            Assert.That(seen, Is.GreaterThan(15));
        }

        private static IEnumerable<string> Unknown(Command command, IEnumerable<string> words)
        {
            foreach (string word in words)
            {
                Command below = command.Subcommands.FirstOrDefault(each => each.Name == word);
                command = below ?? command;
                if (word.StartsWith("--", StringComparison.Ordinal) && command.Options.All(option => option.Name != word))
                {
                    yield return word;
                }
            }
        }
    }
}
