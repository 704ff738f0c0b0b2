using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using NanoComm.Hal.Host;

namespace NanoComm.Keys
{
    /// <summary>The ledger's file: an SQLite database, and the key that its passphrase unlocks.</summary>
    internal sealed class LedgerDatabase : IDisposable
    {
        // Tells the file from other SQLite databases: "NCKL".
        private const int ApplicationId = 0x4E434B4C;
        private const int FirstVersion = 1;
        private const int Version = 2;
        private const int BusySeconds = 30;

        // One file, so that a copy of it made while nothing runs is a backup. Without write-ahead log only EXTRA flushes
        // the folder after the journal is gone: otherwise a power cut could bring the journal back, which takes the last
        // commit with it.
        private const string Settings = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; "
            + "PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE; PRAGMA cache_size = -32768;";

        // What comes back from the field names the epoch, so that the id, whose index would be the most expensive part of
        // making a ticket, needs none.
        private const string Schema = """
            CREATE TABLE ledger (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                title TEXT NOT NULL,
                scheme TEXT NOT NULL,
                iterations INTEGER NOT NULL,
                salt BLOB NOT NULL,
                key BLOB NOT NULL);
            CREATE TABLE unit (
                title TEXT PRIMARY KEY,
                kind INTEGER NOT NULL,
                serial TEXT NOT NULL,
                state INTEGER NOT NULL,
                enrolled INTEGER NOT NULL,
                keys BLOB NOT NULL,
                erasure BLOB) WITHOUT ROWID;
            CREATE TABLE ticket (
                epoch INTEGER PRIMARY KEY CHECK (epoch BETWEEN 1 AND 4294967295),
                id TEXT NOT NULL,
                kind INTEGER NOT NULL,
                mu TEXT NOT NULL REFERENCES unit (title),
                cu TEXT NOT NULL REFERENCES unit (title),
                not_after INTEGER NOT NULL,
                issued INTEGER NOT NULL,
                state INTEGER NOT NULL,
                closed INTEGER,
                proof BLOB);
            CREATE INDEX ticket_mu ON ticket (mu, epoch);
            """;

        // Since version 2. A unit has one open order.
        private const string OrderColumns = """
            (
                number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 4294967295),
                id TEXT NOT NULL,
                kind INTEGER NOT NULL,
                cu TEXT NOT NULL REFERENCES unit (title),
                mu TEXT NOT NULL REFERENCES unit (title),
                not_after INTEGER NOT NULL,
                made INTEGER NOT NULL,
                state INTEGER NOT NULL,
                closed INTEGER,
                result INTEGER,
                answer BLOB,
                draft BLOB);
            """;

        private const string OrderSchema = $"""
            CREATE TABLE orders {OrderColumns}
            CREATE UNIQUE INDEX order_open ON orders (cu) WHERE state = 1;
            """;

        private readonly string _path;
        private readonly SqliteConnection _connection;
        private readonly Dictionary<string, SqliteCommand> _prepared = [];

        // The key as the file had it when it was unlocked.
        private byte[] _locked;
        private long _version;

        private LedgerDatabase(string path, SqliteOpenMode mode)
        {
            _path = path;
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = BusySeconds,
            }.ToString());
        }

        /// <summary>The title under which tickets are made.</summary>
        public SystemTitle KeyManagement { get; private set; }

        /// <summary>Seals the units' keys; null until unlocked.</summary>
        public SealingKey Key { get; private set; }

        /// <summary>Makes the file of a new ledger.</summary>
        /// <returns>False when another program made it meanwhile.</returns>
        public static bool TryCreate(string path, SystemTitle keyManagement, string passphrase)
        {
            // Under a name of its own until it is whole: a half-made one would be in the way of a second try, and two
            // programs would write into each other's. SQLite takes an empty file for a new database, and gives its
            // journal the same mode.
            string unfinished = DurableFile.NameUnfinished(path);
            OwnerOnly.Create(unfinished).Dispose();
            try
            {
                using (var database = new LedgerDatabase(unfinished, SqliteOpenMode.ReadWrite))
                {
                    database.Guard(() => database.Fill(keyManagement, passphrase));
                }

                return DurableFile.TryName(unfinished, path);
            }
            finally
            {
                File.Delete(unfinished);
            }
        }

        /// <summary>Opens a ledger's file, locked.</summary>
        public static LedgerDatabase Open(string path)
        {
            var database = new LedgerDatabase(path, SqliteOpenMode.ReadWrite);
            try
            {
                database.Guard(database.Recognize);
                return database;
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }

        /// <summary>Unlocks the units' keys.</summary>
        public void Unlock(string passphrase)
        {
            PassphraseScheme scheme = null;
            byte[] locked = null;
            Guard(() =>
            {
                SqliteCommand select = Prepare("SELECT scheme, iterations, salt, key FROM ledger");
                using SqliteDataReader reader = select.ExecuteReader();
                reader.Read();
                if (reader.GetString(0) != PassphraseScheme.Name)
                {
                    throw new LedgerException($"the ledger {_path} is locked by '{reader.GetString(0)}': this program knows "
                        + $"{PassphraseScheme.Name} only");
                }

                scheme = new PassphraseScheme(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
                locked = reader.GetFieldValue<byte[]>(3);
            });
            using SealingKey derived = scheme.Derive(passphrase);
            byte[] key = derived.Open(locked, KeyLabel(KeyManagement))
                ?? throw new LedgerException($"wrong passphrase for the ledger {_path}");
            Key = SealingKey.TakeOver(key);
            _locked = locked;
            if (_version == FirstVersion)
            {
                Migrate();
            }
        }

        /// <summary>Leaves the units' keys locked: the file stays as it is.</summary>
        public void Look()
        {
            if (_version == FirstVersion)
            {
                // It has no orders: there is a table of none to look at.
                Guard(() => Execute($"CREATE TEMP TABLE orders {OrderColumns}"));
            }
        }

        /// <summary>Takes another key, locked by another passphrase, durably with all that is sealed under it, or not at
        /// all.</summary>
        /// <param name="passphrase">The passphrase.</param>
        /// <param name="reseal">Seals everything under the key that it is given.</param>
        public void ReplaceKey(string passphrase, Action<SealingKey> reseal)
        {
            PassphraseScheme scheme = PassphraseScheme.MakeUp();
            using SealingKey derived = scheme.Derive(passphrase);
            byte[] key = RandomNumberGenerator.GetBytes(SealingKey.KeyLength);
            byte[] locked = derived.Seal(key, KeyLabel(KeyManagement));
            SealingKey next = SealingKey.TakeOver(key);
            try
            {
                Change(() =>
                {
                    reseal(next);
                    Run("UPDATE ledger SET scheme = ?1, iterations = ?2, salt = ?3, key = ?4", PassphraseScheme.Name,
                        scheme.Iterations, scheme.Salt, locked);
                });
            }
            catch
            {
                next.Dispose();
                throw;
            }

            Key.Dispose();
            Key = next;
            _locked = locked;
        }

        /// <summary>Does several things durably, all or none.</summary>
        public void Change(Action change)
        {
            // Takes the write lock at once: two programs on one ledger wait for each other.
            Run("BEGIN IMMEDIATE");
            try
            {
                CheckKey();
                change();
                Run("COMMIT");
            }
            catch
            {
                RollBack();
                throw;
            }
        }

        /// <summary>Runs a statement.</summary>
        /// <returns>How many rows it changed.</returns>
        public int Run(string text, params object[] values)
        {
            int changed = 0;
            Guard(() => changed = Prepare(text, values).ExecuteNonQuery());
            return changed;
        }

        /// <summary>Reads the first row.</summary>
        /// <returns>Null where there is none.</returns>
        public T First<T>(string text, Func<SqliteDataReader, T> read, params object[] values)
            where T : class
        {
            T row = null;
            Guard(() =>
            {
                using SqliteDataReader reader = Prepare(text, values).ExecuteReader();
                row = reader.Read() ? read(reader) : null;
            });
            return row;
        }

        /// <summary>Reads all rows, one at a time.</summary>
        public IEnumerable<T> All<T>(string text, Func<SqliteDataReader, T> read, params object[] values)
        {
            using SqliteCommand command = Make(text, values.Length);
            Bind(command, values);
            SqliteDataReader reader = null;
            Guard(() => reader = command.ExecuteReader());
            using (reader)
            {
                bool isRow = false;
                while (true)
                {
                    T row = default;
                    Guard(() => row = (isRow = reader.Read()) ? read(reader) : default);
                    if (!isRow)
                    {
                        yield break;
                    }

                    yield return row;
                }
            }
        }

        public void Dispose()
        {
            Key?.Dispose();
            foreach (SqliteCommand command in _prepared.Values)
            {
                command.Dispose();
            }

            _connection.Dispose();
        }

        // Another program may have replaced the key: what is sealed under the old one from then on is lost.
        private void CheckKey()
        {
            if (_locked is not null && !First("SELECT key FROM ledger", reader => reader.GetFieldValue<byte[]>(0)).AsSpan()
                .SequenceEqual(_locked))
            {
                throw new LedgerException($"another program has changed the passphrase of the ledger {_path}: try again");
            }
        }

        private static byte[] KeyLabel(SystemTitle keyManagement) => [.. "ledger"u8, .. keyManagement.ToArray()];

        private static void Bind(SqliteCommand command, object[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            }
        }

        private void Connect()
        {
            _connection.Open();
            Execute(Settings);
        }

        private void Fill(SystemTitle keyManagement, string passphrase)
        {
            Connect();
            PassphraseScheme scheme = PassphraseScheme.MakeUp();
            using SealingKey derived = scheme.Derive(passphrase);
            byte[] key = RandomNumberGenerator.GetBytes(SealingKey.KeyLength);
            Change(() =>
            {
                Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; {Schema} {OrderSchema}");
                Run("INSERT INTO ledger VALUES (1, ?1, ?2, ?3, ?4, ?5)", keyManagement.ToString(), PassphraseScheme.Name,
                    scheme.Iterations, scheme.Salt, derived.Seal(key, KeyLabel(keyManagement)));
            });
            CryptographicOperations.ZeroMemory(key);
        }

        private void Recognize()
        {
            Connect();
            long id = (long)Prepare("PRAGMA application_id").ExecuteScalar();
            _version = ReadVersion();
            if (id != ApplicationId || _version is < FirstVersion or > Version)
            {
                throw new LedgerException(id != ApplicationId ? $"{_path} is not a ledger"
                    : $"{_path} is a ledger of version {_version}: this program reads versions {FirstVersion} and {Version}");
            }

            KeyManagement = SystemTitle.Parse((string)Prepare("SELECT title FROM ledger").ExecuteScalar());
        }

        private long ReadVersion() => (long)Prepare("PRAGMA user_version").ExecuteScalar();

        private void Migrate()
        {
            Change(() => Guard(() =>
            {
                // Another program may have come first.
                if (ReadVersion() == FirstVersion)
                {
                    Execute($"{OrderSchema} PRAGMA user_version = {Version}");
                }
            }));
            _version = Version;
        }

        private void Execute(string text)
        {
            using SqliteCommand command = Make(text, 0);
            command.ExecuteNonQuery();
        }

        // Parsing a statement takes longer than running one, so each is parsed once.
        private SqliteCommand Prepare(string text, params object[] values)
        {
            if (!_prepared.TryGetValue(text, out SqliteCommand command))
            {
                command = Make(text, values.Length);
                _prepared.Add(text, command);
            }

            Bind(command, values);
            return command;
        }

        private SqliteCommand Make(string text, int parameters)
        {
            SqliteCommand command = _connection.CreateCommand();
            command.CommandText = text;
            for (int i = 1; i <= parameters; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            }

            return command;
        }

        private void RollBack()
        {
            try
            {
                Run("ROLLBACK");
            }
            catch (LedgerException)
            {
                // SQLite has rolled back by itself, as it does on a full or failing disk.
            }
        }

        private void Guard(Action access)
        {
            const int busy = 5;
            const int full = 13;
            const int cannotOpen = 14;
            const int notADatabase = 26;
            try
            {
                access();
            }
            catch (SqliteException error)
            {
                throw new LedgerException(error.SqliteErrorCode switch
                {
                    busy => $"another program is busy with the ledger {_path}: try again",
                    full => $"there is no room left for the ledger {_path}",
                    cannotOpen => $"the ledger {_path} cannot be opened for writing",
                    notADatabase => $"{_path} is not a ledger",
                    _ => $"the ledger {_path} failed: {error.Message}",
                }, error);
            }
            catch (Exception error) when (error is FormatException or InvalidCastException)
            {
                throw new LedgerException($"the ledger {_path} is damaged: restore a backup ({error.Message})", error);
            }
        }
    }
}
