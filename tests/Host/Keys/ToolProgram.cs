using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The program <c>nanocomm</c> as a user starts it, in a folder, into pipes.</summary>
    internal sealed class ToolProgram : IDisposable
    {
        private const int Patience = 120_000;

        private readonly Process _process;
        private readonly Task<string> _output;
        private readonly Task<string> _error;

        public ToolProgram(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm.dll");
            var start = new ProcessStartInfo("dotnet", new[] { program }.Concat(arguments))
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach ((string name, string value) in environment)
            {
                start.Environment[name] = value;
            }

            _process = Process.Start(start);
            _process.StandardInput.Close();
            _output = _process.StandardOutput.ReadToEndAsync();
            _error = _process.StandardError.ReadToEndAsync();
        }

        /// <summary>Ends it as a power cut does.</summary>
        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
        }

        /// <summary>Has it end; by SIGTERM, as Ctrl-C is ignored where the tests run in the background of a script.</summary>
        public void Interrupt()
        {
            Process.Start("kill", ["-TERM", _process.Id.ToString()]).WaitForExit();
        }

        /// <summary>Whether it has a file open. Linux.</summary>
        public bool HasOpen(string path)
        {
            try
            {
                return Directory.EnumerateFiles($"/proc/{_process.Id}/fd").Any(link => new FileInfo(link).LinkTarget == path);
            }
            catch (IOException)
            {
                // It closes one meanwhile, or has ended.
                return false;
            }
        }

        /// <summary>Whether it has ended by itself.</summary>
        public bool HasEnded => _process.HasExited;

        /// <summary>Waits for the end.</summary>
        public (int ExitCode, string Output, string Error) End()
        {
            Assert.That(_process.WaitForExit(Patience), "the program does not end");
            return (_process.ExitCode, _output.Result, _error.Result);
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            _process.Dispose();
        }
    }
}
