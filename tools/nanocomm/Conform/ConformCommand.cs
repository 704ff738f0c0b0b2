using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Net;
using NanoComm.CommandLine;
using NanoComm.MeterConformance;

namespace NanoComm.Tool
{
    /// <summary>The command <c>conform</c>.</summary>
    internal static class ConformCommand
    {
        private const string PasswordVariable = "NANOCOMM_ROUTE_B_PASSWORD";
        private const int MostMinutes = 2880;
        private const int FastestClock = 3600;

        public static Command Make()
        {
            Option<IPEndPoint> ip = HemsCommand.MakeIp();
            var second = new Option<IPAddress>("--second")
            {
                Description = "With --ip: another address of this PC, from which a second controller asks.",
                HelpName = "ADDR",
                CustomParser = result => IPAddress.TryParse(result.Tokens.Single().Value, out IPAddress address) ? address
                    : Refuse<IPAddress>(result, $"--second: '{result.Tokens.Single().Value}' is no IP address"),
            };
            Option<string> port = HostOptions.PathTo("--port", "PATH", "Serial port of the Wi-SUN dongle.");
            Option<int> baud = HostOptions.Baud("Bits per second of the serial port.");
            var id = new Option<string>("--id")
            {
                Description = "With --port: the meter's route-B id.",
                HelpName = "HEX32",
            };
            Option<string> password = HostOptions.PathTo("--password-file", "FILE",
                $"With --port: take the route-B password from the first line of this file; otherwise from {PasswordVariable}, or it is asked for.");
            var deviceClass = new Option<int>("--class")
            {
                Description = "The class to look at: 0288, 028A or 028F. Every meter that the node has unless it is given.",
                HelpName = "CLASS",
                CustomParser = result => int.TryParse(result.Tokens.Single().Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture,
                    out int code) && PropertyTables.Meters.Contains(code) ? code
                    : Refuse<int>(result, $"--class: '{result.Tokens.Single().Value}' is none of "
                        + string.Join(' ', PropertyTables.Meters.Select(one => one.ToString("X4")))),
            };
            var only = new Option<string[]>("--only")
            {
                Description = $"Run these rows alone, by group or id; repeatable. Groups: {string.Join(' ', RowGroup.All)}.",
                HelpName = "GROUP",
                DefaultValueFactory = _ => [],
            };
            Option<int> minutes = HostOptions.Number("--minutes", "Watch the meter for so many minutes: half-hours, registers over time, a midnight. "
                + "Without it these rows are skipped.", 0, 0, MostMinutes, "MINUTES");
            Option<int> speed = HostOptions.Number("--speed", "How much faster the meter's clock runs: that of a virtual board with --speed.", 1, 1,
                FastestClock);
            Option<string> report = HostOptions.PathTo("--report", "DIR",
                "Write junit.xml, report.html and report.jsonl into this folder.");
            var list = new Option<bool>("--list")
            {
                Description = "Print the rows with their clauses, and ask no meter.",
            };
            var command = new Command("conform",
                "Looks at any smart meter from the customer's side, against the rules of ECHONET Lite and of its class. Unofficial, and no "
                + "certification. Exit code 0 passed, 1 failed, 2 nothing run.")
            {
                ip, second, port, baud, id, password, deviceClass, only, minutes, speed, report, list,
            };
            command.Validators.Add(result =>
            {
                if (result.GetResult(list) != null)
                {
                    return;
                }

                if (result.GetResult(ip) != null && new Option[] { port, id, password }.Any(option => result.GetResult(option) != null))
                {
                    result.AddError("--ip goes without --port, --id and --password-file: there is no dongle then");
                }
                else if (result.GetResult(ip) == null && (result.GetResult(port) == null || result.GetResult(id) == null))
                {
                    result.AddError("give --port and --id for a dongle, or --ip for a meter on this network");
                }
                else if (result.GetResult(ip) == null && result.GetResult(second) != null)
                {
                    result.AddError("--second goes with --ip: a dongle is one controller");
                }
                else if (result.GetResult(report) == null)
                {
                    result.AddError("--report is missing: give the folder for the report");
                }
            });
            command.SetAction(parsed =>
            {
                var options = new ConformanceOptions
                {
                    Class = parsed.GetValue(deviceClass),
                    Only = parsed.GetValue(only),
                    Minutes = parsed.GetValue(minutes),
                    Speed = parsed.GetValue(speed),
                };
                Check(options);
                if (parsed.GetValue(list))
                {
                    ConformTables.WriteRows(RowBook.Select(options.Class, options.Only));
                    return 0;
                }

                return ConformSession.Run(new ConformSettings
                {
                    Port = parsed.GetValue(port),
                    Ip = parsed.GetValue(ip),
                    Second = parsed.GetValue(second),
                    Baud = parsed.GetValue(baud),
                    Credentials = parsed.GetValue(ip) != null ? null : RouteBCredentials.Parse("--id", parsed.GetValue(id), "--password-file",
                        Password(password, parsed.GetValue(password))),
                    Options = options,
                    Report = parsed.GetValue(report),
                });
            });
            return command;
        }

        private static void Check(ConformanceOptions options)
        {
            if (Array.Find(options.Only, name => !RowBook.All.Any(row => RowBook.IsNamed(row, name))) is string unknown)
            {
                throw new UserError($"--only: '{unknown}' is neither a group nor the id of a row: --list prints both");
            }

            if (RowBook.Select(options.Class, options.Only).Count == 0)
            {
                throw new UserError("--only: none of these rows is for the class of --class");
            }
        }

        private static string Password(Option<string> option, string file)
        {
            return file != null ? SecretFile.ReadFirstLine(option, file)
                : Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } given ? given
                : Unseen.CanAsk ? Unseen.Ask("Route-B password:")
                : throw new UserError($"no route-B password: set {PasswordVariable}, or give {option.Name}");
        }

        private static T Refuse<T>(System.CommandLine.Parsing.ArgumentResult result, string error)
        {
            result.AddError(error);
            return default;
        }
    }
}
