using System;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
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
                return Fail(name, result.Errors[0].Message);
            }

            foreach (string warning in result.CommandResult.Children.OfType<OptionResult>().Select(OpenSecret.Warning)
                .Where(warning => warning is not null))
            {
                Console.Error.WriteLine($"warning: {warning}");
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

        private static int Fail(string name, string message)
        {
            Console.Error.WriteLine($"{name}: {message.ReplaceLineEndings(" ").TrimEnd('.')} (--help lists the options)");
            return UserErrorExitCode;
        }
    }
}
