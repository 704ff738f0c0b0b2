using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Net;
using NanoComm.CommandLine;
using NanoComm.Fleet;
using NanoComm.RouteB;
using NanoComm.Simulators;

namespace NanoComm.Tool
{
    /// <summary>The command <c>fleet</c>.</summary>
    internal static class FleetCommand
    {
        private const int Percent = 100;
        private const int UsualHouseholds = 100;
        private const int MostHouseholds = 10_000;
        private const string UsualNetwork = "127.10.0.0/16";

        public static Command Make()
        {
            Option<int> count = HostOptions.Number("--count", "How many units.", 100, 1, UnitFleet.MostUnits);
            var network = new Option<AddressRange>("--network")
            {
                Description = "Their addresses: a network, from its first host on, or those that an interface has.",
                HelpName = "NETWORK|INTERFACE",
                DefaultValueFactory = _ => ParseNetwork(UsualNetwork, _ => { }),
                CustomParser = result => ParseNetwork(result.Tokens.Single().Value, result.AddError),
            };
            Option<int> port = HostOptions.Number("--port", "UDP port, here and at the controllers.", EchonetPath.EchonetPort, 1, 65535,
                "PORT");
            var meterClass = new Option<int>("--class")
            {
                Description = "What their metering units are: low or high voltage, or so many per cent of each.",
                HelpName = "low|high|mixed:LOW,HIGH",
                CustomParser = ParseClass,
            };
            Option<string> data = HostOptions.PathTo("--data", "FOLDER",
                "Replay the files of one-minute readings in this folder, a household each, as they are.");
            Option<int?> households = new("--households")
            {
                Description = $"How many different households, made of the recorded one by the seed; {UsualHouseholds} without it.",
                HelpName = "N",
                CustomParser = ParseHouseholds,
            };
            Option<int> solar = HostOptions.Number("--photovoltaics", "Households with a solar plant, per cent.", 30, 0, Percent, "%");
            Option<int> chargers = HostOptions.Number("--chargers", "Households with a charger for a car, per cent.", 10, 0, Percent, "%");
            Option<int> batteries = HostOptions.Number("--batteries", "Households with a battery, per cent.", 5, 0, Percent, "%");
            Option<int> speed = HostOptions.Speed();
            Option<int> baud = HostOptions.Number("--baud", "Bits per second of the line to each metering unit.", FleetOptions.UsualBaud,
                300, 4_000_000);
            var faults = new Option<FleetFaults>("--faults")
            {
                Description = "How many units have what wrong with them, per cent: slow or silent metering units, units that restart, "
                    + "units that are exchanged for another one.",
                HelpName = "slow:N,silent:N,restarting:N,exchanged:N",
                DefaultValueFactory = _ => FleetFaults.None,
                CustomParser = ParseFaults,
            };
            Option<string> store = HostOptions.Store("Keep durable records in this folder, one folder a unit; without it they are gone "
                + "at the end.");
            Option<int> seed = HostOptions.Number("--seed", "Decides which unit is what.", 1, 0, int.MaxValue);
            Option<int> workers = HostOptions.Number("--workers", "Threads that step the units.", UnitFleet.UsualWorkers, 1, 32);
            var web = new Option<IPEndPoint>("--web")
            {
                Description = $"Show the fleet in a browser, on this address and port of this PC; {FleetPage.Usual} without one.",
                HelpName = "ADDR:PORT",
                Arity = ArgumentArity.ZeroOrOne,
                CustomParser = ParseWeb,
            };
            var json = new Option<bool>("--json") { Description = "One JSON object a second, for another program." };
            Option<double?> seconds = HostOptions.For();
            var addresses = new Option<AddressCommands>("--addresses")
            {
                Description = "Print the commands that give an interface the addresses, or take them away, and end.",
                HelpName = "add:INTERFACE|remove:INTERFACE",
                CustomParser = ParseAddresses,
            };
            var command = new Command("fleet",
                "Many virtual units in one process, each at an address of its own: for head ends, controllers and networks that are to "
                + "bear thousands of meters. Linux.")
            {
                count, network, port, meterClass, data, households, solar, chargers, batteries, speed, baud, faults, store, seed,
                workers, web, json, seconds, addresses,
            };
            command.Validators.Add(result =>
            {
                if (result.GetValue(data) != null && result.GetValue(households) != null)
                {
                    result.AddError("fleet: --data takes the households as they are; give it, or --households");
                }

                if (result.GetValue(store) != null && result.GetValue(faults)?.Exchanged > 0)
                {
                    result.AddError("fleet: what is exchanged keeps no records beyond the end: leave out --store, or exchanged");
                }
            });
            command.SetAction(parsed =>
            {
                FleetOptions options = new()
                {
                    Count = parsed.GetValue(count),
                    Addresses = parsed.GetValue(network),
                    Port = parsed.GetValue(port),
                    HighVoltageShare = parsed.GetValue(meterClass),
                    Speed = parsed.GetValue(speed),
                    Baud = parsed.GetValue(baud),
                    Faults = parsed.GetValue(faults),
                    Store = parsed.GetValue(store),
                    Seed = parsed.GetValue(seed),
                    Workers = parsed.GetValue(workers),
                };
                if (parsed.GetValue(addresses) is { } commands)
                {
                    commands.Print(options);
                    return;
                }

                var shares = new HouseholdShares(parsed.GetValue(solar), parsed.GetValue(chargers), parsed.GetValue(batteries));
                Run(new FleetSettings
                {
                    Options = options with
                    {
                        Households = MakeHouseholds(parsed.GetValue(data), parsed.GetValue(households), options.Seed, shares),
                    },
                    IsJson = parsed.GetValue(json),
                    Web = parsed.GetResult(web) is null ? null : parsed.GetValue(web) ?? FleetPage.Usual,
                    For = parsed.GetValue(seconds),
                });
            });
            return command;
        }

        private static void Run(FleetSettings settings)
        {
            FleetLimits.Check(settings.Options);
            using var session = new FleetSession(settings);
            session.Run();
        }

        private static Households MakeHouseholds(string folder, int? count, int seed, HouseholdShares shares)
        {
            if (folder is null)
            {
                return Households.Vary([HouseholdData.Recorded], count ?? UsualHouseholds, seed, shares);
            }

            string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).ToArray() : [];
            return files.Length > 0 ? Households.AsRecorded(files.Select(HostOptions.Load).ToArray())
                : throw new UserError($"--data: there is no file *.csv in the folder {folder}: give a folder with readings, a file for each "
                    + "household");
        }

        private static AddressRange ParseNetwork(string text, Action<string> refuse)
        {
            if (AddressRange.TryParse(text, out AddressRange range) is string error)
            {
                refuse("--network: " + error);
            }

            return range;
        }

        private static int ParseClass(ArgumentResult result)
        {
            string text = result.Tokens.Single().Value;
            int[] shares = text switch
            {
                "low" => [Percent, 0],
                HostOptions.High => [0, Percent],
                _ when text.StartsWith("mixed:", StringComparison.Ordinal) => text["mixed:".Length..].Split(',')
                    .Select(part => int.TryParse(part, out int share) && share >= 0 ? share : -1).ToArray(),
                _ => [],
            };
            if (shares.Length == 2 && shares.All(share => share >= 0) && shares.Sum() == Percent)
            {
                return shares[1];
            }

            result.AddError($"--class: '{text}' is neither low nor high nor mixed:LOW,HIGH with two shares that make 100, such as "
                + "mixed:70,30");
            return 0;
        }

        private static int? ParseHouseholds(ArgumentResult result)
        {
            string text = result.Tokens.Single().Value;
            if (int.TryParse(text, out int count) && count is >= 1 and <= MostHouseholds)
            {
                return count;
            }

            result.AddError($"--households: '{text}' is not a whole number from 1 to {MostHouseholds}");
            return null;
        }

        private static FleetFaults ParseFaults(ArgumentResult result)
        {
            string text = result.Tokens.Single().Value;
            var shares = new Dictionary<string, int> { ["slow"] = 0, ["silent"] = 0, ["restarting"] = 0, ["exchanged"] = 0 };
            foreach (string part in text.Split(','))
            {
                string[] words = part.Split(':');
                if (words.Length != 2 || !shares.ContainsKey(words[0]) || !int.TryParse(words[1], out int share) || share < 0)
                {
                    result.AddError($"--faults: '{part}' is not one of {string.Join(", ", shares.Keys.Select(name => name + ":N"))}, N "
                        + "being a share in per cent");
                    return FleetFaults.None;
                }

                shares[words[0]] = share;
            }

            if (shares.Values.Sum() > Percent)
            {
                result.AddError("--faults: the shares make more than 100 per cent");
            }

            return new FleetFaults(shares["slow"], shares["silent"], shares["restarting"], shares["exchanged"]);
        }

        private static IPEndPoint ParseWeb(ArgumentResult result)
        {
            if (result.Tokens.Count == 0)
            {
                return null;
            }

            string text = result.Tokens.Single().Value;
            if (IPEndPoint.TryParse(text, out IPEndPoint address) && address.Port > 0)
            {
                return address;
            }

            result.AddError($"--web: '{text}' is not ADDR:PORT, such as 127.0.0.1:8090");
            return null;
        }

        private static AddressCommands ParseAddresses(ArgumentResult result)
        {
            string text = result.Tokens.Single().Value;
            string[] words = text.Split(':', 2);
            if (words.Length == 2 && words[0] is "add" or "remove" && words[1].Length > 0)
            {
                return new AddressCommands(words[0] == "add", words[1]);
            }

            result.AddError($"--addresses: '{text}' is neither add:INTERFACE nor remove:INTERFACE");
            return null;
        }
    }
}
