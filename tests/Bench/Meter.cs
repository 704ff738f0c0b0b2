using System;
using System.Diagnostics;
using System.IO;
using System.Net;

namespace NanoComm.Bench
{
    /// <summary>Who is asked side by side with others: in a process of its own.</summary>
    /// <param name="name">What it is called in the tables.</param>
    /// <param name="at">Where it is asked.</param>
    /// <param name="process">It, where the bench has started it; else null.</param>
    internal sealed class Meter(string name, IPEndPoint at, Process process) : IDisposable
    {
        private static readonly string[] Compilers = ["cc", "gcc", "clang"];

        public string Name => name;

        public IPEndPoint At => at;

        /// <summary>Processor time that it has taken so far; null where it is somebody else's.</summary>
        public TimeSpan? Busy
        {
            get
            {
                process?.Refresh();
                return process?.TotalProcessorTime;
            }
        }

        /// <summary>This program once more, as a server.</summary>
        /// <param name="name">What it is called.</param>
        /// <param name="argument">Which.</param>
        /// <param name="at">Where.</param>
        public static Meter OfOurs(string name, string argument, IPEndPoint at)
        {
            return new Meter(name, at, Process.Start(Self.With(argument, $"{at.Address}", $"{at.Port}")));
        }

        /// <summary>The virtual board as a user starts it, its lines thrown away, what a path takes of a terminal lifted.</summary>
        /// <param name="at">Where.</param>
        public static Meter VirtualBoard(IPEndPoint at)
        {
            const string unlimited = "1000000";
            return new Meter("virtual board", at, Process.Start("sh", ["-c", "exec dotnet \"$@\" >/dev/null", "sh",
                Path.Combine(AppContext.BaseDirectory, "nanocomm.dll"), "board", "virtual", "--listen", $"{at.Address}", "--port", $"{at.Port}",
                "--ip-rate", unlimited, "--ip-burst", unlimited, "--ip-path-rate", unlimited]));
        }

        /// <summary>The echo in C, compiled now.</summary>
        /// <param name="at">Where.</param>
        /// <param name="folder">Takes the program.</param>
        /// <returns>Null where no compiler is installed.</returns>
        public static Meter EchoInC(IPEndPoint at, string folder)
        {
            string program = Path.Combine(folder, "echo");
            foreach (string compiler in Compilers)
            {
                try
                {
                    using Process compiling = Process.Start(compiler,
                        ["-O2", "-o", program, Path.Combine(AppContext.BaseDirectory, "echo.c")]);
                    compiling.WaitForExit();
                    if (compiling.ExitCode == 0)
                    {
                        return new Meter("echo in C", at, Process.Start(program, [$"{at.Address}", $"{at.Port}"]));
                    }
                }
                catch (System.ComponentModel.Win32Exception)
                {
                    // Not installed.
                }
            }

            return null;
        }

        public void Dispose()
        {
            process?.Kill();
            process?.WaitForExit();
            process?.Dispose();
        }
    }
}
