using System.Security.Cryptography;
using System.Text;

namespace NanoComm.Keys
{
    /// <summary>How a key comes from a passphrase: PBKDF2 with HMAC-SHA-256 (RFC 8018). .NET has no scheme that is
    /// harder on memory.</summary>
    internal sealed class PassphraseScheme
    {
        public const string Name = "PBKDF2-HMAC-SHA256";

        public const int SaltLength = 16;

        // OWASP's figure for this scheme since 2023.
        private const int UsualIterations = 600_000;

        // What a file may ask for: neither next to nothing nor hours.
        private const int LeastIterations = UsualIterations;
        private const int MostIterations = 100_000_000;
        private const int LeastPassphraseLength = 12;

        public PassphraseScheme(int iterations, byte[] salt)
        {
            bool isSound = iterations is >= LeastIterations and <= MostIterations && salt.Length == SaltLength;
            Iterations = isSound
                ? iterations
                : throw new LedgerException("the way the file says its key comes from the passphrase is not sound: it is "
                    + "damaged or was tampered with");
            Salt = salt;
        }

        public int Iterations { get; }

        public byte[] Salt { get; }

        public static PassphraseScheme MakeUp()
        {
            return new PassphraseScheme(UsualIterations, RandomNumberGenerator.GetBytes(SaltLength));
        }

        /// <summary>Refuses a new passphrase that is too short to be worth deriving from.</summary>
        public static void Check(string passphrase)
        {
            if (passphrase.Length < LeastPassphraseLength)
            {
                throw new LedgerException($"the passphrase is too short: take {LeastPassphraseLength} characters or more, "
                    + "such as five words");
            }
        }

        /// <summary>The key, to be disposed of.</summary>
        public SealingKey Derive(string passphrase)
        {
            byte[] text = Encoding.UTF8.GetBytes(passphrase);
            byte[] key = Rfc2898DeriveBytes.Pbkdf2(text, Salt, Iterations, HashAlgorithmName.SHA256, SealingKey.KeyLength);
            CryptographicOperations.ZeroMemory(text);
            return SealingKey.TakeOver(key);
        }
    }
}
