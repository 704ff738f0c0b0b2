using System.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The command <c>kms</c>.</summary>
    internal static class KmsCommand
    {
        public static Command Make()
        {
            return new Command("kms", "The utility's key management: a ledger of units, tickets and orders, offline.")
            {
                MakeInit(), KmsEnroll.Make(), KmsTicket.Make(), KmsProof.MakeReceipt(), KmsProof.MakeErasure(), KmsList.Make(),
                KmsRevoke.Make(), MakePassphrase(), KmsOrder.Make(), KmsProof.MakeAnswer(), KmsCheck.Make(), KmsRoles.Make(),
            };
        }

        private static Command MakeInit()
        {
            Option<string> ledger = KmsOptions.Ledger();
            KmsPassphrase passphrase = KmsPassphrase.OfLedger();
            Option<SystemTitle?> title = KmsOptions.Title("--title",
                "The title under which tickets are made; without it one is made up.");
            var command = new Command("init", "Make a new ledger.") { ledger, title, passphrase.File };
            command.Does(parsed =>
            {
                string path = parsed.GetValue(ledger);
                SystemTitle keyManagement = parsed.GetValue(title) ?? SystemTitle.MakeUp("NCK");
                Ledger.Create(path, keyManagement, passphrase.Get(parsed, isNew: true));
                KmsOptions.Show("A new ledger", ("ledger", path), ("title", keyManagement.ToString()));
                KmsOptions.Warn(Ledger.DescribeCare(path) + " Without the passphrase its keys are lost.");
                return 0;
            });
            return command;
        }

        private static Command MakePassphrase()
        {
            Option<string> ledger = KmsOptions.Ledger();
            KmsPassphrase passphrase = KmsPassphrase.OfLedger();
            KmsPassphrase next = KmsPassphrase.OfLedgerToBe();
            var command = new Command("passphrase", "Change the ledger's passphrase, and the key that it locks.")
            {
                ledger, passphrase.File, next.File,
            };
            command.Does(parsed =>
            {
                using Ledger opened = Ledger.Open(parsed.GetValue(ledger), passphrase.Get(parsed));
                opened.ChangePassphrase(next.Get(parsed, isNew: true));
                KmsOptions.Show("The passphrase is another one", ("ledger", parsed.GetValue(ledger)));
                KmsOptions.Warn("A backup from before opens with the old one, and has the same units' keys: make a new one, and destroy "
                    + "the old ones if the old passphrase is known to others.");
                return 0;
            });
            return command;
        }
    }
}
