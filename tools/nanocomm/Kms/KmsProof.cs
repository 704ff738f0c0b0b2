using System;
using System.CommandLine;
using System.IO;
using System.Text;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The commands <c>kms receipt</c> and <c>kms erasure</c>: what comes back from the field.</summary>
    internal static class KmsProof
    {
        private const int MostBytes = 1024;

        public static Command MakeReceipt()
        {
            return Make("receipt", "Take receipts: each is checked, and its ticket marked as carried out.", "a receipt",
                Receipt.Length, TakeReceipt);
        }

        public static Command MakeErasure()
        {
            return Make("erasure", "Take erasure records: each is checked, and its order marked as carried out.",
                "an erasure record", ErasureRecord.Length, TakeErasure);
        }

        private static Command Make(string name, string description, string what, int length, Action<Ledger, byte[]> take)
        {
            Option<string> ledger = KmsOptions.Ledger();
            KmsPassphrase passphrase = KmsPassphrase.OfLedger();
            Argument<string[]> files = HostOptions.Files(
                $"Files with {what}: its {length} bytes, or their hexadecimal digits.");
            var command = new Command(name, description) { files, ledger, passphrase.File };
            command.Does(parsed =>
            {
                using Ledger opened = Ledger.Open(parsed.GetValue(ledger), passphrase.Get(parsed));
                int failed = 0;
                foreach (string file in parsed.GetValue(files))
                {
                    try
                    {
                        take(opened, Read(file));
                    }
                    catch (Exception error) when (error is LedgerException or InvalidDataException or IOException
                        or UnauthorizedAccessException)
                    {
                        failed++;
                        Console.Error.WriteLine($"{file}: {error.Message}");
                    }
                }

                return failed == 0 ? 0 : 1;
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

        private static void TakeReceipt(Ledger ledger, byte[] bytes)
        {
            Receipt receipt = Receipt.Parse(bytes);
            TicketEntry before = ledger.Accept(receipt);
            KmsOptions.Show(before.State == TicketState.Done ? "Authentic, and known already" : "Authentic: the ticket is done",
                ("meter", receipt.Meter.ToString()), ("unit", receipt.Unit.ToString()), ("epoch", $"{receipt.Epoch}"),
                ("ticket id", before.Id), ("paired at", receipt.Time.ToString()));
            if (before.State == TicketState.Revoked)
            {
                KmsOptions.Warn($"This ticket was said to be lost: somebody used it. Find the unit {receipt.Unit}, and rotate the "
                    + $"keys of the meter {receipt.Meter} (kms revoke --cu {receipt.Unit}).");
            }
        }

        private static void TakeErasure(Ledger ledger, byte[] bytes)
        {
            ErasureRecord record = ErasureRecord.Parse(bytes);
            TicketEntry order = ledger.Accept(record);
            KmsOptions.Show("Authentic: the unit is erased", ("unit", record.Unit.ToString()),
                ("by order of", order is null ? "the bench" : $"the ticket {order.Id}"),
                ("erased", record.Erased.ToString()), ("erased at", record.Time.ToString()));
        }
    }
}
