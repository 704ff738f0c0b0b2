using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Hil;
using NanoComm.Hil.Scenarios;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>hil</c>.</summary>
    internal static class HilCommand
    {
        private const string Virtual = "virtual";
        private const int MostAtOnce = 16;
        private const int UsualLogBaud = 921600;
        private const int EchonetPort = 3610;
        private const double MostHours = 1000;

        public static Command Make()
        {
            Option<string> board = HostOptions.PathTo("--board", "virtual|FOLDER",
                "What is tested: a virtual board, which the bench starts as another process; or the board of a folder of boards/.");
            Option<string> virtualBoard = HostOptions.PathTo("--virtual-board", "PATH",
                "Another one than this program holds: nanocomm-virtual.dll, or its executable.");
            Option<string> metering = HostOptions.PathTo("--mu-port", "PORT", "Serial port at the board's metering line.");
            Option<string> wiSun = HostOptions.PathTo("--wisun-port", "PORT", "Serial port at the board's Wi-SUN line.");
            Option<string> log = HostOptions.PathTo("--log-port", "PORT",
                "The board's own USB port: its log, and the way for records.");
            Option<int> logBaud = HostOptions.Number("--log-baud", "Bits per second of its log.", UsualLogBaud, 300, 4_000_000);
            var ip = new Option<IPEndPoint>("--ip")
            {
                Description = "The board's address; UDP 3610 unless another port is given, at both ends.",
                HelpName = "ADDR[:PORT]",
                CustomParser = ParseEndPoint,
            };
            var from = new Option<IPAddress[]>("--from")
            {
                Description = "An address of this PC to ask from; twice for the scenarios that take two terminals.",
                HelpName = "ADDR",
                CustomParser = ParseAddresses,
                Arity = ArgumentArity.OneOrMore,
            };
            Option<string> power = HostOptions.PathTo("--power-command", "CMD",
                "A command that switches the board's power: it is called with on or off behind it.");
            var enrol = new Option<bool>("--enrol")
            {
                Description = "The bench may write made-up factory keys and tickets to the board: what it was paired with is gone.",
            };
            var network = new Option<string>("--wifi-network")
            {
                Description = "Name of the Wi-Fi network that the bench orders the board into.",
                HelpName = "SSID",
            };
            var passphrase = new KmsWifiPassphrase();
            var scenario = new Option<string[]>("--scenario")
            {
                Description = "A scenario to run; may be given several times. Without it, the short run.",
                HelpName = "NAME",
            };
            HostOptions.AllowOnly(scenario, ScenarioList.All.Select(one => one.Name).ToArray());
            var isLong = new Option<bool>("--long") { Description = "Try everything: each cut point of the exchange, an hour of a bad line." };
            Option<double?> soak = HostOptions.Figure("--soak", "Run the soak beside the others, for so many hours.", 0.01, MostHours, "HOURS");
            Option<int> atOnce = HostOptions.Number("--at-once", "Virtual boards that are tested beside each other.", MostAtOnce, 1,
                MostAtOnce);
            Option<int> patience = HostOptions.Number("--patience", "Seconds that the first look waits for what each cable brings.", 45, 2,
                600, "SECONDS");
            var list = new Option<bool>("--list") { Description = "Show the scenarios, and run nothing." };
            Option<string> report = HostOptions.PathTo("--report", "DIR", "Folder of the report: junit.xml, report.html, report.jsonl.");
            var command = new Command("hil",
                "A bench around a board: metering unit, Wi-SUN module and air, terminals; scenarios with limits, and a report.")
            {
                board, virtualBoard, metering, wiSun, log, logBaud, ip, from, power, enrol, network, passphrase.File, scenario, isLong,
                soak, atOnce, patience, list, report,
            };
            command.Subcommands.Add(HilUnitsCommand.Make());
            command.Validators.Add(result =>
            {
                bool isReal = result.GetValue(board) is string folder && folder != Virtual;
                Option[] ofReal = [metering, wiSun, log, ip, from, power, enrol, network];
                if (!result.GetValue(list) && (result.GetValue(board) == null || result.GetValue(report) == null))
                {
                    result.AddError("hil: give --board virtual or --board FOLDER, and --report DIR; or --list");
                }
                else if (isReal && result.GetValue(metering) == null)
                {
                    result.AddError("--mu-port: give the serial port at the board's metering line");
                }
                else if (!isReal && ofReal.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } one)
                {
                    result.AddError($"{one.Name} is for a board of a folder; the virtual board needs none");
                }
            });
            command.SetAction(parsed =>
            {
                if (parsed.GetValue(list))
                {
                    Show();
                    return 0;
                }

                string folder = parsed.GetValue(board);
                string[] names = parsed.GetValue(scenario) ?? [];
                double? hours = parsed.GetValue(soak);
                return HilSession.Run(new HilSettings
                {
                    Board = folder == Virtual ? null : new SerialBoardSettings
                    {
                        Folder = CheckFolder(folder),
                        MeteringPort = parsed.GetValue(metering),
                        WiSunPort = parsed.GetValue(wiSun),
                        LogPort = parsed.GetValue(log),
                        LogBaud = parsed.GetValue(logBaud),
                        Address = parsed.GetValue(ip),
                        From = parsed.GetValue(from) ?? [],
                        PowerCommand = parsed.GetValue(power),
                        Enrols = parsed.GetValue(enrol),
                    },
                    VirtualBoard = parsed.GetValue(virtualBoard),
                    Report = parsed.GetValue(report),
                    Scenarios = ScenarioList.All.Where(one => names.Contains(one.Name)
                        || (names.Length == 0 && one.IsShort) || (hours != null && one is SoakScenario)).ToList(),
                    AtOnce = parsed.GetValue(atOnce),
                    Hours = hours ?? 1,
                    Patience = parsed.GetValue(patience) * Bench.Second,
                    IsLong = parsed.GetValue(isLong),
                    Wifi = parsed.GetValue(network) is string ssid
                        ? OrderBody.WifiOn(WifiRole.Station, WifiSecurity.Wpa2, Encoding.UTF8.GetBytes(ssid), passphrase.Get(parsed))
                        : null,
                });
            });
            return command;
        }

        private static void Show()
        {
            Table table = new Table().AddColumns("scenario", "run", "about", "shows", "requirements");
            foreach (Scenario scenario in ScenarioList.All)
            {
                table.AddRow(scenario.Name, scenario.IsShort ? "short" : "when asked",
                    $"{scenario.Seconds} s", Markup.Escape(scenario.Title), scenario.Source);
            }

            AnsiConsole.Write(table);
        }

        private static string CheckFolder(string folder)
        {
            return Directory.Exists(folder) && Directory.GetFiles(folder, "*.nfproj").Length > 0 ? folder
                : throw new UserError($"--board: {folder} is no folder of a board (it has no .nfproj): give one as boards/Esp32RouteB, or "
                    + "virtual");
        }

        private static IPEndPoint ParseEndPoint(ArgumentResult result)
        {
            string text = result.Tokens.Single().Value;
            if (!IPEndPoint.TryParse(text, out IPEndPoint end))
            {
                result.AddError($"--ip: '{text}' is no IP address, with a port behind it or not, such as 192.168.1.20");
                return null;
            }

            return end.Port == 0 ? new IPEndPoint(end.Address, EchonetPort) : end;
        }

        private static IPAddress[] ParseAddresses(ArgumentResult result)
        {
            if (result.Tokens.FirstOrDefault(token => !IPAddress.TryParse(token.Value, out _)) is { } bad)
            {
                result.AddError($"--from: '{bad.Value}' is no IP address of this PC, such as 192.168.1.10");
                return [];
            }

            return result.Tokens.Select(token => IPAddress.Parse(token.Value)).ToArray();
        }
    }
}
