using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A program as a user starts it, into a pipe.</summary>
    internal abstract class RunningProgram : IDisposable
    {
        private const int Patience = 120_000;
        private const int LinesToTell = 20;

        private readonly Process _process;
        private readonly Queue<string> _last = new();

        protected RunningProgram(string name, string[] arguments)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, name + ".dll");
            _process = Process.Start(new ProcessStartInfo("dotnet", new[] { program }.Concat(arguments))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }

        /// <summary>Its process id.</summary>
        public int Id => _process.Id;

        /// <summary>Reads lines until one has a text.</summary>
        /// <returns>False when the program ended before.</returns>
        public bool Says(string text)
        {
            string line = _process.StandardOutput.ReadLine();
            while (line is not null && !line.Contains(text, StringComparison.Ordinal))
            {
                line = _process.StandardOutput.ReadLine();
            }

            return line is not null;
        }

        /// <summary>Reads lines until one has a text; fails the test when the program ends before, or takes too
        /// long.</summary>
        public string WaitFor(string text)
        {
            var clock = Stopwatch.StartNew();
            while (true)
            {
                Task<string> line = _process.StandardOutput.ReadLineAsync();
                Assert.That(line.Wait(Math.Max(0, Patience - (int)clock.ElapsedMilliseconds)),
                    () => $"no '{text}' for long; the last lines: {string.Join('\n', _last)}");
                Assert.That(line.Result, Is.Not.Null,
                    () => $"the program ended without '{text}': {_process.StandardError.ReadToEnd()}");
                if (line.Result.Contains(text, StringComparison.Ordinal))
                {
                    return line.Result;
                }

                _last.Enqueue(line.Result);
                if (_last.Count > LinesToTell)
                {
                    _last.Dequeue();
                }
            }
        }

        /// <summary>Reads lines to the next one that has a text; fails the test when the program ends before.</summary>
        /// <returns>Those lines.</returns>
        public IReadOnlyList<string> ReadTo(string text)
        {
            var lines = new List<string>();
            do
            {
                lines.Add(WaitFor(""));
            }
            while (!lines[^1].Contains(text, StringComparison.Ordinal));

            return lines;
        }

        /// <summary>Has it end. By SIGTERM: that of Ctrl-C is ignored by what a script starts in the background, and by all that this
        /// starts in its turn.</summary>
        public void Interrupt()
        {
            Process.Start("kill", ["-TERM", _process.Id.ToString()]).WaitForExit();
        }

        /// <summary>Waits for the end.</summary>
        /// <returns>Exit code, the lines not read yet, and the lines on the error output.</returns>
        public (int ExitCode, string[] Output, string[] Error) End()
        {
            Task<string> output = _process.StandardOutput.ReadToEndAsync();
            Task<string> error = _process.StandardError.ReadToEndAsync();
            Assert.That(_process.WaitForExit(Patience), "the program does not end");
            return (_process.ExitCode, Lines(output.Result), Lines(error.Result));
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            _process.Dispose();
        }

        private static string[] Lines(string text)
        {
            return text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
