using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>factory list</c>: how far a lot has come.</summary>
    internal static class FactoryList
    {
        private const string All = "all";

        public static Command Make()
        {
            Option<string> lot = FactoryCommand.Lot();
            Option<Chosen<string>> state = HostOptions.Choice("--state", "Only these.", (All, All), ("made", "made"), ("begun", "begun"),
                ("failed", "failed"), ("written", "written"));
            var command = new Command("list", "List the units of a lot, and what became of them; no passphrase is needed. Exit code 0: all are "
                + "written; 3: some are not.")
            {
                lot, state,
            };
            command.Does(parsed => Run(parsed.GetValue(lot), parsed.GetValue(state)));
            return command;
        }

        private static int Run(string path, string state)
        {
            using FactoryLot lot = FactoryLot.Open(path);
            Dictionary<SystemTitle, FactoryEvent> last = [];
            if (File.Exists(FactoryJournal.PathOf(path)))
            {
                using FactoryJournal journal = FactoryJournal.Open(path, lot);
                last = journal.Last().ToDictionary(each => each.Title);
            }

            int seen = 0;
            int written = 0;
            foreach (SystemTitle title in lot.Titles())
            {
                seen++;
                FactoryEvent what = last.GetValueOrDefault(title);
                string name = Name(what?.State ?? FactoryState.Made);
                written += what?.State == FactoryState.Written ? 1 : 0;
                if (state == All || state == name)
                {
                    AnsiConsole.Write(new Text($"{title}  {name,-8}{(what is null ? "" : $"{KmsOptions.Show(what.At, "-")}  {what.Place}")}".TrimEnd()
                        + "\n"));
                }
            }

            if (seen != lot.Count)
            {
                throw new UserError($"{path} has {seen:N0} units, and was made with {lot.Count:N0}: have it sent again");
            }

            AnsiConsole.Write(new Text($"{lot.Count:N0} units: {written:N0} written, {lot.Count - written:N0} not\n"));
            return written == lot.Count ? 0 : 3;
        }

        private static string Name(FactoryState state) => state.ToString().ToLowerInvariant();
    }
}
