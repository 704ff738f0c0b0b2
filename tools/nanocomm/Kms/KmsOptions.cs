using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>What the commands of the key management share.</summary>
    internal static class KmsOptions
    {
        private const string LedgerVariable = "NANOCOMM_LEDGER";
        private const string UsualLedger = "nanocomm.ledger";
        private const string WidthVariable = "COLUMNS";
        private const int LeastWidth = 20;
        private const int UsualWidth = 200;
        private const int Indent = 4;
        private const int NameWidth = 14;

        private static readonly Style Quiet = new(Color.Grey);

        /// <summary><c>--ledger</c>.</summary>
        public static Option<string> Ledger()
        {
            Option<string> ledger = HostOptions.PathTo("--ledger", "LEDGER",
                $"The ledger: a file, or postgres://USER@HOST/DATABASE, or service=NAME of pg_service.conf; otherwise {LedgerVariable}, "
                + $"or ./{UsualLedger}.");
            ledger.DefaultValueFactory = _ => Environment.GetEnvironmentVariable(LedgerVariable) is { Length: > 0 } path ? path
                : UsualLedger;
            return ledger;
        }

        /// <summary><c>--yes</c>.</summary>
        public static Option<bool> Yes(string description) => new("--yes") { Description = description };

        /// <summary>An option that takes a title.</summary>
        public static Option<SystemTitle?> Title(string name, string description) => new(name)
        {
            Description = description,
            HelpName = "TITLE",
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (SystemTitle.TryParse(text, out SystemTitle title))
                {
                    return title;
                }

                result.AddError(Words.Of($"{name}: '{text}' is no title of 16 hexadecimal digits"));
                return null;
            },
        };

        /// <summary><c>--not-after</c>.</summary>
        /// <param name="until">What is taken until then.</param>
        public static Option<uint?> End(string until) => new("--not-after")
        {
            Description = $"{until} until then: {NotAfter.Form}.",
            HelpName = "DATE",
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (NotAfter.TryParse(text, out uint seconds) && text.Length > 0)
                {
                    return seconds;
                }

                result.AddError($"--not-after: '{text}' is not {NotAfter.Form}");
                return null;
            },
        };

        /// <summary><c>--yes</c>, where epochs or numbers are given out.</summary>
        public static Option<bool> YesToJump() => Yes("Confirm the next epoch or number, if it is more than a year above the last one "
            + "or above this computer's clock.");

        /// <summary><c>--replace</c>.</summary>
        public static Option<bool> Replace() => new("--replace") { Description = "Replace the file that is there already." };

        /// <summary>Finds the file that <c>--out</c> means.</summary>
        /// <param name="path">A file, or a folder for it.</param>
        /// <param name="name">The file's name in a folder.</param>
        /// <param name="replace">Whether it may be there already.</param>
        /// <exception cref="UserError">It cannot be there, or is there already.</exception>
        public static string FindOut(string path, string name, bool replace)
        {
            string file = Directory.Exists(path) ? Path.Combine(path, name) : path;
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            {
                throw new UserError($"--out: there is no folder for {file}");
            }

            CheckFree(file, replace);
            return file;
        }

        /// <summary>Refuses to write over a file.</summary>
        /// <exception cref="UserError">It is there, and may not be replaced.</exception>
        public static void CheckFree(string file, bool replace)
        {
            if (File.Exists(file) && !replace)
            {
                throw new UserError($"--out: {file} is there already: --replace replaces it");
            }
        }

        /// <summary>Sets what a command does; what the user can mend becomes the one line that says so.</summary>
        public static void Does(this Command command, Func<ParseResult, int> action)
        {
            command.SetAction(parsed =>
            {
                try
                {
                    AnsiConsole.Profile.Width = Math.Max(FindWidth(), LeastWidth);
                    return action(parsed);
                }
                catch (Exception error) when (error is LedgerException or InvalidDataException or IOException
                    or UnauthorizedAccessException)
                {
                    throw new UserError(Words.OfOther(error.Message));
                }
            });
        }

        /// <summary>A line of words.</summary>
        public static void Say(string text) => AnsiConsole.Write(new Text(text + "\n"));

        /// <summary>A small table of one thing.</summary>
        public static void Show(string heading, params (string Name, string Value)[] rows)
        {
            AnsiConsole.Write(new Text(heading + "\n", new Style(decoration: Decoration.Bold)));
            foreach ((string name, string value) in rows)
            {
                string before = "  " + Cells.Pad(name, NameWidth);
                if (Cells.Width(before + value) <= AnsiConsole.Profile.Width)
                {
                    AnsiConsole.Write(new Text(before, Quiet));
                    AnsiConsole.Write(new Text(value + "\n"));
                    continue;
                }

                AnsiConsole.Write(new Text(before.TrimEnd() + "\n", Quiet));
                AnsiConsole.Write(new Padder(new Text(value), new Padding(Indent, 0, 0, 0)));
            }
        }

        /// <summary>A word of warning.</summary>
        public static void Warn(string text)
        {
            string lines = string.Join('\n', Cells.Wrap(text, AnsiConsole.Profile.Width));
            AnsiConsole.Write(new Text(lines + "\n", new Style(Color.Yellow)));
        }

        // Into a pipe there is no width but the one that is told.
        private static int FindWidth()
        {
            return AnsiConsole.Profile.Out.IsTerminal ? AnsiConsole.Profile.Width
                : int.TryParse(Environment.GetEnvironmentVariable(WidthVariable), out int columns) && columns > 0 ? columns : UsualWidth;
        }

        /// <summary>A time as the key office reads it.</summary>
        public static string Show(DateTimeOffset? time, string otherwise)
        {
            return time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss") ?? otherwise;
        }
    }
}
