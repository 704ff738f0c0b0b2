using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A program as a user starts it, into a pipe.</summary>
    internal abstract class RunningProgram : IDisposable
    {
        private const int Patience = 30_000;

        private readonly Process _process;

        protected RunningProgram(string name, string[] arguments)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, name + ".dll");
            _process = Process.Start(new ProcessStartInfo("dotnet", new[] { program }.Concat(arguments))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }

        /// <summary>Reads lines until one has a text; fails the test when the program ends before.</summary>
        public string WaitFor(string text)
        {
            for (string line = _process.StandardOutput.ReadLine(); line is not null;
                line = _process.StandardOutput.ReadLine())
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }

            Assert.Fail($"the program ended without '{text}': {_process.StandardError.ReadToEnd()}");
            return null;
        }

        /// <summary>Sends the signal that Ctrl-C sends.</summary>
        public void Interrupt()
        {
            Process.Start("kill", ["-INT", _process.Id.ToString()]).WaitForExit();
        }

        /// <summary>Waits for the end.</summary>
        /// <returns>Exit code, the lines not read yet, and the lines on the error output.</returns>
        public (int ExitCode, string[] Output, string[] Error) End()
        {
            string[] output = Lines(_process.StandardOutput).ToArray();
            string[] error = Lines(_process.StandardError).ToArray();
            Assert.That(_process.WaitForExit(Patience), "the program does not end");
            return (_process.ExitCode, output, error);
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            _process.Dispose();
        }

        private static IEnumerable<string> Lines(StreamReader reader)
        {
            for (string line = reader.ReadLine(); line is not null; line = reader.ReadLine())
            {
                yield return line;
            }
        }
    }
}
