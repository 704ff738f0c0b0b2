using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Net;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>hems</c>.</summary>
    internal static class HemsCommand
    {
        private const int LongestEvery = 3600;
        private const int EchonetPort = 3610;

        public static Command Make()
        {
            Option<string> port = HostOptions.PathTo("--port", "PATH",
                Words.Of("Serial port of the Wi-SUN dongle, or what 'boards/Virtual --hems-dongle' or 'air --dongle' offers."));
            Option<IPEndPoint> ip = MakeIp();
            var id = new Option<string>("--id")
            {
                Description = Words.Of("The meter's route-B id."),
                HelpName = "HEX32",
            };
            var password = SecretOption.RouteBPassword("--password", Words.Of("its"));
            Option<int> baud = HostOptions.Baud(Words.Of("Bits per second of the serial port."));
            Option<int> every = HostOptions.Number("--every",
                Words.Of("Seconds from one reading to the next; minutes missed in between are fetched."), 60, 1, LongestEvery, "SECONDS");
            var json = new Option<bool>("--json")
            {
                Description = Words.Of("One JSON object a line."),
            };
            Option<double?> seconds = HostOptions.For();
            var command = new Command("hems",
                Words.Of("A small controller: reads a meter over a Wi-SUN dongle (SKSTACK-IP) or over IP, and shows its readings."))
            {
                port, ip, id, baud, every, json, seconds, LanguageChoice.Option(),
            };
            password.AddTo(command);
            command.Validators.Add(result =>
            {
                bool isIp = result.GetResult(ip) != null;
                Option[] ofWiSun = [port, id];
                if (isIp && (ofWiSun.Any(option => result.GetResult(option) != null) || password.IsGiven(result)))
                {
                    result.AddError(Words.Of("--ip goes without --port, --id and a password: there is no dongle then"));
                }
                else if (!isIp && ofWiSun.Any(option => result.GetResult(option) == null))
                {
                    result.AddError(Words.Of("give --port, --id and --password-file for a dongle, or --ip for a meter on this network"));
                }
            });
            command.SetAction(parsed => Run(new HemsSettings
            {
                Port = parsed.GetValue(port),
                Ip = parsed.GetValue(ip),
                Baud = parsed.GetValue(baud),
                Credentials = parsed.GetValue(ip) != null ? null
                    : RouteBCredentials.Parse("--id", parsed.GetValue(id), password.Source(parsed), Get(password, parsed)),
                Every = TimeSpan.FromSeconds(parsed.GetValue(every)),
                Json = parsed.GetValue(json),
                For = parsed.GetValue(seconds) is double time ? TimeSpan.FromSeconds(time) : null,
            }));
            return command;
        }

        /// <summary><c>--ip</c>: a meter on this network.</summary>
        internal static Option<IPEndPoint> MakeIp()
        {
            return new Option<IPEndPoint>("--ip")
            {
                Description = Words.Of("In place of a dongle: the meter's IP address, for a meter on this network (high voltage, Ethernet). "
                    + "UDP port 3610 unless another is given, at both ends."),
                HelpName = "ADDR[:PORT]",
                CustomParser = ParseEndPoint,
            };
        }

        /// <summary>The route-B password, asked for where it is nowhere and there is somebody to ask.</summary>
        internal static string Get(SecretOption password, ParseResult parsed)
        {
            return password.Find(parsed) ?? (Unseen.CanAsk ? Unseen.Ask(Words.Of("Route-B password:"))
                : throw new UserError(Words.Of($"no route-B password: give {password.Ways}")));
        }

        private static IPEndPoint ParseEndPoint(ArgumentResult result)
        {
            string text = result.Tokens.Single().Value;
            IPEndPoint end = ToEndPoint(text);
            if (end == null)
            {
                result.AddError(Words.Of($"--ip: '{text}' is no IP address, with a port behind it or not, such as 192.168.1.20 or "
                    + $"[fe80::1%3]:3610"));
            }

            return end;
        }

        /// <summary>Where a meter is on the network: port 3610 unless another is given.</summary>
        /// <returns>Null for what is no IP address.</returns>
        internal static IPEndPoint ToEndPoint(string text)
        {
            return !IPEndPoint.TryParse(text, out IPEndPoint end) ? null
                : end.Port == 0 ? new IPEndPoint(end.Address, EchonetPort)
                : end;
        }

        private static void Run(HemsSettings settings)
        {
            using var session = new HemsSession(settings);
            session.Run();
        }
    }
}
