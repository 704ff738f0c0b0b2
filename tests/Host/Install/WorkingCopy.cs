using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Install
{
    /// <summary>The working copy these tests were built from, and programs of this PC.</summary>
    internal static class WorkingCopy
    {
        private const int Patience = 3_600_000;

        /// <summary>Its root folder.</summary>
        public static string Root
        {
            get
            {
                string folder = TestContext.CurrentContext.TestDirectory;
                while (!File.Exists(Path.Combine(folder, "nanoComm.sln")))
                {
                    folder = Path.GetDirectoryName(folder);
                }

                return folder;
            }
        }

        /// <summary>Absolute path of one of its files.</summary>
        public static string PathOf(string file) => Path.Combine(Root, file);

        /// <summary>Text of one of its files.</summary>
        public static string Read(string file) => File.ReadAllText(PathOf(file));

        /// <summary>Skips the test where a program is not installed.</summary>
        /// <param name="program">Its name.</param>
        /// <param name="package">Debian package that has it.</param>
        public static void Need(string program, string package)
        {
            if (Run("sh", "-c", $"command -v {program}").ExitCode != 0)
            {
                Assert.Ignore($"{program} is not installed (Debian package {package})");
            }
        }

        /// <summary>Runs a program in the root folder to its end.</summary>
        public static (int ExitCode, string Output, string Error) Run(string program, params string[] arguments)
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Root,
            });
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            Assert.That(process.WaitForExit(Patience), $"{program} does not end");
            return (process.ExitCode, output, error.Result);
        }

        /// <summary>Runs a program in the root folder; the test fails when it does.</summary>
        /// <returns>What it printed.</returns>
        public static string Do(string program, params string[] arguments)
        {
            (int exitCode, string output, string error) = Run(program, arguments);
            Assert.That(exitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{output}{error}");
            return output;
        }
    }
}
