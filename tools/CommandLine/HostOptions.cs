using System;
using System.CommandLine;
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
                        result.AddError($"{name}: '{text}' is not a whole number from {least} to {most}");
                    }

                    return value;
                },
            };
        }

        /// <summary><c>--speed</c>: how much faster the metering clock runs.</summary>
        public static Option<int> Speed() => Number("--speed",
            "The metering clock runs N times faster; timeouts do not.", 1, 1, FastestClock);

        /// <summary><c>--baud</c>: bits per second of a serial line.</summary>
        public static Option<int> Baud(string description) => Number("--baud", description, 115200, 300, 4_000_000);

        /// <summary><c>--data</c>: readings to replay.</summary>
        public static Option<string> Data() => new("--data")
        {
            Description = "Replay this file of one-minute readings instead of the recorded two days.",
            HelpName = "FILE",
        };

        /// <summary><c>--store</c>: the folder of the durable records.</summary>
        public static Option<string> Store(string description) => new("--store")
        {
            Description = description,
            HelpName = "DIR",
        };

        /// <summary><c>--for</c>: seconds to run; null until Ctrl-C.</summary>
        public static Option<double?> For()
        {
            var option = new Option<double?>("--for")
            {
                Description = "End after so many seconds.",
                HelpName = "SECONDS",
            };
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<double?>() is <= 0 or > MostSeconds)
                {
                    result.AddError("--for: give more than 0 seconds, and fewer than 2 million");
                }
            });
            return option;
        }

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

        /// <summary>Opens the folder that <c>--store</c> names; null for records in memory.</summary>
        /// <exception cref="UserError">The folder cannot be made or written.</exception>
        public static IFiles Open(string store)
        {
            try
            {
                return store is null ? new MemoryFiles() : new FolderFiles(store);
            }
            catch (IOException error)
            {
                throw new UserError("--store: " + error.Message);
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
    }
}
