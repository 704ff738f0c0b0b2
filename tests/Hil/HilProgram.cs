using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace NanoComm.Tests.Hil
{
    /// <summary>A program of ours as a user starts it.</summary>
    internal static class HilProgram
    {
        private const int Patience = 400_000;

        /// <summary>Starts one.</summary>
        public static Process Start(string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment = null)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, name + ".dll");
            var start = new ProcessStartInfo("dotnet", arguments.Prepend(program))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach ((string key, string value) in environment ?? new Dictionary<string, string>())
            {
                start.Environment[key] = value;
            }

            // Where no manifest of this repository pins tools.
            start.WorkingDirectory = Path.GetTempPath();
            return Process.Start(start);
        }

        /// <summary>Runs <c>nanocomm hil</c> as a user who may do little.</summary>
        /// <returns>Exit code and error output; an error of another program where this one does not start.</returns>
        public static (int Code, string Error) RunAsNobody(params string[] arguments)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm.dll");
            var start = new ProcessStartInfo("sh",
            [
                "-c", "mkdir \"$1/../report\"; chmod go+rx \"$1\" \"$1/..\"; chmod 777 \"$1/../report\"; shift; export HOME=/tmp; exec setpriv --reuid=65534 --regid=65534 --clear-groups dotnet \"$@\"",
                "sh", arguments[1], program, "hil", .. arguments,
            ])
            {
                RedirectStandardError = true,
                WorkingDirectory = Path.GetTempPath(),
            };
            using Process process = Process.Start(start);
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }

        /// <summary>Runs <c>nanocomm hil</c> to its end.</summary>
        /// <returns>Exit code, and both outputs.</returns>
        public static (int Code, string Output, string Error) Run(IEnumerable<string> arguments,
            IReadOnlyDictionary<string, string> environment = null)
        {
            using Process process = Start("nanocomm", arguments.Prepend("hil"), environment);
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("the bench does not end");
            }

            TestContext.Out.WriteLine(output.Result + error.Result);
            return (process.ExitCode, output.Result, error.Result);
        }
    }
}
