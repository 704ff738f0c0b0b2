using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Tool;
using NUnit.Framework;
using Spectre.Console;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>The command line from its arguments to its exit code, without the start of a program, which takes longer than
    /// most commands. It takes what belongs to the whole process, so that tests that use it run one after the other.</summary>
    internal static class ToolCommand
    {
        private static readonly Dictionary<string, string> Nothing = [];

        /// <summary>Runs it to its end.</summary>
        public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
        {
            return Run(TestContext.CurrentContext.WorkDirectory, Nothing, arguments);
        }

        /// <summary>Runs it to its end in a folder, with environment variables.</summary>
        public static (int ExitCode, string Output, string Error) Run(string folder, IReadOnlyDictionary<string, string> environment,
            params string[] arguments)
        {
            return Run(Program.Main, folder, environment, arguments);
        }

        /// <summary>Runs a program to its end in a folder, with environment variables.</summary>
        public static (int ExitCode, string Output, string Error) Run(Func<string[], int> program, string folder,
            IReadOnlyDictionary<string, string> environment, params string[] arguments)
        {
            string folderBefore = Environment.CurrentDirectory;
            Dictionary<string, string> environmentBefore = environment.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
            (TextWriter Output, TextWriter Error, IAnsiConsole Console) before = (Console.Out, Console.Error, AnsiConsole.Console);
            var output = new StringWriter();
            var error = new StringWriter();
            try
            {
                Environment.CurrentDirectory = folder;
                Set(environment);
                Console.SetOut(output);
                Console.SetError(error);
                AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
                {
                    Out = new AnsiConsoleOutput(output),
                    Ansi = AnsiSupport.No,
                    Interactive = InteractionSupport.No,
                });
                int exitCode = program(arguments);
                return (exitCode, output.ToString(), error.ToString());
            }
            finally
            {
                Words.Speak(Language.English);
                AnsiConsole.Console = before.Console;
                Console.SetError(before.Error);
                Console.SetOut(before.Output);
                Set(environmentBefore);
                Environment.CurrentDirectory = folderBefore;
            }
        }

        private static void Set(IReadOnlyDictionary<string, string> environment)
        {
            foreach ((string name, string value) in environment)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
