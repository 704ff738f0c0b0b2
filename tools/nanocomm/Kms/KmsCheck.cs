using System.Collections.Generic;
using System.CommandLine;
using NanoComm.CommandLine;
using NanoComm.Keys;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>kms check</c>.</summary>
    internal sealed class KmsCheck
    {
        private const int Damaged = 1;
        private const int UsualLimit = 100;

        private readonly Option<string> _ledger = KmsOptions.Ledger();
        private readonly KmsPassphrase _passphrase = KmsPassphrase.OfLedger();

        private readonly Option<int> _limit = HostOptions.Number("--limit", "Show that many faults at most; 0 for all.", UsualLimit, 0,
            int.MaxValue);

        public static Command Make()
        {
            var check = new KmsCheck();
            var command = new Command("check", "Look whether the ledger is whole: every seal, every proof, every unit that is named, every "
                + $"epoch and number, and the mark beside it. Nothing is changed. Exit code {Damaged} when something is wrong.")
            {
                check._limit, check._ledger, check._passphrase.File,
            };
            command.Does(check.Run);
            return command;
        }

        private int Run(ParseResult parsed)
        {
            using Ledger ledger = Ledger.OpenToLook(parsed.GetValue(_ledger), _passphrase.Get(parsed));
            int limit = parsed.GetValue(_limit) is 0 ? int.MaxValue : parsed.GetValue(_limit);
            var faults = new List<string>();
            var notes = new List<string>();
            long found = 0;
            void Tell(string fault)
            {
                if (found++ < limit)
                {
                    faults.Add(fault);
                }
            }

            LedgerCheck check = null;
            long total = ledger.Count(new UnitFilter()) + ledger.Count(new TicketFilter()) + ledger.Count(new OrderFilter());
            AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn()).Start(context =>
            {
                ProgressTask task = context.AddTask("Looking", maxValue: total == 0 ? 1 : total);
                check = ledger.Check(Tell, notes.Add, done => task.Value = done);
            });
            faults.ForEach(KmsOptions.Say);
            notes.ForEach(KmsOptions.Warn);
            if (found > faults.Count)
            {
                KmsOptions.Say($"{found - faults.Count:N0} more faults: --limit 0 shows all");
            }

            KmsOptions.Say($"{check.Units:N0} units, {check.Tickets:N0} tickets and {check.Orders:N0} orders looked at: "
                + (found == 0 ? "nothing is wrong." : $"{found:N0} faults. Restore a backup beside the mark, or ask who has written to it."));
            return found == 0 ? 0 : Damaged;
        }
    }
}
