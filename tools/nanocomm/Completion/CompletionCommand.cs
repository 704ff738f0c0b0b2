using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Completions;
using System.IO;
using System.Linq;

namespace NanoComm.Tool
{
    /// <summary>The command <c>completion</c>: what a shell needs to complete this program's commands and options. The scripts
    /// know none of them; they ask the program, at each press of the key.</summary>
    internal static class CompletionCommand
    {
        // How each shell takes what fits, of its text and what it is for; and the script that asks. The file's name ends with
        // the shell's.
        private static readonly Dictionary<string, Func<string, string, string>> Forms = new()
        {
            ["bash"] = (text, _) => text,
            ["fish"] = (text, meaning) => $"{text}\t{meaning}",
            ["powershell"] = (text, meaning) => $"{text}\t{meaning}",
            ["zsh"] = (text, meaning) => $"{text.Replace(":", "\\:", StringComparison.Ordinal)}:{meaning}",
        };

        public static Command Make()
        {
            var shell = new Argument<string>("SHELL")
            {
                Description = "The shell that is to complete.",
                HelpName = string.Join('|', Forms.Keys),
            };
            shell.AcceptOnlyFromAmong([.. Forms.Keys]);
            var line = new Argument<string>("LINE")
            {
                Description = "Show what fits at the end of this line; so asks the script.",
                Arity = ArgumentArity.ZeroOrOne,
            };
            var command = new Command("completion", "Prints the script with which a shell completes commands and options.") { shell, line };
            command.SetAction(parsed =>
            {
                string name = parsed.GetValue(shell);
                Console.Out.Write(parsed.GetValue(line) is string text
                    ? string.Concat(Complete(text).Select(item => Forms[name](item.Label, Meaning(item)) + "\n"))
                    : Script(name));
            });
            return command;
        }

        // A shell puts what fits in place of the word that stands there, so it has to begin as that does.
        private static IEnumerable<CompletionItem> Complete(string line)
        {
            string rest = line.TrimStart();
            int end = rest.IndexOf(' ');
            rest = end < 0 ? "" : rest[(end + 1)..];
            string word = rest[(rest.LastIndexOf(' ') + 1)..];
            ParseResult parsed = Program.MakeCommand().Parse(rest);

            // Behind an option that may have more values another option may stand too, which the library does not offer.
            IEnumerable<CompletionItem> items = word.StartsWith('-')
                ? parsed.CommandResult.Command.GetCompletions(CompletionContext.Empty) : parsed.GetCompletions(rest.Length);
            return items.Where(item => item.Label.StartsWith(word, StringComparison.Ordinal));
        }

        private static string Meaning(CompletionItem item) => (item.Detail ?? item.Documentation ?? "").ReplaceLineEndings(" ");

        private static string Script(string shell)
        {
            using Stream stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream("completion." + shell);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}
