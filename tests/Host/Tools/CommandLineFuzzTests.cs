using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using NanoComm.Tests.Host.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>Whatever is typed: an exit code of 0, 1 or 2, and for 2 one line that says why. Never a trace, and never a program
    /// that does not come to an end. The lines are made of the commands as they are declared, each option with each wrong
    /// value.</summary>
    internal static class CommandLineFuzzTests
    {
        private const int Seed = 20261129;
        private const int ShortRun = 150;
        private const int Patience = 60_000;
        private const int UserError = 2;
        private const string Board = "nanocomm-virtual";
        private const string Tool = "nanocomm";

        // Says that no options follow: alone it leaves a good line as it is.
        private const string NoWord = "--";

        // Without it a command may rightly go on until somebody ends it.
        private const string Length = "--for";

        private static readonly string[] NeverSaid = ["   at ", "Exception", "System.", "Nullable", "expected type", "Sequence contains"];

        [Test]
        public static void There_is_a_good_line_for_each_command_that_does_something()
        {
            string[] commands = Commands().Where(one => one.Command.Action is not null).Select(one => Name(one.Words)).ToArray();
            Assert.That(GoodLines.ByCommand.Keys, Is.EquivalentTo(commands));
        }

        [Test]
        public static void Of_a_wrong_value_one_line_is_told()
        {
            string[][] lines = Lines().ToArray();
            Assert.That(lines, Has.Length.GreaterThan(5000), "the walk has lost its way");
            var random = new Random(Seed);
            random.Shuffle(lines);
            Try(lines.Take(ShortRun), "");
        }

        [Test]
        [Explicit("every option of every command with every wrong value, minutes: dotnet test tests/Host --filter Name~Of_every_wrong_value")]
        public static void Of_every_wrong_value_one_line_is_told()
        {
            Try(Lines(), "these are not the right five words");
        }

        // To find out that a passphrase is not the ledger's takes long on purpose; empty for none.
        private static void Try(IEnumerable<string[]> lines, string passphrase)
        {
            using var folder = new WrongValues();
            using var ledger = new LedgerFixture();
            var environment = new Dictionary<string, string>
            {
                ["NANOCOMM_LEDGER"] = ledger.LedgerPath,
                ["NANOCOMM_PASSPHRASE"] = passphrase,
                ["NANOCOMM_NEW_PASSPHRASE"] = "five other words that are long enough",
                ["NANOCOMM_FILE_PASSPHRASE"] = LedgerFixture.Passphrase,
                ["NANOCOMM_LOT_PASSPHRASE"] = LedgerFixture.Passphrase,
            };
            var wrong = new List<string>();
            foreach (string[] line in lines)
            {
                string what = Try(line, folder.Path, environment);
                if (what is not null)
                {
                    wrong.Add($"{Show(line)}\n    {what}");
                    TestContext.Progress.WriteLine(wrong[^1]);
                }
            }

            Assert.That(wrong, Is.Empty);
        }

        // Null when all is well.
        private static string Try(string[] line, string folder, Dictionary<string, string> environment)
        {
            string what = "it does not come to an end";
            Func<string[], int> program = line[0] == Board ? NanoComm.Virtual.Program.Main : NanoComm.Tool.Program.Main;
            var run = new Thread(() => what = Judge(line[0], () => ToolCommand.Run(program, folder, environment, line[1..])))
            {
                IsBackground = true,
            };
            run.Start();
            run.Join(Patience);
            return what;
        }

        private static string Judge(string program, Func<(int ExitCode, string Output, string Error)> run)
        {
            try
            {
                (int exitCode, string output, string error) = run();
                string[] told = error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Where(line => !line.StartsWith("warning: ", StringComparison.Ordinal)).ToArray();
                bool isRight = exitCode == UserError ? told.Length == 1 && told[0].StartsWith($"{program}: ", StringComparison.Ordinal)
                    : exitCode is 0 or 1 && told.Length == 0;
                bool isPlain = !NeverSaid.Any(word => error.Contains(word, StringComparison.Ordinal))
                    && !error.Any(c => char.IsControl(c) && c != '\n');
                return isRight && isPlain ? null : $"exit code {exitCode}: {error}{output}";
            }
            catch (Exception escaped)
            {
                return escaped.ToString();
            }
        }

        private static IEnumerable<string[]> Lines()
        {
            foreach ((string[] words, Command command) in Commands().Where(one => GoodLines.ByCommand.ContainsKey(Name(one.Words))))
            {
                string[] good = Split(GoodLines.ByCommand[Name(words)]);
                foreach (string value in WrongValues.All)
                {
                    foreach (Option option in command.Options.Where(option => option.Arity.MaximumNumberOfValues > 0))
                    {
                        yield return [.. words, .. Without(good, option.Name), option.Name, value];
                    }

                    yield return [.. words, .. good, value];
                    yield return [.. words, .. good.Select((word, i) => i == 0 ? value : word)];
                    if (words.Length > 1 || value != NoWord)
                    {
                        yield return [words[0], .. words.Skip(1).SkipLast(1), value];
                    }
                }

                foreach (Option option in command.Options)
                {
                    yield return [.. words, .. Without(good, option.Name), option.Name];
                    if (option.Name != Length)
                    {
                        yield return [.. words, .. Without(good, option.Name)];
                    }

                    yield return [.. words, .. good, option.Name[..^1], "1"];
                }
            }
        }

        private static IEnumerable<(string[] Words, Command Command)> Commands()
        {
            return CommandModel.Walk(NanoComm.Tool.Program.MakeCommand(), Tool)
                .Concat(CommandModel.Walk(NanoComm.Virtual.Program.MakeCommand(), Board));
        }

        private static string Name(string[] words) => string.Join(' ', words.Skip(1));

        private static IEnumerable<string> Without(string[] line, string option)
        {
            int at = Array.IndexOf(line, option);
            bool hasValue = at >= 0 && at + 1 < line.Length && !line[at + 1].StartsWith("--", StringComparison.Ordinal);
            return at < 0 ? line : line.Where((_, i) => i != at && !(hasValue && i == at + 1));
        }

        private static string[] Split(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        private static string Show(string[] line)
        {
            return string.Join(' ', line.Select(word => word.Length > 60 ? $"<{word.Length} characters>"
                : word.Length == 0 || word.Any(c => c <= ' ') ? $"'{string.Concat(word.Select(c => c < ' ' ? $"\\{(int)c:x2}" : $"{c}"))}'" : word));
        }
    }
}
