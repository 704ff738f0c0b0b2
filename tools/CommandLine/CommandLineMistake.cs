using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace NanoComm.CommandLine
{
    /// <summary>What is wrong with a command line, in one line: the option or word, and what to give in its place. The way to the
    /// help is told where the line itself does not say what to do.</summary>
    internal static class CommandLineMistake
    {
        private const string Prefix = "-";
        private const string LongPrefix = "--";

        /// <summary>How command lines are taken apart. A word that begins with @ is what it is: a network's name, say, and no file with
        /// more words.</summary>
        public static ParserConfiguration Plain { get; } = new() { ResponseFileTokenReplacer = null };

        /// <summary>Says it.</summary>
        /// <param name="program">What the program is called.</param>
        /// <param name="result">A parsed command line.</param>
        /// <returns>Null where nothing is wrong.</returns>
        public static string Describe(string program, ParseResult result)
        {
            CommandResult at = result.CommandResult;
            string name = NameOf(program, at);
            return Unknown(result) is string word ? DescribeUnknown(word, name, at)
                : result.Errors.Count == 0 ? null
                : at.Command.Action is null && at.Command.Subcommands.Count > 0 ? Words.Of($"a command is missing{HelpOfCommands(name)}")
                : WithoutValue(at) is Option empty ? Words.Of($"{empty.Name}: {Wanted(empty)} is missing behind it{Help(name)}")
                : Missing(at) is Option missing ? Words.Of($"{missing.Name} is missing: give {missing.Name} {Wanted(missing)}{Help(name)}")
                : MissingArgument(at) is Argument argument ? Words.Of($"{argument.HelpName ?? argument.Name} is missing{Help(name)}")
                : Words.OfOther(result.Errors[0].Message);
        }

        // A misspelt option would pass for a file, where files are taken; behind a word of two hyphens alone it is one.
        private static string Unknown(ParseResult result)
        {
            return result.UnmatchedTokens.Count > 0 ? result.UnmatchedTokens[0]
                : result.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? null
                : result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
                    .FirstOrDefault(token => token.Value.StartsWith(LongPrefix, StringComparison.Ordinal))?.Value;
        }

        private static string DescribeUnknown(string word, string name, CommandResult at)
        {
            bool isOption = word.StartsWith(Prefix, StringComparison.Ordinal);
            bool isCommand = !isOption && at.Command.Subcommands.Count > 0;
            string what = isOption ? Words.Of($"there is no option '{word}'")
                : isCommand ? Words.Of($"there is no command '{word}'") : Words.Of($"'{word}' is one word too many");
            string where = at.Parent is null ? what : Words.Of($"{what} of '{name}'");
            string[] near = Near(word, at.Command);
            return near.Length > 0 ? Words.Of($"{where}: did you mean {string.Join(Words.Of(" or "), near)}?")
                : where + (isCommand ? HelpOfCommands(name) : Help(name));
        }

        // The library knows what is near, of a command with no arguments that would take the word, and tells it in lines of its own:
        // those that are names are taken.
        private static string[] Near(string word, Command command)
        {
            var probe = new RootCommand();
            foreach (Option option in command.Options.Where(option => !probe.Options.Any(own => own.Name == option.Name)))
            {
                probe.Add(option);
            }

            foreach (Command next in command.Subcommands)
            {
                probe.Add(next);
            }

            ParseResult result = probe.Parse([word], Plain);
            if (result.Action is not ParseErrorAction action)
            {
                return [];
            }

            var told = new StringWriter();
            action.ShowHelp = false;
            action.ShowTypoCorrections = true;
            result.Invoke(new InvocationConfiguration { Output = told, Error = TextWriter.Null });
            IEnumerable<string> names = command.Options.Select(option => option.Name).Concat(command.Subcommands.Select(one => one.Name));
            return told.ToString().Split(Environment.NewLine).Intersect(names).Take(2).ToArray();
        }

        private static string NameOf(string program, CommandResult at)
        {
            return at.Parent is CommandResult above ? $"{NameOf(program, above)} {at.Command.Name}" : program;
        }

        private static Option WithoutValue(CommandResult at)
        {
            return at.Children.OfType<OptionResult>()
                .FirstOrDefault(given => !given.Implicit && given.Tokens.Count < given.Option.Arity.MinimumNumberOfValues)?.Option;
        }

        private static Option Missing(CommandResult at)
        {
            return at.Command.Options.FirstOrDefault(option => option.Required && at.GetResult(option) is null or { Implicit: true });
        }

        private static Argument MissingArgument(CommandResult at)
        {
            return at.Command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0
                && (at.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues);
        }

        private static string Wanted(Option option) => option.HelpName ?? Words.Of("a value");

        private static string Help(string name) => Words.Of($" ({name} --help lists the options)");

        private static string HelpOfCommands(string name) => Words.Of($" ({name} --help lists the commands)");
    }
}
