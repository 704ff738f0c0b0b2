using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace NanoComm.CommandLine
{
    /// <summary>A program on the PC: bad input gives one line on the error output and exit code 2.</summary>
    public static class HostProgram
    {
        private const int UserErrorExitCode = 2;

        // In a few columns the layout of the help fails, or never ends.
        private const int LeastHelpColumns = 40;

        /// <summary>Parses and runs.</summary>
        /// <param name="name">The program's name, before its errors.</param>
        /// <param name="command">Its command.</param>
        /// <param name="args">Its arguments.</param>
        /// <returns>The exit code.</returns>
        public static int Run(string name, RootCommand command, string[] args)
        {
            foreach (HelpAction help in command.Options.Select(option => option.Action).OfType<HelpAction>())
            {
                help.MaxWidth = Math.Max(help.MaxWidth, LeastHelpColumns);
            }

            ParseResult result = command.Parse(args);
            if (result.Errors.Count > 0)
            {
                return Fail(name, Words.OfOther(result.Errors[0].Message));
            }

            if (result.Action is HelpAction shown && Words.Language != Language.English)
            {
                return ShowHelp(result, shown);
            }

            foreach (string warning in result.CommandResult.Children.OfType<OptionResult>().Select(OpenSecret.Warning)
                .Where(warning => warning is not null))
            {
                Warn(warning);
            }

            try
            {
                using EndWith end = EndWith.Begin();
                return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            }
            catch (UserError error)
            {
                return Fail(name, error.Message);
            }
        }

        /// <summary>Says something on the error output that does not end the program.</summary>
        /// <param name="text">What, in the user's language.</param>
        public static void Warn(string text)
        {
            Console.Error.WriteLine(Words.Of($"warning: {text}"));
        }

        private static int Fail(string name, string message)
        {
            string line = message.ReplaceLineEndings(" ").TrimEnd('.', '。');
            Console.Error.WriteLine(Words.Of($"{name}: {line} (--help lists the options)"));
            return UserErrorExitCode;
        }

        private static int ShowHelp(ParseResult result, HelpAction help)
        {
            int columns = help.MaxWidth;
            help.MaxWidth = int.MaxValue;
            var text = new StringWriter();
            int exitCode = result.Invoke(new InvocationConfiguration { Output = text });
            HelpText.Write(text.ToString(), columns, Console.Out);
            return exitCode;
        }
    }
}
