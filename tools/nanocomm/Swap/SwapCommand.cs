using System.CommandLine;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The command <c>swap</c>.</summary>
    internal static class SwapCommand
    {
        private const int UsualTimeout = 120;
        private const int LongestTimeout = 3600;

        public static Command Make()
        {
            Option<string> ticket = HostOptions.PathTo("--ticket", "FILE",
                Words.Of("The ticket, or an archive of tickets; from an archive that of --mu, of --unit, or of both is taken."));
            ticket.Required = true;
            Option<string> store = HostOptions.Store(Words.Of("The unit is a virtual board with this folder of records."));
            Option<string> port = HostOptions.PathTo("--port", "PORT", Words.Of("The unit is a board at this serial port."));
            Option<SystemTitle?> unit = KmsOptions.Title("--unit", Words.Of("The title on the unit's label; with --port it is needed."));
            Option<SystemTitle?> meter = KmsOptions.Title("--mu", Words.Of("The title on the meter's label: its ticket is taken from the archive."));
            Option<string> receipt = HostOptions.PathTo("--receipt", "FILE",
                Words.Of("Where the proof goes, a receipt or an erasure record; otherwise beside the ticket or the archive."));
            Option<int> timeout = HostOptions.Number("--timeout", Words.Of("Wait that long for the outcome."), UsualTimeout, 1,
                LongestTimeout, "SECONDS");
            var dryRun = new Option<bool>("--dry-run") { Description = Words.Of("Say what would be done, and do nothing.") };
            var readBack = new Option<bool>("--read-back")
            {
                Description = Words.Of("With --port: after --timeout read the outcome and the receipt out of the board's flash, which restarts it."),
            };
            Option<bool> yes = KmsOptions.Yes(Words.Of("The titles were compared with the labels: do not ask."));
            var command = new Command("swap", Words.Of("Put a ticket into a unit on its meter, and see it through. Exit code 0: paired; "
                + "1: not paired; 2: not tried; 3: deployed, look at the light."))
            {
                ticket, meter, store, port, unit, receipt, timeout, dryRun, readBack, yes, LanguageChoice.Option(),
            };
            command.Validators.Add(result =>
            {
                if ((result.GetResult(store) is null) == (result.GetResult(port) is null))
                {
                    result.AddError(Words.Of("swap: give either --store or --port"));
                }
                else if (result.GetResult(port) is not null && result.GetResult(unit) is null)
                {
                    result.AddError(Words.Of("swap: --port needs --unit, the title on the unit's label: a board does not tell it"));
                }
                else if (result.GetValue(readBack) && result.GetResult(port) is null)
                {
                    result.AddError(Words.Of("swap: --read-back goes with --port"));
                }
            });
            command.Does(parsed => new SwapSession(new SwapSettings
            {
                Ticket = parsed.GetValue(ticket),
                Meter = parsed.GetValue(meter),
                Store = parsed.GetValue(store),
                Port = parsed.GetValue(port),
                Unit = parsed.GetValue(unit),
                Receipt = parsed.GetValue(receipt),
                Timeout = parsed.GetValue(timeout),
                DryRun = parsed.GetValue(dryRun),
                Yes = parsed.GetValue(yes),
                ReadBack = parsed.GetValue(readBack),
            }).Run());
            return command;
        }
    }
}
