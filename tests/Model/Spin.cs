using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace NanoComm.Tests.Model
{
    /// <summary>The programs that this needs of the machine: spin, and a C compiler.</summary>
    internal static class Spin
    {
        private static readonly string[] Compilers = ["gcc", "clang", "cc"];

        /// <summary>Path of spin, or null.</summary>
        public static string Program { get; } = Find("spin");

        /// <summary>Path of a C compiler, or null.</summary>
        public static string Compiler { get; } = Compilers.Select(Find).FirstOrDefault(path => path != null);

        /// <summary>What to install, or null when all is there.</summary>
        public static string Missing
        {
            get
            {
                string what = Program == null && Compiler == null ? "spin and gcc" : Program == null ? "spin"
                    : Compiler == null ? "gcc" : null;
                return what == null ? null
                    : $"The model was not searched: install {what} (Debian, Ubuntu: apt-get install spin gcc).";
            }
        }

        /// <summary>Runs a program to its end.</summary>
        /// <param name="program">Its path.</param>
        /// <param name="folder">Where it runs.</param>
        /// <param name="variable">An environment variable NAME=VALUE, or null.</param>
        /// <param name="arguments">Its arguments.</param>
        /// <returns>What it wrote, to either stream.</returns>
        /// <exception cref="InvalidOperationException">It did not end with 0.</exception>
        public static string Run(string program, string folder, string variable, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            if (variable != null)
            {
                string[] parts = variable.Split('=');
                start.Environment[parts[0]] = parts[1];
            }

            using Process process = Process.Start(start);
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string text = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            return process.ExitCode == 0 ? text
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{text}");
        }

        private static string Find(string name)
        {
            string folders = Environment.GetEnvironmentVariable("PATH") ?? "";
            return folders.Split(Path.PathSeparator).Where(folder => folder.Length > 0)
                .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name))
                .FirstOrDefault(File.Exists);
        }
    }
}
