using System;
using System.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The host-side command line.</summary>
    internal static class Program
    {
        private const int UserErrorExitCode = 2;

        private static int Main(string[] args)
        {
            var command = new RootCommand("nanoComm on the bench: simulated counterparts for a board.")
            {
                MeteringUnitCommand.Make(Fail),
            };
            ParseResult result = command.Parse(args);
            return result.Errors.Count > 0 ? Fail(result.Errors[0].Message) : result.Invoke();
        }

        private static int Fail(string message)
        {
            Console.Error.WriteLine("nanocomm: " + message.ReplaceLineEndings(" ").TrimEnd('.')
                + " (--help lists the options)");
            return UserErrorExitCode;
        }
    }
}
