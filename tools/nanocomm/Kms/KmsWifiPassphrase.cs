using System.CommandLine;
using System.Linq;
using NanoComm.CommandLine;
using NanoComm.Keys;

namespace NanoComm.Tool
{
    /// <summary>The passphrase of a Wi-Fi network: from a file, or typed unseen.</summary>
    internal sealed class KmsWifiPassphrase
    {
        private const char FirstPrintable = ' ';
        private const char LastPrintable = '~';

        /// <summary>Where the user says which file it is in.</summary>
        public Option<string> File { get; } = HostOptions.PathTo("--wifi-passphrase-file", "FILE",
            "Take the network's passphrase from the first line of this file.");

        /// <summary>Gets it.</summary>
        /// <exception cref="UserError">There is none to be had, or it has not its form.</exception>
        public string Get(ParseResult parsed)
        {
            if (parsed.GetValue(File) is string file)
            {
                return Check(SecretFile.ReadFirstLine(File, file), File.Name);
            }

            return Unseen.CanAsk ? Check(Unseen.AskTwice("Passphrase of the Wi-Fi network:", "passphrases"), "the passphrase")
                : throw new UserError($"no passphrase of the Wi-Fi network: give {File.Name}");
        }

        private static string Check(string passphrase, string option)
        {
            return passphrase.Length is >= OrderBody.MinPassphraseLength and <= OrderBody.MaxPassphraseLength
                && passphrase.All(c => c is >= FirstPrintable and <= LastPrintable)
                ? passphrase
                : throw new UserError($"{option}: the passphrase of a Wi-Fi network has {OrderBody.MinPassphraseLength} to "
                    + $"{OrderBody.MaxPassphraseLength} printable ASCII characters; these are {passphrase.Length}"
                    + (passphrase.All(c => c is >= FirstPrintable and <= LastPrintable) ? "" : ", some of them something else"));
        }
    }
}
