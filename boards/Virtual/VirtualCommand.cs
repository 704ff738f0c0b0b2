using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Linq;
using System.Net;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Simulators.WiSun;
using NanoComm.Virtual.Web;

namespace NanoComm.Virtual
{
    /// <summary>The virtual board: the communication unit's firmware on the PC, as a command. It is a program of its own
    /// here, and <c>nanocomm board virtual</c> in the tool that is installed.</summary>
    internal static class VirtualCommand
    {
        /// <summary>What it is for, as its help says it.</summary>
        public const string Description = "A virtual communication unit: replays household readings minute by minute and answers "
            + "ECHONET Lite controllers as a smart meter: low voltage (class 0x0288), or high voltage (0x028A and 0x028F).";

        private const int DayInSeconds = 86400;
        private const int MostRequests = 1_000_000;
        private const int MostReserved = 1_000_000;

        /// <summary>Gives a command every option of the virtual board, and what it does.</summary>
        /// <param name="command">It; without options of its own.</param>
        /// <param name="name">What a unit is told that finds its store in use by it.</param>
        public static void Fill(Command command, string name)
        {
            var listen = new Option<IPAddress[]>("--listen")
            {
                Description = "Address to answer on, IPv4 or IPv6; may be given several times. 0.0.0.0 and :: serve every "
                    + "address of this PC, and so the LAN.",
                HelpName = "ADDR",
                DefaultValueFactory = _ => [IPAddress.Parse("127.0.0.2")],
                CustomParser = ParseAddresses,
                Arity = ArgumentArity.OneOrMore,
            };
            Option<int> port = HostOptions.Number("--port", "UDP port, here and at the controllers.",
                RouteB.EchonetPath.EchonetPort, 1, 65535, "PORT");
            var share = new Option<bool>("--share")
            {
                Description = "Allow another program on the same address and port.",
            };
            Option<int> ipRate = HostOptions.Number("--ip-rate",
                "Requests a second taken of one terminal on the IP path, at most.", 200, 1, MostRequests);
            Option<int> ipBurst = HostOptions.Number("--ip-burst",
                "Requests taken of it at once, after a pause; no more than all terminals together have in two seconds.",
                1000, 1, MostRequests);
            Option<int> ipPathRate = HostOptions.Number("--ip-path-rate",
                "Requests a second taken of all on the IP path: one half of terminals with a place, one of those without.",
                4000, 2, MostRequests);
            Option<int> wisunRate = HostOptions.Number("--wisun-rate",
                "Requests a second taken of the terminal on the Wi-SUN path.", 10, 1, MostRequests);
            Option<int> wisunBurst = HostOptions.Number("--wisun-burst", "Requests taken of it at once, after a pause.", 20, 1,
                MostRequests);
            Option<int> speed = HostOptions.Speed();
            Option<string> mu = HostOptions.PathTo("--mu", "sim|PORT|tcp:HOST:PORT",
                "Where the metering unit is: simulated in this program, at a serial port, or behind TCP.");
            mu.DefaultValueFactory = _ => MeteringUnitSource.Simulated;
            Option<Chosen<string>> meterClass = HostOptions.Class("What the simulated metering unit is: low voltage, a household; or high "
                + "voltage, a factory behind a transformer.");
            Option<int> baud = HostOptions.Baud("Bits per second of the line to the metering unit.");
            Option<int> live = HostOptions.Number("--live-period", "Milliseconds from one reading of power, currents and "
                + "registers to the next.", UnitSettings.DefaultLivePeriod, 200, 60000, "MS");
            Option<int?> reserved = HostOptions.NumberIfAny("--reserved",
                "What others take of the supply first, in place of what the board declares.", 0, MostReserved, "MVA");
            var lowSupply = new Option<LowSupply>("--low-supply")
            {
                Description = "Let the voltage detector tell a low supply, so many seconds after the start, for so many.",
                HelpName = "AFTER:FOR",
                CustomParser = ParseLowSupply,
            };
            var hang = new Option<HangingLoop>("--hang")
            {
                Description = "Let one of the unit's loops hang so many seconds after the first start: "
                    + $"{string.Join(", ", HangingLoop.Names)}. Its watch restarts it a minute or two later.",
                HelpName = "LOOP@AFTER",
                CustomParser = ParseHang,
            };
            var wifi = new Option<string>("--wifi")
            {
                Description = "A Wi-Fi radio in place of the cable of --listen, and a simulated access point around it: dark "
                    + "until the utility orders it; or, with bench, in that access point's network at once, which a unit "
                    + "without factory keys obeys.",
                HelpName = $"{WifiOptions.Order}|{WifiOptions.Bench}",
                Arity = ArgumentArity.ZeroOrOne,
            };
            HostOptions.AllowOnly(wifi, WifiOptions.Order, WifiOptions.Bench);
            var accessPoint = new Option<string>("--access-point")
            {
                Description = "Name of the simulated access point; nanoComm without it.",
                HelpName = "SSID",
            };
            Option<string> passphrase = HostOptions.PathTo("--access-point-passphrase", "FILE",
                "Its passphrase, the first line of this file; without it a made-up one that is shown.");
            var wifiAddress = new Option<string>("--wifi-address")
            {
                Description = "The address that it gives the unit, one of this PC; 127.0.0.2 without it.",
                HelpName = "ADDR",
            };
            var wifiFault = new Option<WifiFault[]>("--wifi-fault")
            {
                Description = $"Something wrong with it so many seconds after the start, for so many or for good: "
                    + $"{string.Join(", ", WifiFault.Kinds)}; may be given several times.",
                HelpName = "KIND@AFTER[:FOR]",
                CustomParser = ParseFaults,
                Arity = ArgumentArity.OneOrMore,
            };
            var pair = new SecretOption("--pair-file", "NANOCOMM_PAIR", "Pair an unpaired unit with the made-up keys of a bench's "
                + "metering unit in the first line of this file, MUTITLE:OWNTITLE:GUEK:GAK; otherwise with those in NANOCOMM_PAIR.",
                new OpenSecret("--pair", "MUTITLE:OWNTITLE:GUEK:GAK", "The same in the open.",
                    "give --pair-file FILE, or set NANOCOMM_PAIR"));
            Option<string> wisun = HostOptions.PathTo("--wisun", "sim|PORT|none",
                "Where the Wi-SUN module is: simulated in this program, at a serial port (a real one, or that of 'nanocomm air'), or none.");
            wisun.DefaultValueFactory = _ => WiSunSource.Simulated;
            Option<string> dongle = HostOptions.PathTo("--hems-dongle", "PATH",
                "Offer the HEMS end of the simulated air under this path, as a serial port with a Wi-SUN dongle (Linux).");
            Option<Chosen<ModuleDialect>> dialect = HostOptions.Choice("--hems-dialect", "The dongle's dialect: a1 as BP35A1, c2 as BP35C2.",
                ("a1", ModuleDialect.A1), ("c2", ModuleDialect.C2));
            Option<int> lifetime = HostOptions.Number("--session-lifetime",
                "How long a session lasts on the Wi-SUN path unless the controller renews it, which it does at 80 %.",
                DayInSeconds, 60, 30 * DayInSeconds, "SECONDS");
            var routeBId = new Option<string>("--route-b-id")
            {
                Description = "The unit's route-B id; without it that of --store, else a made-up one.",
                HelpName = "HEX32",
            };
            var routeBPassword = SecretOption.RouteBPassword("--route-b-password", "the unit's");
            Option<string> data = HostOptions.Data();
            Option<string> store = HostOptions.Store("Keep durable records in this folder; without it they are gone at the end.");
            Option<double?> seconds = HostOptions.For();
            var web = new Option<IPEndPoint>("--web")
            {
                Description = "Show the unit in a browser, on this address and port of this PC; 127.0.0.1:8080 without one.",
                HelpName = "ADDR:PORT",
                Arity = ArgumentArity.ZeroOrOne,
                CustomParser = ParseWeb,
            };
            Option<Chosen<LogFormat>> log = HostOptions.Choice("--log", "text: a live view on a terminal, lines into a pipe; json: one JSON object a "
                + "line.", ("text", LogFormat.Text), ("json", LogFormat.Json));

            Option[] all =
            [
                listen, port, share, wifi, accessPoint, passphrase, wifiAddress, wifiFault, speed, mu, meterClass, baud, live,
                reserved, lowSupply, hang, wisun, dongle, dialect, lifetime, routeBId, data, store, ipRate,
                ipBurst, ipPathRate, wisunRate, wisunBurst, web, seconds, log,
            ];
            foreach (Option option in all)
            {
                command.Options.Add(option);
            }

            pair.AddTo(command);
            routeBPassword.AddTo(command);
            command.SetAction(parsed => Run(new Options
            {
                Program = name,
                Listen = parsed.GetValue(listen),
                Port = parsed.GetValue(port),
                Share = parsed.GetValue(share),
                Wifi = WifiOptions.Make(parsed.GetResult(wifi) is null ? null : parsed.GetValue(wifi) ?? WifiOptions.Order,
                    parsed.GetValue(accessPoint), parsed.GetValue(passphrase) is string file ? SecretFile.ReadFirstLine(passphrase, file) : null,
                    parsed.GetValue(wifiAddress),
                    parsed.GetValue(wifiFault) ?? []),
                IpRate = parsed.GetValue(ipRate),
                IpBurst = parsed.GetValue(ipBurst),
                IpPathRate = parsed.GetValue(ipPathRate),
                WiSunRate = parsed.GetValue(wisunRate),
                WiSunBurst = parsed.GetValue(wisunBurst),
                Speed = parsed.GetValue(speed),
                MeteringUnit = parsed.GetValue(mu),
                IsHighVoltage = parsed.GetValue(meterClass).Value == HostOptions.High,
                Baud = parsed.GetValue(baud),
                LivePeriod = parsed.GetValue(live),
                Reserved = parsed.GetValue(reserved),
                LowSupply = parsed.GetValue(lowSupply),
                Hang = parsed.GetValue(hang),
                Pair = pair.Find(parsed),
                WiSun = parsed.GetValue(wisun),
                HemsDongle = parsed.GetValue(dongle),
                HemsDialect = parsed.GetValue(dialect),
                SessionLifetime = parsed.GetValue(lifetime),
                RouteB = Pair(parsed, routeBId, routeBPassword),
                Data = parsed.GetValue(data),
                Store = parsed.GetValue(store),
                For = parsed.GetValue(seconds),
                Web = parsed.GetResult(web) is null ? null : parsed.GetValue(web) ?? WebPage.Usual,
                Log = parsed.GetValue(log),
            }));

            command.Validators.Add(result =>
            {
                if (result.GetResult(wifi) is not null && result.GetResult(listen) is { Implicit: false })
                {
                    result.AddError("--listen is a cable, and --wifi takes its place: give --wifi-address for the address that "
                        + "the access point gives");
                }

                if (result.GetResult(wifi) is not null && result.GetValue(meterClass).Value == HostOptions.High)
                {
                    result.AddError("--wifi: a high-voltage unit has no Wi-Fi path; leave out --wifi, or --class high");
                }
            });
        }

        // What a unit that starts again is given is what is in its store, and nothing else.
        private static void Run(Options options)
        {
            long start = Stopwatch.GetTimestamp();
            RouteBCredentials credentials = options.RouteB ?? RouteBCredentials.MadeUp;
            using UnitStore store = UnitStore.Open(options.Store, options.Program);
            using var site = new Site();
            using WebPage page = WebPage.Open(options.Web);
            IFiles files = store.Files;
            UnitExchange exchange = null;
            double? seconds = options.For;
            Ending ending = RunOnce(options, files, site, exchange, page);
            while (GoesOn(ending, options))
            {
                if (ending == Ending.Exchanged)
                {
                    exchange = new UnitExchange(site.MeteringUnit.State, credentials);
                    files = exchange.Files;
                }

                options = options with { Pair = null, RouteB = null, Hang = null, For = seconds - Stopwatch.GetElapsedTime(start).TotalSeconds };
                ending = RunOnce(options, files, site, exchange, page);
            }
        }

        // A unit that was erased by order has nothing more to do where nothing outlasts it.
        private static bool GoesOn(Ending ending, Options options)
        {
            return ending is Ending.PlugPulled or Ending.Exchanged || (ending == Ending.Restarts
                && (options.Store is not null || options.MeteringUnit != MeteringUnitSource.Simulated));
        }

        private static Ending RunOnce(Options options, IFiles files, Site site, UnitExchange exchange, WebPage page)
        {
            using var session = new Session(options, files, site, exchange, page);
            return session.Run();
        }

        private static IPEndPoint ParseWeb(ArgumentResult result)
        {
            if (result.Tokens.Count == 0)
            {
                return null;
            }

            string text = result.Tokens.Single().Value;
            if (IPEndPoint.TryParse(text, out IPEndPoint address) && text.EndsWith($":{address.Port}"))
            {
                return address;
            }

            result.AddError($"--web: '{text}' is not ADDR:PORT, such as 127.0.0.1:8080 or [::1]:8080");
            return null;
        }

        private static IPAddress[] ParseAddresses(ArgumentResult result)
        {
            foreach (Token token in result.Tokens)
            {
                if (!IPAddress.TryParse(token.Value, out _))
                {
                    result.AddError($"--listen: '{token.Value}' is not an IPv4 or IPv6 address; give one of this PC, "
                        + "such as 127.0.0.2 or ::1, or 0.0.0.0 for all");
                    return [];
                }
            }

            return result.Tokens.Select(token => IPAddress.Parse(token.Value)).ToArray();
        }

        private static LowSupply ParseLowSupply(ArgumentResult result)
        {
            string text = result.Tokens.Single().Value;
            LowSupply low = LowSupply.Parse(text);
            if (low is null)
            {
                result.AddError($"--low-supply: '{text}' is not AFTER:FOR, two whole numbers of seconds up to 86400, FOR at "
                    + "least 1, such as 20:90");
            }

            return low;
        }

        private static HangingLoop ParseHang(ArgumentResult result)
        {
            string text = result.Tokens.Single().Value;
            HangingLoop hang = HangingLoop.Parse(text);
            if (hang is null)
            {
                result.AddError($"--hang: '{text}' is not LOOP@AFTER, LOOP one of {string.Join(", ", HangingLoop.Names)}, and "
                    + "whole seconds up to 86400, such as metering@30");
            }

            return hang;
        }

        private static WifiFault[] ParseFaults(ArgumentResult result)
        {
            foreach (Token token in result.Tokens)
            {
                if (WifiFault.Parse(token.Value) is null)
                {
                    result.AddError($"--wifi-fault: '{token.Value}' is not KIND@AFTER or KIND@AFTER:FOR, KIND one of "
                        + $"{string.Join(", ", WifiFault.Kinds)}, and whole numbers of seconds up to 86400, such as gone@30:10");
                    return [];
                }
            }

            return result.Tokens.Select(token => WifiFault.Parse(token.Value)).ToArray();
        }

        // A password in the environment alone asks for nothing: it may be there for a controller.
        private static RouteBCredentials Pair(ParseResult parsed, Option<string> idOption, SecretOption passwordOption)
        {
            string id = parsed.GetValue(idOption);
            string password = id is null && !passwordOption.IsGiven(parsed.CommandResult) ? null : passwordOption.Find(parsed);
            if (id is null && password is null)
            {
                return null;
            }

            if (id is null || password is null)
            {
                throw new UserError($"--route-b-id and its password go together: give both, or none ({passwordOption.Ways})");
            }

            return RouteBCredentials.Parse("--route-b-id", id, passwordOption.Source(parsed), password);
        }
    }
}
