using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    /// <summary>The command line as a user runs it, into a pipe.</summary>
    internal static class ToolProgram
    {
        private const int Patience = 60_000;

        /// <summary>Runs it to its end.</summary>
        public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm.dll");
            using Process process = Process.Start(new ProcessStartInfo("dotnet", new[] { program }.Concat(arguments))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            Assert.That(process.WaitForExit(Patience), "the program does not end");
            return (process.ExitCode, output, error.Result);
        }
    }
}
