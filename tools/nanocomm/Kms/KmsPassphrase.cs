using System.CommandLine;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>A passphrase: from a file, from the environment, or typed unseen.</summary>
    internal sealed class KmsPassphrase
    {
        private readonly SecretOption _secret;
        private readonly string _of;

        private KmsPassphrase(string option, string variable, string of)
        {
            _of = of;
            _secret = new SecretOption(option, variable,
                $"Take the passphrase of {of} from the first line of this file; otherwise from {variable}, or it is asked for.");
        }

        /// <summary>The ledger's.</summary>
        public static KmsPassphrase OfLedger() => new("--passphrase-file", "NANOCOMM_PASSPHRASE", "the ledger");

        /// <summary>The ledger's next one.</summary>
        public static KmsPassphrase OfLedgerToBe()
        {
            return new KmsPassphrase("--new-passphrase-file", "NANOCOMM_NEW_PASSPHRASE", "the ledger from now on");
        }

        /// <summary>That of a file of keys.</summary>
        public static KmsPassphrase OfKeyFile()
        {
            return new KmsPassphrase("--file-passphrase-file", "NANOCOMM_FILE_PASSPHRASE", "the file of keys");
        }

        /// <summary>That of a factory's lot.</summary>
        public static KmsPassphrase OfLot() => new("--lot-passphrase-file", "NANOCOMM_LOT_PASSPHRASE", "the lot");

        /// <summary>Where the user says which file it is in.</summary>
        public Option<string> File => _secret.File;

        /// <summary>Gets it.</summary>
        /// <param name="parsed">The command line.</param>
        /// <param name="isNew">Whether it is chosen now: then it is asked for twice.</param>
        /// <exception cref="UserError">There is none to be had.</exception>
        public string Get(ParseResult parsed, bool isNew = false)
        {
            if (_secret.Find(parsed) is string given)
            {
                return given;
            }

            if (!Unseen.CanAsk)
            {
                throw new UserError($"no passphrase of {_of}: give {_secret.Ways}");
            }

            string question = $"Passphrase of {_of}:";
            return isNew ? Unseen.AskTwice(question, "passphrases") : Unseen.Ask(question);
        }
    }
}
