using System;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>The key under which a ledger seals what is secret in it, and the passphrase that unlocks the key.</summary>
    internal sealed class LedgerKey : IDisposable
    {
        private readonly LedgerDatabase _database;

        // As the ledger had it when it was unlocked.
        private byte[] _locked;

        public LedgerKey(LedgerDatabase database)
        {
            _database = database;
            string title = database.First("SELECT title FROM ledger", reader => reader.GetString(0));
            KeyManagement = SystemTitle.TryParse(title, out SystemTitle parsed) ? parsed
                : throw new LedgerException($"the ledger {database.Name} is damaged: restore a backup (it has no title)");
            database.Starting = Check;
        }

        /// <summary>The title under which tickets are made.</summary>
        public SystemTitle KeyManagement { get; }

        /// <summary>Seals the units' keys; null until unlocked.</summary>
        public SealingKey Sealing { get; private set; }

        /// <summary>Enters a new key into a new ledger.</summary>
        public static void Enter(LedgerDatabase database, SystemTitle keyManagement, PassphraseScheme scheme, SealingKey derived)
        {
            byte[] key = RandomNumberGenerator.GetBytes(SealingKey.KeyLength);
            database.Run("INSERT INTO ledger (one, title, scheme, iterations, salt, key) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
                keyManagement, PassphraseScheme.Name, scheme.Iterations, scheme.Salt, derived.Seal(key, Label(keyManagement)));
            CryptographicOperations.ZeroMemory(key);
        }

        /// <summary>Unlocks.</summary>
        /// <param name="derive">Makes the key that the passphrase stands for.</param>
        /// <exception cref="LedgerException">The passphrase is wrong.</exception>
        public void Unlock(Func<PassphraseScheme, SealingKey> derive)
        {
            (string name, int iterations, byte[] salt, byte[] locked) = _database.First("SELECT scheme, iterations, salt, key FROM ledger",
                reader => (reader.GetString(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3)));
            if (name != PassphraseScheme.Name)
            {
                throw new LedgerException($"the ledger {_database.Name} is locked by '{name}': this program knows "
                    + $"{PassphraseScheme.Name} only");
            }

            using SealingKey derived = derive(new PassphraseScheme(iterations, salt));
            byte[] key = derived.Open(locked, Label(KeyManagement))
                ?? throw new LedgerException($"wrong passphrase for the ledger {_database.Name}");
            Sealing = SealingKey.TakeOver(key);
            _locked = locked;
        }

        /// <summary>Takes another key, locked by another passphrase, durably with all that is sealed under it, or not at
        /// all.</summary>
        /// <param name="passphrase">The passphrase.</param>
        /// <param name="reseal">Seals everything under the key that it is given.</param>
        public void Replace(string passphrase, Action<SealingKey> reseal)
        {
            PassphraseScheme scheme = PassphraseScheme.MakeUp();
            using SealingKey derived = scheme.Derive(passphrase);
            byte[] key = RandomNumberGenerator.GetBytes(SealingKey.KeyLength);
            byte[] locked = derived.Seal(key, Label(KeyManagement));
            SealingKey next = SealingKey.TakeOver(key);
            try
            {
                _database.Change(() =>
                {
                    // First: changes that run are waited for, and later ones find another key.
                    _database.Run("UPDATE ledger SET scheme = ?1, iterations = ?2, salt = ?3, key = ?4", PassphraseScheme.Name,
                        scheme.Iterations, scheme.Salt, locked);
                    reseal(next);
                });
            }
            catch
            {
                next.Dispose();
                throw;
            }

            Sealing.Dispose();
            Sealing = next;
            _locked = locked;
        }

        /// <summary>Refuses to go on with a key that another program has replaced: what is sealed under it from then on is
        /// lost.</summary>
        public void Check() => Check(_database.ForShare);

        /// <summary>As above, outside of a change.</summary>
        public void CheckOutside() => Check("");

        public void Dispose() => Sealing?.Dispose();

        private static byte[] Label(SystemTitle keyManagement) => [.. "ledger"u8, .. keyManagement.ToArray()];

        private void Check(string hold)
        {
            if (_locked is not null && !_database.First($"SELECT key FROM ledger{hold}", reader => reader.GetFieldValue<byte[]>(0))
                .AsSpan().SequenceEqual(_locked))
            {
                throw new LedgerException($"another program has changed the passphrase of the ledger {_database.Name}: try again");
            }
        }
    }
}
