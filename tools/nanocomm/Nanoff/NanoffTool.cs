using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>nanoff on this PC: the one that the repository pins, as a dotnet tool, or the one that is installed; and its
    /// dialect, found by asking for its version.</summary>
    internal sealed class NanoffTool
    {
        private const string Name = "nanoff";
        private const int VersionPatience = 60_000;
        private const int BlockLength = 256;

        // In this order: what a folder pins goes before what is installed for the user.
        private static readonly string[] Manifests = [Path.Combine(".config", "dotnet-tools.json"), "dotnet-tools.json"];

        private readonly string _program;
        private readonly string[] _before;

        private NanoffTool(string program, string[] before, NanoffVersion version, NanoffDialect dialect)
        {
            _program = program;
            _before = before;
            Version = version;
            Dialect = dialect;
        }

        /// <summary>How to get it, for messages.</summary>
        public static string HowToInstall =>
            Words.Of($"dotnet tool restore in the repository, or dotnet tool install -g nanoff, with ~/.dotnet/tools in PATH");

        private static string HowToRenew => Words.Of($"it knows {NanoffDialect.Known}; the one that the repository pins comes by dotnet tool restore "
            + $"there, and dotnet tool update -g nanoff renews an installed one");

        /// <summary>Its version.</summary>
        public NanoffVersion Version { get; }

        /// <summary>The words that it takes.</summary>
        public NanoffDialect Dialect { get; }

        /// <summary>Looks for it.</summary>
        /// <param name="dotnet">The program that runs what the repository pins.</param>
        /// <exception cref="UserError">There is none, or none of a version that is known; the message says what to do.</exception>
        public static NanoffTool Find(string dotnet = "dotnet")
        {
            NanoffVersion? other = null;
            foreach ((string program, string[] before) in Candidates(dotnet))
            {
                NanoffVersion? version = AskVersion(program, before);
                if (version is NanoffVersion found && NanoffDialect.Of(found) is NanoffDialect dialect)
                {
                    return new NanoffTool(program, before, found, dialect);
                }

                other = version ?? other;
            }

            throw new UserError(other is null ? Words.Of($"nanoff is not installed: {HowToInstall}")
                : NanoffDialect.IsTooOld(other.Value) ? Words.Of($"nanoff {other} is too old: {HowToRenew}")
                : Words.Of($"nanoff {other} is of a version that this program does not know: {HowToRenew}"));
        }

        /// <summary>A command as one types it, for a dialect.</summary>
        public static string CommandLine(IEnumerable<string> arguments)
        {
            return string.Join(' ', arguments.Prepend(Name).Select(Quote));
        }

        /// <summary>Runs it to its end.</summary>
        /// <param name="arguments">Its arguments.</param>
        /// <param name="folder">Where it may put what it needs for a while: a copy of the records' partition is among that.</param>
        /// <param name="tell">Told what it says, as it says it, in pieces of lines; null for nobody.</param>
        /// <exception cref="UserError">It does not start.</exception>
        public NanoffRun Run(IReadOnlyList<string> arguments, PrivateFolder folder, Action<string> tell)
        {
            return Start(_program, [.. _before, .. arguments], folder, tell, -1)
                ?? throw new UserError(Words.Of($"nanoff does not start any more: {HowToInstall}"));
        }

        private static IEnumerable<(string Program, string[] Before)> Candidates(string dotnet)
        {
            if (IsPinned())
            {
                yield return (dotnet, ["tool", "run", Name, "--"]);
            }

            yield return (Name, []);
        }

        // Asked before dotnet is, which takes its time to say no.
        private static bool IsPinned()
        {
            for (DirectoryInfo folder = new(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            {
                foreach (string manifest in Manifests.Select(file => Path.Combine(folder.FullName, file)).Where(File.Exists))
                {
                    return ReadsNanoff(manifest);
                }
            }

            return false;
        }

        private static bool ReadsNanoff(string manifest)
        {
            try
            {
                return File.ReadAllText(manifest).Contains($"\"{Name}\"", StringComparison.OrdinalIgnoreCase);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }

        private static NanoffVersion? AskVersion(string program, string[] before)
        {
            NanoffRun run = Start(program, [.. before, NanoffDialect.AskVersion], null, null, VersionPatience);
            return run is null ? null : NanoffVersion.Find(run.Said);
        }

        // Null when the program is not there.
        private static NanoffRun Start(string program, IReadOnlyList<string> arguments, PrivateFolder folder, Action<string> tell, int patience)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };

            // It is built for an older .NET than this program.
            start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
            start.Environment["DOTNET_NOLOGO"] = "1";
            if (folder is not null)
            {
                start.Environment["TMPDIR"] = start.Environment["TEMP"] = start.Environment["TMP"] = folder.Path;
            }

            Process process;
            try
            {
                process = Process.Start(start);
            }
            catch (Win32Exception)
            {
                return null;
            }

            using (process)
            {
                folder?.UsedBy(process);
                process.StandardInput.Close();
                NanoffRun run = Follow(process, tell, patience);
                folder?.UsedBy(null);
                return run;
            }
        }

        private static NanoffRun Follow(Process process, Action<string> tell, int patience)
        {
            var said = new StringBuilder();
            Task output = Read(process.StandardOutput, said, tell);
            Task error = Read(process.StandardError, said, tell);
            if (!Task.WaitAll([output, error], patience))
            {
                process.Kill(entireProcessTree: true);
            }

            process.WaitForExit();
            lock (said)
            {
                return new NanoffRun(process.ExitCode, said.ToString());
            }
        }

        private static async Task Read(StreamReader from, StringBuilder said, Action<string> tell)
        {
            var block = new char[BlockLength];
            for (int read = await from.ReadAsync(block).ConfigureAwait(false); read > 0; read = await from.ReadAsync(block).ConfigureAwait(false))
            {
                string text = new(block, 0, read);
                lock (said)
                {
                    said.Append(text);
                    tell?.Invoke(text);
                }
            }
        }

        private static string Quote(string word)
        {
            return word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
        }
    }
}
