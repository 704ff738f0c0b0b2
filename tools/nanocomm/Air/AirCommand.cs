using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Tool
{
    /// <summary>The command <c>air</c>.</summary>
    internal static class AirCommand
    {
        private const int Percent = 100;
        private const int LongestDelay = 60_000;

        // What the module prints as 01 … FF.
        private const double LeastDbm = -104;
        private const double MostDbm = -35;

        public static Command Make()
        {
            Option<string> module = HostOptions.PathTo("--module", "PATH",
                "Offer the module of the meter's communication unit under this path: 'board virtual --wisun PATH' is its unit.");
            module.Required = true;
            var dongle = new Option<string[]>("--dongle")
            {
                Description = "Offer a controller's dongle under this path: 'hems --port PATH' is its controller; may be given several times. The "
                    + "module lets one of them in at a time.",
                HelpName = "PATH",
                Required = true,
                Arity = ArgumentArity.OneOrMore,
            };
            HostOptions.RefuseEmpty(dongle);
            Option<Chosen<ModuleDialect>> dialect = HostOptions.Choice("--dialect", "The dongles' dialect: a1 as BP35A1, c2 as BP35C2.",
                ("a1", ModuleDialect.A1), ("c2", ModuleDialect.C2));
            Option<double?> dbm = HostOptions.Figure("--dbm", "Received power between the module and each dongle; -69 without it.", LeastDbm, MostDbm, "DBM");
            Option<double?> frameLoss = HostOptions.Figure("--frame-loss",
                "How many radio frames are lost there; what goes to one alone is sent up to four times, and its sender knows.", 0, Percent, "PERCENT");
            Option<double?> loss = HostOptions.Figure("--loss",
                "How many datagrams are lost there although their frames arrived, so that nobody knows.", 0, Percent, "PERCENT");
            Option<int> delay = HostOptions.Number("--delay", "Milliseconds that a datagram is under way beside its time in the air.", 0, 0,
                LongestDelay, "MS");
            Option<int?> seed = HostOptions.NumberIfAny("--seed", "Decides what is left to chance; made up and shown without it.", 0, int.MaxValue, "N");
            var json = new Option<bool>("--json") { Description = "One JSON object a line." };
            Option<double?> seconds = HostOptions.For();
            var command = new Command("air",
                "A simulated 920 MHz air alone, with the Wi-SUN module of a virtual board and the dongles of controllers as serial ports: each of "
                + "them may end and start again while the others run (Linux).")
            {
                module, dongle, dialect, dbm, frameLoss, loss, delay, seed, json, seconds,
            };
            command.Validators.Add(result =>
            {
                string[] paths = [result.GetValue(module) ?? "", .. result.GetValue(dongle) ?? []];
                if (paths.All(path => !string.IsNullOrWhiteSpace(path)) && paths.GroupBy(Path.GetFullPath).FirstOrDefault(same => same.Count() > 1) is { } twice)
                {
                    result.AddError($"{module.Name}, {dongle.Name}: {twice.Last()} is given twice; each has a path of its own");
                }
            });
            command.SetAction(parsed => Run(new AirSettings
            {
                Module = Path.GetFullPath(parsed.GetValue(module)),
                Dongles = parsed.GetValue(dongle).Select(Path.GetFullPath).ToArray(),
                Dialect = parsed.GetValue(dialect),
                Seed = parsed.GetValue(seed) ?? Random.Shared.Next(),
                Dbm = parsed.GetValue(dbm),
                FrameLoss = (parsed.GetValue(frameLoss) ?? 0) / Percent,
                DatagramLoss = (parsed.GetValue(loss) ?? 0) / Percent,
                Delay = parsed.GetValue(delay),
                Json = parsed.GetValue(json),
                For = parsed.GetValue(seconds),
            }));
            return command;
        }

        private static void Run(AirSettings settings)
        {
            using var session = new AirSession(settings);
            session.Run();
        }
    }
}
