using System;
using System.IO;
using System.Linq;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Nanoff
{
    /// <summary>docs/flashing.md shows the commands that are run.</summary>
    internal sealed class FlashingPageTests
    {
        [Test]
        public void The_table_of_commands_is_that_of_the_program()
        {
            NanoffDialect[] dialects = [.. new[] { "nanoff 2.5.162", "nanoff 3.0.0" }.Select(version => NanoffDialect.Of(NanoffVersion.Find(version).Value))];
            string[] rows = [.. Enum.GetValues<NanoffCommand>().Select(command =>
                $"| {command} | {string.Join(" | ", dialects.Select(dialect => Shown(dialect, command)))} |")];
            string[] page = File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "flashing.md"));
            int first = Array.IndexOf(page, "| | 2.5 | 3 |") + 2;
            Assert.That(page.Skip(first).TakeWhile(line => line.StartsWith('|')), Is.EqualTo(rows));
        }

        private static string Shown(NanoffDialect dialect, NanoffCommand command)
        {
            if (!dialect.Can(command))
            {
                return "none";
            }

            (string, string)[] names = [.. new[] { NanoffDialect.Port, NanoffDialect.Target, NanoffDialect.Path, NanoffDialect.File }
                .Select(name => (name, "{" + name + "}"))];
            string[] words = [.. dialect.Arguments(command, names)];
            Assert.That(words[^1].TrimStart('-'), Is.EqualTo("suppressnanoffversioncheck"));
            return $"`{string.Join(' ', words[..^1])}`";
        }
    }
}
