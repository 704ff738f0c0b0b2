using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The commands <c>kms receipt</c>, <c>kms erasure</c> and <c>kms answer</c>: what comes back from the field.</summary>
    internal static class KmsProof
    {
        private const int MostBytes = 1024;
        private const int Refused = 1;
        private const int NotDone = 3;

        public static Command MakeReceipt()
        {
            return Make("receipt", "Take receipts: each is checked, and its ticket marked as carried out.", "a receipt",
                $"its {Receipt.Length} bytes", TakeReceipt);
        }

        public static Command MakeErasure()
        {
            return Make("erasure", "Take erasure records: each is checked, and its order marked as carried out.",
                "an erasure record", $"its {ErasureRecord.Length} bytes", TakeErasure);
        }

        public static Command MakeAnswer()
        {
            return Make("answer", "Take the answers of units to orders: each is checked and entered, and a report is shown. Exit code "
                + $"{Refused} when one was refused, {NotDone} when a unit has not done what its order says.", "an answer",
                $"its {OrderAnswer.Length} bytes, or {OrderAnswer.LengthWithReport} with a report", KmsAnswer.Take);
        }

        private static Command Make(string name, string description, string what, string bytes, Func<Ledger, byte[], bool> take)
        {
            Option<string> ledger = KmsOptions.Ledger();
            KmsPassphrase passphrase = KmsPassphrase.OfLedger();
            Argument<string[]> files = HostOptions.Files(
                $"Files with {what}: {bytes}, or their hexadecimal digits.");
            var command = new Command(name, description) { files, ledger, passphrase.File };
            command.Does(parsed =>
            {
                using Ledger opened = Ledger.Open(parsed.GetValue(ledger), passphrase.Get(parsed));
                int refused = 0;
                bool isDone = true;
                foreach (string file in parsed.GetValue(files))
                {
                    try
                    {
                        isDone &= take(opened, Read(file));
                    }
                    catch (Exception error) when (error is LedgerException or InvalidDataException or IOException
                        or UnauthorizedAccessException)
                    {
                        refused++;
                        Console.Error.WriteLine($"{file}: {error.Message}");
                    }
                }

                return refused > 0 ? Refused : isDone ? 0 : NotDone;
            });
            return command;
        }

        private static byte[] Read(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read);
            var bytes = new byte[MostBytes];
            byte[] content = bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
            try
            {
                return Convert.FromHexString(Encoding.ASCII.GetString(content).Trim());
            }
            catch (FormatException)
            {
                return content;
            }
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
                KmsOptions.Warn($"This ticket was said to be lost: somebody used it. Find the unit {receipt.Unit}, and rotate the "
                    + $"keys of the meter {receipt.Meter} (kms revoke --cu {receipt.Unit}).");
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
