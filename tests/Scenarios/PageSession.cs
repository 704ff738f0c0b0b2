using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// Runs the commands of a page as they stand there, in one folder: lines that end in &amp; as a program of their own, the
    /// others by bash, one after the other. What stands behind # has to be said by them.
    /// </summary>
    internal sealed class PageSession : IDisposable
    {
        private const int Patience = 180_000;
        private const int Look = 100;
        private const string Fence = "```";
        private const string Log = "log-";

        private static readonly Regex Comment = new(@"\s{2,}# (.+)$");
        private static readonly Regex Board = new(@"^dotnet run --project boards/Virtual -- ");

        private readonly string _folder = Directory.CreateTempSubdirectory("page").FullName;
        private readonly List<string> _settings = [];
        private readonly Dictionary<string, Process> _running = [];
        private readonly Dictionary<string, string> _replaced = [];

        public PageSession()
        {
            string programs = TestContext.CurrentContext.TestDirectory;
            _settings.Add($"nanocomm() {{ dotnet '{programs}/nanocomm.dll' \"$@\"; }}");
        }

        /// <summary>Reads the commands of a page.</summary>
        /// <param name="page">Its file's name.</param>
        public static IEnumerable<string> Read(string page)
        {
            bool isCommand = false;
            foreach (string line in File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, page)))
            {
                isCommand = line.StartsWith(Fence, StringComparison.Ordinal) ? line == Fence + "console" : isCommand;
                if (isCommand && line.Length > 0 && line != Fence + "console")
                {
                    yield return line;
                }
            }
        }

        /// <summary>Has one text of the page stand for another: an address, say, that other tests use meanwhile.</summary>
        public void Replace(string text, string by)
        {
            _replaced[text] = by;
        }

        /// <summary>Runs a line of the page.</summary>
        /// <param name="line">The line.</param>
        /// <param name="more">Options for a program of its own.</param>
        public void Run(string line, string more = "")
        {
            string wanted = Wanted(line);
            string command = CommandOf(line);
            if (command.StartsWith("export ", StringComparison.Ordinal) || command.StartsWith("umask ", StringComparison.Ordinal)
                || command.Contains("() {", StringComparison.Ordinal))
            {
                _settings.Add(command);
            }
            else if (command.EndsWith('&'))
            {
                Start(line, more);
                WaitFor(line, wanted);
            }
            else
            {
                string said = End(Begin(line));
                Assert.That(said, Does.Contain(wanted), line);
            }
        }

        /// <summary>Begins a line of the page, of which <see cref="End"/> tells the end.</summary>
        public Process Begin(string line)
        {
            return Bash($"{{ {CommandOf(line)}\n}} 2>&1");
        }

        /// <summary>Waits for the end of a line, which has to be a good one.</summary>
        /// <returns>What it said.</returns>
        public static string End(Process process)
        {
            using (process)
            {
                Task<string> said = process.StandardOutput.ReadToEndAsync();
                bool ends = process.WaitForExit(Patience);
                if (!ends)
                {
                    process.Kill(entireProcessTree: true);
                }

                Assert.That(ends, said.Result);
                Assert.That(process.ExitCode, Is.Zero, said.Result);
                return said.Result;
            }
        }

        /// <summary>What stands behind # in a line.</summary>
        public static string Wanted(string line) => Comment.Match(line).Groups[1].Value;

        /// <summary>Reads a file of the session.</summary>
        public string Text(string file) => File.ReadAllText(Path.Combine(_folder, file));

        /// <summary>Begins a program of the page.</summary>
        /// <param name="line">The line that ends in &amp;.</param>
        /// <param name="more">Options for it.</param>
        public void Start(string line, string more)
        {
            // The shell gives way to the program, so that it is the program that is interrupted. Its words go into a file, for
            // a pipe that nobody reads would stop it.
            string programs = TestContext.CurrentContext.TestDirectory;
            string command = CommandOf(line)[..^1];
            string program = Board.IsMatch(command) ? Board.Replace(command, $"dotnet '{programs}/nanocomm-virtual.dll' ")
                : Regex.Replace(command, "^nanocomm ", $"dotnet '{programs}/nanocomm.dll' ");
            File.Delete(LogOf(line));
            _running[line] = Bash($"exec {program}{more} > '{LogOf(line)}' 2>&1 < /dev/null");
        }

        /// <summary>Ends a program; by SIGTERM, as Ctrl-C is ignored where the tests run in the background of a script.</summary>
        /// <param name="line">The line that began it.</param>
        public void Interrupt(string line)
        {
            using Process process = _running[line];
            Process.Start("kill", ["-TERM", process.Id.ToString()]).WaitForExit();
            Assert.That(process.WaitForExit(Patience), $"it does not end: {line}");
            _running.Remove(line);
        }

        /// <summary>Waits until a program says a text.</summary>
        /// <param name="line">The line that began it.</param>
        /// <param name="text">The text; empty for anything.</param>
        public void WaitFor(string line, string text)
        {
            var clock = Stopwatch.StartNew();
            string said = Said(line);
            while (said.Length == 0 || !said.Contains(text, StringComparison.Ordinal))
            {
                Assert.That(_running[line].HasExited, Is.False, $"{line}\nended: {said}");
                Assert.That(clock.ElapsedMilliseconds, Is.LessThan(Patience), $"{line}\nno '{text}': {said}");
                Thread.Sleep(Look);
                said = Said(line);
            }
        }

        /// <summary>Fails the test where the commands have left what git would see.</summary>
        public void AssertNothingIsNew() => WorkingCopy.AssertNothingIsNew(_folder, Log + "*");

        public void Dispose()
        {
            foreach (Process process in _running.Values)
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }

                process.Dispose();
            }

            Directory.Delete(_folder, recursive: true);
        }

        private string CommandOf(string line)
        {
            return _replaced.Aggregate(Comment.Replace(line, ""), (text, pair) => text.Replace(pair.Key, pair.Value));
        }

        private string Said(string line)
        {
            try
            {
                return File.ReadAllText(LogOf(line));
            }
            catch (IOException)
            {
                return "";
            }
        }

        private string LogOf(string line)
        {
            return Path.Combine(_folder, Log + $"{(uint)line.GetHashCode(StringComparison.Ordinal)}");
        }

        private Process Bash(string command)
        {
            string script = string.Join('\n', _settings.Append(command));
            Process process = Process.Start(new ProcessStartInfo("bash", ["-c", script])
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            });
            process.StandardInput.Close();
            return process;
        }
    }
}
