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
        private const char Unprintable = '?';

        // In a few columns the layout of the help fails, or never ends.
        private const int LeastHelpColumns = 40;

        /// <summary>Parses and runs.</summary>
        /// <param name="name">The program's name, before its errors.</param>
        /// <param name="command">Its command.</param>
        /// <param name="args">Its arguments.</param>
        /// <returns>The exit code.</returns>
        public static int Run(string name, RootCommand command, string[] args)
        {
            (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
            Console.SetOut(new OutputGuard(output, trouble => throw new UserError(Words.Of($"the output cannot be written: {trouble}"))));
            Console.SetError(new OutputGuard(error, _ => { }));
            void FailElsewhere(object sender, UnhandledExceptionEventArgs unhandled) => EndByUserError(name, unhandled);
            AppDomain.CurrentDomain.UnhandledException += FailElsewhere;
            try
            {
                return Start(name, command, args);
            }
            catch (UserError mistake)
            {
                return Fail(name, mistake.Message);
            }
            finally
            {
                AppDomain.CurrentDomain.UnhandledException -= FailElsewhere;
                Console.SetError(error);
                Console.SetOut(output);
            }
        }

        /// <summary>Says something on the error output that does not end the program.</summary>
        /// <param name="text">What, in the user's language.</param>
        public static void Warn(string text)
        {
            Console.Error.WriteLine(Words.Of($"warning: {text}"));
        }

        private static int Start(string name, RootCommand command, string[] args)
        {
            foreach (HelpAction help in command.Options.Select(option => option.Action).OfType<HelpAction>())
            {
                help.MaxWidth = Math.Max(help.MaxWidth, LeastHelpColumns);
            }

            ParseResult result;
            try
            {
                result = command.Parse(args, CommandLineMistake.Plain);
            }
            catch (InvalidOperationException missing)
            {
                // A validator has asked for the value of an option that was given none: the library says which.
                return Fail(name, missing.Message);
            }

            if (CommandLineMistake.Describe(name, result) is string mistake)
            {
                return Fail(name, mistake);
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

            PlainScreen.KeepToLocale();
            using EndWith end = EndWith.Begin();
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }

        // The loops of a program write too.
        private static void EndByUserError(string name, UnhandledExceptionEventArgs unhandled)
        {
            if (unhandled.ExceptionObject is UserError mistake)
            {
                Environment.Exit(Fail(name, mistake.Message));
            }
        }

        // What was typed stands in the message: it is to show on a terminal, and not to steer it.
        private static int Fail(string name, string message)
        {
            string line = string.Concat(message.ReplaceLineEndings(" ").TrimEnd('.', '。').Select(c => char.IsControl(c) ? Unprintable : c));
            Console.Error.WriteLine($"{name}: {line}");
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
