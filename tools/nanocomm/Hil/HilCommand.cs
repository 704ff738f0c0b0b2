using System.CommandLine;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Hil;

namespace NanoComm.Tool
{
    /// <summary>The command <c>hil</c>.</summary>
    internal static class HilCommand
    {
        /// <summary>The virtual board, in place of a folder.</summary>
        public const string Virtual = "virtual";

        private const int MostAtOnce = 16;

        public static Command Make()
        {
            Option<string> board = HostOptions.PathTo("--board", "virtual|FOLDER",
                "What is tested: a virtual board, which the bench starts as another process, or a real one, by its folder.");
            Option<string> virtualBoard = HostOptions.PathTo("--virtual-board", "PATH",
                "nanocomm-virtual.dll, where it is not beside this program.");
            var scenario = new Option<string[]>("--scenario")
            {
                Description = "A scenario to run; may be given several times. Without it, the short run.",
                HelpName = "NAME",
            };
            HostOptions.AllowOnly(scenario, ScenarioList.All.Select(one => one.Name).ToArray());
            Option<int> atOnce = HostOptions.Number("--at-once", "Virtual boards that are tested beside each other.", 6, 1,
                MostAtOnce);
            Option<string> report = HostOptions.PathTo("--report", "DIR",
                "Folder of the report: junit.xml, report.html, report.jsonl.");
            var command = new Command("hil",
                "A bench around a board: metering unit, Wi-SUN module and air, terminals; scenarios with limits, and a report.")
            {
                board, virtualBoard, scenario, atOnce, report,
            };
            command.Validators.Add(result =>
            {
                if (result.GetValue(board) == null || result.GetValue(report) == null)
                {
                    result.AddError("hil: give --board virtual or --board FOLDER, and --report DIR");
                }
            });
            command.SetAction(parsed =>
            {
                string[] names = parsed.GetValue(scenario) ?? [];
                return HilSession.Run(new HilSettings
                {
                    Board = parsed.GetValue(board),
                    VirtualBoard = parsed.GetValue(virtualBoard),
                    Report = parsed.GetValue(report),
                    Scenarios = ScenarioList.All.Where(one => names.Length == 0 ? one.IsShort : names.Contains(one.Name)).ToList(),
                    AtOnce = parsed.GetValue(atOnce),
                    Hours = 0,
                });
            });
            return command;
        }
    }
}
