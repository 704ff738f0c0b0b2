using System.CommandLine;
using System.IO;
using NanoComm.CommandLine;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>factory report</c>: what the key office is told.</summary>
    internal static class FactoryReportCommand
    {
        public static Command Make()
        {
            Option<string> lot = FactoryCommand.Lot();
            Option<string> file = HostOptions.PathTo("--out", "FILE", "The report; it is replaced where it is there.");
            file.Required = true;
            var command = new Command("report", "Report to the key office which units of a lot were written (kms enroll --written FILE). It has no "
                + "secret in it; no passphrase is needed. A later one has what an earlier one had, too.")
            {
                lot, file,
            };
            command.Does(parsed =>
            {
                string path = parsed.GetValue(lot);
                using FactoryLot opened = FactoryLot.Open(path);
                if (!File.Exists(FactoryJournal.PathOf(path)))
                {
                    throw new UserError($"nothing of {path} was written yet: there is no {FactoryJournal.PathOf(path)}");
                }

                using FactoryJournal journal = FactoryJournal.Open(path, opened);
                int rows = FactoryReport.Write(parsed.GetValue(file), opened.Id.Span, journal.Written());
                AnsiConsole.Write(new Text($"{rows:N0} written units of {opened.Count:N0} are in {parsed.GetValue(file)} (kms enroll --written "
                    + $"{parsed.GetValue(file)})\n"));
                return 0;
            });
            return command;
        }
    }
}
