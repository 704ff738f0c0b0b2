using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Net;
using NanoComm.CommandLine;

namespace NanoComm.Virtual
{
    /// <summary>The virtual board: the communication unit's firmware on the PC, as a program.</summary>
    internal static class Program
    {
        private static int Main(string[] args)
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
                RouteB.IpPath.EchonetPort, 1, 65535, "PORT");
            var share = new Option<bool>("--share")
            {
                Description = "Allow another program on the same address and port.",
            };
            Option<int> speed = HostOptions.Speed();
            var mu = new Option<string>("--mu")
            {
                Description = "Where the metering unit is: simulated in this program, at a serial port, or behind TCP.",
                HelpName = "sim|PORT|tcp:HOST:PORT",
                DefaultValueFactory = _ => MeteringUnitSource.Simulated,
            };
            Option<int> baud = HostOptions.Baud("Bits per second of the line to the metering unit.");
            var pair = new Option<string>("--pair")
            {
                Description = "Pair an unpaired unit with these made-up keys of a bench's metering unit.",
                HelpName = "MUTITLE:OWNTITLE:GUEK:GAK",
            };
            Option<string> data = HostOptions.Data();
            Option<string> store = HostOptions.Store("Keep durable records in this folder; without it they are gone at the end.");
            Option<double?> seconds = HostOptions.For();
            var log = new Option<LogFormat>("--log")
            {
                Description = "text: a live view on a terminal, lines into a pipe; json: one JSON object a line.",
                HelpName = "text|json",
                DefaultValueFactory = _ => LogFormat.Text,
                CustomParser = ParseLogFormat,
            };

            var command = new RootCommand(
                "A virtual communication unit: replays household readings minute by minute and answers ECHONET Lite "
                + "controllers as a low-voltage smart meter (class 0x0288).")
            {
                listen, port, share, speed, mu, baud, pair, data, store, seconds, log,
            };
            command.SetAction(parsed => Run(new Options
            {
                Listen = parsed.GetValue(listen),
                Port = parsed.GetValue(port),
                Share = parsed.GetValue(share),
                Speed = parsed.GetValue(speed),
                MeteringUnit = parsed.GetValue(mu),
                Baud = parsed.GetValue(baud),
                Pair = parsed.GetValue(pair),
                Data = parsed.GetValue(data),
                Store = parsed.GetValue(store),
                For = parsed.GetValue(seconds),
                Log = parsed.GetValue(log),
            }));

            return HostProgram.Run("nanocomm-virtual", command, args);
        }

        private static void Run(Options options)
        {
            using var session = new Session(options);
            session.Run();
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

        private static LogFormat ParseLogFormat(ArgumentResult result)
        {
            string text = result.Tokens.Single().Value;
            if (text is not ("text" or "json"))
            {
                result.AddError($"--log: '{text}' is neither text nor json");
            }

            return text == "json" ? LogFormat.Json : LogFormat.Text;
        }
    }
}
