using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A program on the screen of a terminal, which is tmux's: what it shows can be read, its window changed, and keys
    /// typed. A row that is too long for the window goes on in the next one, as on every terminal, and is told as one.</summary>
    internal sealed class Screen : IDisposable
    {
        private const string Tmux = "tmux";
        private const int Patience = 60_000;
        private const int Look = 100;

        // Looks in a row, over more than a second: the view is drawn anew each second.
        private const int Stays = 12;

        private readonly string _socket = Path.Combine(Path.GetTempPath(), "nanocomm-" + Path.GetRandomFileName());

        /// <summary>Starts a program in a window.</summary>
        /// <param name="columns">Columns of the window.</param>
        /// <param name="rows">Rows of the window.</param>
        /// <param name="environment">What the program's environment has beside the tests' own; null takes a variable away.</param>
        /// <param name="name">The program.</param>
        /// <param name="arguments">Its arguments.</param>
        public Screen(int columns, int rows, IReadOnlyDictionary<string, string> environment, string name, params string[] arguments)
        {
            string program = Path.Combine(TestContext.CurrentContext.TestDirectory, name + ".dll");
            IEnumerable<string> settings = environment.OrderBy(one => one.Value is not null)
                .Select(one => one.Value is null ? $"--unset={one.Key}" : $"{one.Key}={one.Value}");
            string start = string.Join(' ', new[] { "env" }.Concat(settings).Append("dotnet").Append(program).Concat(arguments).Select(word => $"'{word}'"));

            // tmux 3.3 does not always learn of its program's end: the shell around it writes it down.
            string command = $"trap : INT; sh -c 'echo $$ > {_socket}.id; exec \"$@\"' sh {start}; echo $? > {_socket}.code";
            Ask("-f", "/dev/null", "start-server", ";", "set-option", "-g", "status", "off", ";", "set-option", "-g", "remain-on-exit", "on", ";",
                "set-option", "-g", "default-terminal", "xterm-256color", ";",
                "new-session", "-d", "-x", Text(columns), "-y", Text(rows), command);
        }

        /// <summary>Skips the test where there is no terminal to be had.</summary>
        public static void Require()
        {
            string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            if (!folders.Any(folder => File.Exists(Path.Combine(folder, Tmux))))
            {
                Assert.Ignore($"'{Tmux}' is not installed");
            }
        }

        /// <summary>What is shown: the rows, those that belong together as one, without blanks behind.</summary>
        /// <param name="withColors">With the terminal's sequences for colours.</param>
        public string[] Rows(bool withColors = false)
        {
            string[] how = withColors ? ["-e"] : [];
            return Ask(["capture-pane", "-p", "-J", .. how]).TrimEnd('\n').Split('\n').Select(row => row.TrimEnd()).ToArray();
        }

        /// <summary>Waits until a text is shown; fails the test when it is not for long.</summary>
        public string[] WaitFor(string text)
        {
            var clock = Stopwatch.StartNew();
            string[] rows = Rows();
            while (!rows.Any(row => row.Contains(text, StringComparison.Ordinal)))
            {
                Assert.That(clock.ElapsedMilliseconds, Is.LessThan(Patience), () => $"no '{text}':\n{string.Join('\n', rows)}");
                Thread.Sleep(Look);
                rows = Rows();
            }

            return rows;
        }

        /// <summary>Waits until what is shown is right and stays so for some drawings: a busy machine draws late, and a program
        /// that draws it wrong will do so again.</summary>
        /// <param name="wrong">What is wrong with the rows; null when nothing is.</param>
        public void WaitUntilItStays(Func<string[], string> wrong)
        {
            var clock = Stopwatch.StartNew();
            for (int right = 0; right < Stays;)
            {
                string[] rows = Rows();
                string error = wrong(rows);
                right = error is null ? right + 1 : 0;
                Assert.That(error is null || clock.ElapsedMilliseconds < Patience, () => $"{error}\n{string.Join('\n', rows)}");
                Thread.Sleep(Look);
            }
        }

        /// <summary>Changes the window.</summary>
        public void Resize(int columns, int rows) => Ask("resize-window", "-x", Text(columns), "-y", Text(rows));

        /// <summary>Types a key, by tmux's name of it.</summary>
        public void Type(string key) => Ask("send-keys", key);

        /// <summary>Sends the program a signal.</summary>
        /// <param name="signal">Such as TERM.</param>
        public void Signal(string signal) => Process.Start("kill", ["-" + signal, Read(".id")]).WaitForExit();

        /// <summary>Waits for the end.</summary>
        /// <returns>The exit code.</returns>
        public int End()
        {
            Assert.That(() => Read(".code"), Is.Not.Empty.After(Patience, Look), () => $"it does not end:\n{string.Join('\n', Rows())}");
            return int.Parse(Read(".code"), CultureInfo.InvariantCulture);
        }

        public void Dispose()
        {
            Run(["kill-server"], out _);
            foreach (string ending in new[] { "", ".id", ".code" })
            {
                File.Delete(_socket + ending);
            }
        }

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

        private string Read(string ending) => File.Exists(_socket + ending) ? File.ReadAllText(_socket + ending).Trim() : "";

        private string Ask(params string[] command)
        {
            Assert.That(Run(command, out string said), Is.Zero, () => $"tmux {string.Join(' ', command)}: {said}");
            return said;
        }

        private int Run(string[] command, out string said)
        {
            using Process tmux = Process.Start(new ProcessStartInfo(Tmux, new[] { "-u", "-S", _socket }.Concat(command))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            said = tmux.StandardOutput.ReadToEnd() + tmux.StandardError.ReadToEnd();
            tmux.WaitForExit();
            return tmux.ExitCode;
        }
    }
}
