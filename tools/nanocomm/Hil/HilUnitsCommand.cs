using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>The command <c>hil units</c>: results of unit tests on a board, in the bench's report.</summary>
    internal static class HilUnitsCommand
    {
        public static Command Make()
        {
            var trx = new Option<string[]>("--trx")
            {
                Description = "What the test platform wrote of a run on the board (.trx); may be given several times.",
                HelpName = "FILE",
                Arity = ArgumentArity.OneOrMore,
                Required = true,
            };
            HostOptions.RefuseEmpty(trx);
            Option<string> report = HostOptions.PathTo("--report", "DIR", "Folder of the report: junit.xml, report.html, report.jsonl.");
            report.Required = true;
            var command = new Command("units", "Take the results of the unit tests that ran on a board into a report like the bench's.")
            {
                trx, report,
            };
            command.SetAction(parsed => UnitResults.Run(parsed.GetValue(trx), parsed.GetValue(report)));
            return command;
        }
    }
}
