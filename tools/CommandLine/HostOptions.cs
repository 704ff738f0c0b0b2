using System;
using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Simulators;

namespace NanoComm.CommandLine
{
    /// <summary>Options that several programs have, and what stands behind their values.</summary>
    public static class HostOptions
    {
        /// <summary>High voltage, as a value of <c>--class</c>.</summary>
        public const string High = "high";

        private const int FastestClock = 3600;

        // 24 days: what timers take.
        private const double MostSeconds = 2_000_000;

        /// <summary>A whole number within limits.</summary>
        public static Option<int> Number(string name, string description, int usual, int least, int most,
            string helpName = "N")
        {
            return new Option<int>(name)
            {
                Description = description,
                HelpName = helpName,
                DefaultValueFactory = _ => usual,
                CustomParser = result =>
                {
                    string text = result.Tokens.Single().Value;
                    if (!int.TryParse(text, out int value) || value < least || value > most)
                    {
                        result.AddError(Words.Of($"{name}: '{text}' is not a whole number from {least} to {most}"));
                    }

                    return value;
                },
            };
        }

        /// <summary>A whole number within limits; null when it is not given.</summary>
        public static Option<int?> NumberIfAny(string name, string description, int least, int most, string helpName)
        {
            Option<int> number = Number(name, description, 0, least, most, helpName);
            return new Option<int?>(name)
            {
                Description = description,
                HelpName = helpName,
                CustomParser = result => number.CustomParser(result),
            };
        }

        /// <summary>A number within limits, with a point for its decimals; null when it is not given.</summary>
        public static Option<double?> Figure(string name, string description, double least, double most, string helpName)
        {
            return new Option<double?>(name)
            {
                Description = description,
                HelpName = helpName,
                CustomParser = result =>
                {
                    string text = result.Tokens.Single().Value;
                    if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                        && value >= least && value <= most)
                    {
                        return value;
                    }

                    result.AddError(FormattableString.Invariant($"{name}: '{text}' is not a number from {least} to {most}"));
                    return null;
                },
            };
        }

        /// <summary>Lets an option have some values alone.</summary>
        public static void AllowOnly(Option option, params string[] values)
        {
            Complete(option, values);
            option.Validators.Add(result => AllowOnly(result, option.Name, values));
        }

        /// <summary>Lets an argument have some values alone.</summary>
        public static void AllowOnly(Argument argument, params string[] values)
        {
            argument.HelpName ??= string.Join('|', values);
            argument.CompletionSources.Add(values);
            argument.Validators.Add(result => AllowOnly(result, argument.Name, values));
        }

        /// <summary><c>--speed</c>: how much faster the metering clock runs.</summary>
        public static Option<int> Speed() => Number("--speed",
            "The metering clock runs N times faster; timeouts do not.", 1, 1, FastestClock);

        /// <summary>One of several words.</summary>
        /// <param name="name">The option.</param>
        /// <param name="description">What it is for.</param>
        /// <param name="choices">The words, the usual one first, and what each stands for.</param>
        public static Option<Chosen<T>> Choice<T>(string name, string description, params (string Name, T Value)[] choices)
        {
            string[] names = choices.Select(choice => choice.Name).ToArray();
            var option = new Option<Chosen<T>>(name)
            {
                Description = description,
                HelpName = string.Join('|', names),
                DefaultValueFactory = _ => new Chosen<T>(names[0], choices[0].Value),
                CustomParser = result =>
                {
                    string text = result.Tokens.Single().Value;
                    if (!names.Contains(text))
                    {
                        result.AddError($"{name}: '{text}' is neither {string.Join(" nor ", names)}");
                    }

                    return new Chosen<T>(text, choices.FirstOrDefault(choice => choice.Name == text).Value);
                },
            };
            Complete(option, names);
            return option;
        }

        // What a shell offers, in place of the names of a C# type.
        private static void Complete(Option option, string[] values)
        {
            option.CompletionSources.Clear();
            option.CompletionSources.Add(_ => values.Select(value => new CompletionItem(value)));
        }

        /// <summary><c>--class</c>: what a simulated metering unit is; "high" or "low".</summary>
        public static Option<Chosen<string>> Class(string description) => Choice("--class", description, ("low", "low"), (High, High));

        /// <summary><c>--baud</c>: bits per second of a serial line.</summary>
        public static Option<int> Baud(string description) => Number("--baud", description, 115200, 300, 4_000_000);

        /// <summary>What names a file, a folder or a serial port: it cannot be empty.</summary>
        /// <param name="name">The option.</param>
        /// <param name="helpName">What the help calls its value.</param>
        /// <param name="description">What it is for.</param>
        public static Option<string> PathTo(string name, string helpName, string description)
        {
            var option = new PathOption(name) { Description = description, HelpName = helpName };
            option.Validators.Add(RefuseEmpty);
            return option;
        }

        /// <summary>Files that a command takes, one or more.</summary>
        /// <param name="description">What they are.</param>
        public static Argument<string[]> Files(string description)
        {
            var files = new Argument<string[]>("FILE") { Description = description, Arity = ArgumentArity.OneOrMore };
            files.Validators.Add(RefuseEmpty);
            return files;
        }

        /// <summary><c>--data</c>: readings to replay.</summary>
        public static Option<string> Data() => PathTo("--data", "FILE",
            "Replay this file of one-minute readings instead of the recorded two days.");

        /// <summary><c>--store</c>: the folder of the durable records.</summary>
        public static Option<string> Store(string description) => PathTo("--store", "DIR", description);

        /// <summary><c>--for</c>: seconds to run; null until Ctrl-C.</summary>
        public static Option<double?> For() => new("--for")
        {
            Description = Words.Of("End after so many seconds."),
            HelpName = "SECONDS",
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
                    && seconds is > 0 and <= MostSeconds)
                {
                    return seconds;
                }

                result.AddError(Words.Of($"--for: '{text}' is no time to run: give more than 0 seconds, and fewer than 2 million, as a "
                    + $"number without a unit"));
                return null;
            },
        };

        /// <summary>Loads the readings that <c>--data</c> names; null for the recorded ones.</summary>
        /// <exception cref="UserError">The file cannot be read or is not of the form wanted.</exception>
        public static HouseholdData Load(string path)
        {
            try
            {
                return path is null ? HouseholdData.Recorded : HouseholdData.Load(path);
            }
            catch (InvalidDataException error)
            {
                throw new UserError("--data: " + error.Message);
            }
        }

        /// <summary>Opens the folder that <c>--store</c> names, to write what a unit is to find there: the unit may be running
        /// (<see cref="UnitStore"/> is for the unit itself). The user is warned when others can read it.</summary>
        /// <param name="folder">The folder; made where it is not there.</param>
        /// <param name="records">Records that the program goes by, and that must not count as absent when they cannot be
        /// read.</param>
        /// <exception cref="UserError">The folder cannot be made, or a record not be read.</exception>
        public static IFiles Open(string folder, params string[] records)
        {
            try
            {
                var files = new FolderFiles(folder);
                foreach (string record in records)
                {
                    RecordCheck.One(folder, record);
                }

                if (OwnerOnly.DescribeOpen(folder) is string warning)
                {
                    HostProgram.Warn("--store: " + Words.OfOther(warning));
                }

                return files;
            }
            catch (IOException error)
            {
                throw new UserError("--store: " + Words.OfOther(error.Message));
            }
        }

        /// <summary>Takes HOST:PORT apart.</summary>
        /// <param name="option">The option, for the error.</param>
        /// <param name="text">What the user gave.</param>
        /// <param name="least">The smallest port allowed: 0 where the system may choose one.</param>
        /// <exception cref="UserError">It is not of that form.</exception>
        public static (string Host, int Port) Endpoint(string option, string text, int least)
        {
            int colon = text.LastIndexOf(':');
            return colon > 0 && int.TryParse(text.AsSpan(colon + 1), out int port) && port >= least && port <= 65535
                ? (text[..colon].Trim('[', ']'), port)
                : throw new UserError($"{option}: '{text}' is not HOST:PORT, such as 127.0.0.1:4059");
        }

        private static void AllowOnly(SymbolResult result, string name, string[] values)
        {
            if (result.Tokens.FirstOrDefault(token => !values.Contains(token.Value)) is Token other)
            {
                result.AddError(Words.Of($"{name}: '{other.Value}' is none of {string.Join(", ", values)}"));
            }
        }

        private static void RefuseEmpty(SymbolResult result)
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
            {
                string name = result is OptionResult option ? option.Option.Name : ((ArgumentResult)result).Argument.Name;
                result.AddError(Words.Of($"{name}: a path is missing, nothing was given for it"));
            }
        }
    }
}
