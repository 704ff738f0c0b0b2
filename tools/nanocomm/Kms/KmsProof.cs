using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The commands <c>kms receipt</c>, <c>kms erasure</c> and <c>kms answer</c>: what comes back from the field.</summary>
    internal static class KmsProof
    {
        private const int Refused = 1;
        private const int NotDone = 3;

        // More than these on one screen nobody reads.
        private const int MostShown = 20;

        private static readonly ProofKind Receipts = new("receipt", "receipts", ".receipt", $"its {Receipt.Length} bytes", TakeReceipt,
            TakeReceipts);

        private static readonly ProofKind Erasures = new("erasure", "erasure records", ".erasure", $"its {ErasureRecord.Length} bytes",
            TakeErasure, Each(TakeErasureQuietly));

        private static readonly ProofKind Answers = new("answer", "answers", ".answer",
            $"its {OrderAnswer.Length} bytes, or {OrderAnswer.LengthWithReport} with a report", KmsAnswer.Take, Each(KmsAnswer.TakeQuietly));

        public static Command MakeReceipt()
        {
            return Make(Receipts, "a receipt", "Take receipts: each is checked, and its ticket marked as carried out.");
        }

        public static Command MakeErasure()
        {
            return Make(Erasures, "an erasure record", "Take erasure records: each is checked, and its order marked as carried out.");
        }

        public static Command MakeAnswer()
        {
            return Make(Answers, "an answer", "Take the answers of units to orders: each is checked and entered, and a report is shown. Exit "
                + $"code {Refused} when one was refused, {NotDone} when a unit has not done what its order says.");
        }

        private static Command Make(ProofKind kind, string what, string description)
        {
            Option<string> ledger = KmsOptions.Ledger();
            KmsPassphrase passphrase = KmsPassphrase.OfLedger();
            Argument<string[]> files = HostOptions.Files($"Files with {what}: {kind.Bytes}, or their hexadecimal digits; and folders, of which "
                + $"all files *{kind.Extension} are taken, those of folders in them too. Of more than {MostShown}, or of a folder, only "
                + "the bad ones are told, and the sum. What is in the ledger already is passed over: what was cut short is run again.");
            var command = new Command(kind.Name, description) { files, ledger, passphrase.File };
            command.Does(parsed =>
            {
                using Ledger opened = Ledger.Open(parsed.GetValue(ledger), passphrase.Get(parsed));
                string[] named = parsed.GetValue(files);
                var found = new ProofFiles(named, kind.Extension);
                (int refused, int notDone) = found.HasFolder || named.Length > MostShown ? new ProofRun(kind, opened).Run(found)
                    : TakeEach(kind, opened, named);
                return refused > 0 ? Refused : notDone > 0 ? NotDone : 0;
            });
            return command;
        }

        private static (int Refused, int NotDone) TakeEach(ProofKind kind, Ledger ledger, string[] files)
        {
            int refused = 0;
            int notDone = 0;
            foreach (string file in files)
            {
                try
                {
                    notDone += kind.Take(ledger, ProofFiles.Read(file)) ? 0 : 1;
                }
                catch (Exception error) when (error is LedgerException or InvalidDataException or IOException
                    or UnauthorizedAccessException)
                {
                    refused++;
                    Console.Error.WriteLine($"{file}: {error.Message}");
                }
            }

            return (refused, notDone);
        }

        private static Func<Ledger, IReadOnlyList<byte[]>, IReadOnlyList<ProofOutcome>> Each(Func<Ledger, byte[], ProofOutcome> take)
        {
            return (ledger, proofs) => proofs.Select(proof =>
            {
                try
                {
                    return take(ledger, proof);
                }
                catch (Exception error) when (error is LedgerException or InvalidDataException)
                {
                    return new ProofOutcome(ProofResult.Refused, error.Message);
                }
            }).ToList();
        }

        private static IReadOnlyList<ProofOutcome> TakeReceipts(Ledger ledger, IReadOnlyList<byte[]> proofs)
        {
            var outcomes = new ProofOutcome[proofs.Count];
            var receipts = new List<Receipt>(proofs.Count);
            var places = new List<int>(proofs.Count);
            for (int i = 0; i < proofs.Count; i++)
            {
                try
                {
                    receipts.Add(Receipt.Parse(proofs[i]));
                    places.Add(i);
                }
                catch (InvalidDataException error)
                {
                    outcomes[i] = new ProofOutcome(ProofResult.Refused, error.Message);
                }
            }

            foreach ((int place, TakenReceipt taken) in places.Zip(ledger.Accept(receipts)))
            {
                outcomes[place] = taken.Refusal is not null ? new ProofOutcome(ProofResult.Refused, taken.Refusal)
                    : new ProofOutcome(taken.Before.State == TicketState.Done ? ProofResult.Known : ProofResult.Taken,
                        taken.Before.State == TicketState.Revoked ? Lost(taken.Receipt) : null);
            }

            return outcomes;
        }

        private static ProofOutcome TakeErasureQuietly(Ledger ledger, byte[] bytes)
        {
            ErasureRecord record = ErasureRecord.Parse(bytes);
            bool isErased = ledger.Find(record.Unit)?.State == UnitState.Erased;
            TicketEntry order = ledger.Accept(record);
            return new ProofOutcome((order is null ? isErased : order.State == TicketState.Done) ? ProofResult.Known : ProofResult.Taken);
        }

        private static string Lost(Receipt receipt)
        {
            return $"This ticket was said to be lost: somebody used it. Find the unit {receipt.Unit}, and rotate the keys of the meter "
                + $"{receipt.Meter} (kms revoke --cu {receipt.Unit}).";
        }

        private static bool TakeReceipt(Ledger ledger, byte[] bytes)
        {
            Receipt receipt = Receipt.Parse(bytes);
            List<OrderEntry> open = OpenOrders(ledger, new OrderFilter { Meter = receipt.Meter });
            TicketEntry before = ledger.Accept(receipt);
            KmsOptions.Show(before.State == TicketState.Done ? "Authentic, and known already" : "Authentic: the ticket is done",
                ("meter", receipt.Meter.ToString()), ("unit", receipt.Unit.ToString()), ("epoch", $"{receipt.Epoch}"),
                ("ticket id", before.Id), ("paired at", receipt.Time.ToString()));
            if (before.State == TicketState.Revoked)
            {
                KmsOptions.Warn(Lost(receipt));
            }

            OrderWords.TellDead(open, OpenOrders(ledger, new OrderFilter { Meter = receipt.Meter }));
            return true;
        }

        private static bool TakeErasure(Ledger ledger, byte[] bytes)
        {
            ErasureRecord record = ErasureRecord.Parse(bytes);
            List<OrderEntry> open = OpenOrders(ledger, new OrderFilter { Unit = record.Unit });
            TicketEntry order = ledger.Accept(record);
            KmsOptions.Show("Authentic: the unit is erased", ("unit", record.Unit.ToString()),
                ("by order of", order is null ? "the bench" : $"the ticket {order.Id}"),
                ("erased", record.Erased.ToString()), ("erased at", record.Time.ToString()));
            OrderWords.TellDead(open, OpenOrders(ledger, new OrderFilter { Unit = record.Unit }));
            return true;
        }

        private static List<OrderEntry> OpenOrders(Ledger ledger, OrderFilter filter)
        {
            return ledger.Orders(filter with { State = OrderState.Open }).ToList();
        }
    }
}
