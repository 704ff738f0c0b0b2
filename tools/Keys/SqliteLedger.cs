using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NanoComm.Hal.Host;

namespace NanoComm.Keys
{
    /// <summary>A ledger in one file: an SQLite database.</summary>
    internal sealed class SqliteLedger : LedgerDatabase
    {
        // Tells the file from other SQLite databases: "NCKL".
        private const int ApplicationId = 0x4E434B4C;
        private const int FirstVersion = 1;
        private const int BusySeconds = 30;
        private const string Title = "TEXT";
        private const string Bytes = "BLOB";

        // One file, so that a copy of it made while nothing runs is a backup. Without write-ahead log only EXTRA flushes
        // the folder after the journal is gone: otherwise a power cut could bring the journal back, which takes the last
        // commit with it.
        private const string Settings = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; "
            + "PRAGMA temp_store = FILE; PRAGMA cache_size = -65536;";

        private const string Reclaim = """
            ALTER TABLE unit RENAME TO unit_before;
            ALTER TABLE ticket RENAME TO ticket_before;
            ALTER TABLE orders RENAME TO orders_before;
            """;

        private const string Refill = """
            INSERT INTO unit (title, kind, serial, state, enrolled, keys, erasure)
                SELECT title, kind, serial, state, enrolled, keys, erasure FROM unit_before ORDER BY title;
            INSERT INTO ticket (epoch, id, kind, mu, cu, not_after, issued, state, closed, proof)
                SELECT epoch, id, kind, mu, cu, not_after, issued, state, closed, proof FROM ticket_before ORDER BY epoch;
            INSERT INTO orders (number, id, kind, cu, mu, not_after, made, state, closed, result, answer, draft)
                SELECT number, id, kind, cu, mu, not_after, made, state, closed, result, answer, draft FROM orders_before
                ORDER BY number;
            DROP TABLE orders_before;
            DROP TABLE ticket_before;
            DROP TABLE unit_before;
            INSERT INTO held VALUES (1, 0, '');
            """;

        private readonly SqliteConnection _connection;
        private readonly Dictionary<string, SqliteCommand> _prepared = [];

        private SqliteLedger(string path, SqliteOpenMode mode)
            : base(path)
        {
            Mark = new EpochMark(MarkOf(path));
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = mode,
                Pooling = false,
                DefaultTimeout = BusySeconds,
            }.ToString());
        }

        public override EpochMark Mark { get; }

        public override bool IsMarkBeside => true;

        // A change has the whole file for itself.
        public override string ForUpdate => "";

        public override string ForShare => "";

        /// <summary>The mark beside a ledger's file.</summary>
        public static string MarkOf(string path) => path + ".epoch";

        /// <summary>Makes the file of a new ledger.</summary>
        /// <param name="path">The file.</param>
        /// <param name="enter">Enters the ledger's own row.</param>
        /// <returns>False when it is there already, or another program made it meanwhile.</returns>
        public static bool TryCreate(string path, Action<LedgerDatabase> enter)
        {
            if (File.Exists(path))
            {
                return false;
            }

            // Under a name of its own until it is whole: a half-made one would be in the way of a second try, and two
            // programs would write into each other's. SQLite takes an empty file for a new database, and gives its
            // journal the same mode.
            string unfinished = DurableFile.NameUnfinished(path);
            OwnerOnly.Create(unfinished).Dispose();
            try
            {
                using (var database = new SqliteLedger(unfinished, SqliteOpenMode.ReadWrite))
                {
                    database.Guard(() => database.Connect());
                    database.Change(() => database.Fill(enter));
                }

                new EpochMark(MarkOf(path)).Begin();
                return DurableFile.TryName(unfinished, path);
            }
            finally
            {
                File.Delete(unfinished);
            }
        }

        /// <summary>Opens a ledger's file.</summary>
        public static SqliteLedger Open(string path)
        {
            if (!File.Exists(path))
            {
                throw new LedgerException($"there is no ledger {path}: name it with --ledger, or make one with kms init");
            }

            var database = new SqliteLedger(path, SqliteOpenMode.ReadWrite);
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

        public override IEnumerable<string> Statements => _prepared.Keys;

        public override string Among(int parameter) => $"IN (SELECT value FROM json_each(?{parameter}))";

        public override string Each(int parameter) => $"json_each(?{parameter}) AS k";

        public override string Incarnation() => "";

        public override IReadOnlyList<string> FindDamage()
        {
            return All("PRAGMA integrity_check(50)", reader => reader.GetString(0)).Where(line => line != "ok").ToList();
        }

        public override void Look()
        {
            Guard(() =>
            {
                if (Version < LedgerSchema.VersionWithOrders)
                {
                    Execute($"CREATE TEMP TABLE orders {LedgerSchema.Orders(Title, Bytes)}");
                }

                if (Version < LedgerSchema.Version)
                {
                    Execute($"CREATE TEMP TABLE held {LedgerSchema.Held}; INSERT INTO temp.held VALUES (1, 0, ''); "
                        + "CREATE TEMP VIEW unit AS SELECT *, NULL AS hardware, NULL AS lot, NULL AS written FROM main.unit");
                }
            });
        }

        public override void Migrate()
        {
            if (Version == LedgerSchema.Version)
            {
                return;
            }

            Change(() => Guard(() =>
            {
                // Another program may have come first.
                long found = ReadVersion();
                if (found < LedgerSchema.Version)
                {
                    string orders = found < LedgerSchema.VersionWithOrders
                        ? $"CREATE TABLE orders {LedgerSchema.Orders(Title, Bytes)};" : "DROP INDEX order_open;";
                    Execute($"{orders} DROP INDEX ticket_mu; {Reclaim} {LedgerSchema.Tables(Title, Bytes)} {Refill} "
                        + $"{LedgerSchema.Indexes} PRAGMA user_version = {LedgerSchema.Version}");
                }
            }));
            Version = LedgerSchema.Version;
        }

        public override int Run(string text, params object[] values)
        {
            int changed = 0;
            Guard(() => changed = Prepare(text, values).ExecuteNonQuery());
            return changed;
        }

        public override void Post(string text, params object[] values) => Run(text, values);

        public override void Insert(string table, string columns, IReadOnlyList<object[]> rows)
        {
            string places = string.Join(", ", Enumerable.Range(1, columns.Split(',').Length).Select(i => $"?{i}"));
            string text = $"INSERT INTO {table} ({columns}) VALUES ({places})";
            foreach (object[] row in rows)
            {
                Run(text, row);
            }
        }

        public override void Dispose()
        {
            foreach (SqliteCommand command in _prepared.Values)
            {
                command.Dispose();
            }

            _connection.Dispose();
        }

        // Takes the write lock at once: two programs on one ledger wait for each other.
        protected override void Begin() => Prepare("BEGIN IMMEDIATE", []).ExecuteNonQuery();

        protected override void Commit() => Prepare("COMMIT", []).ExecuteNonQuery();

        protected override void RollBack() => Prepare("ROLLBACK", []).ExecuteNonQuery();

        protected override void FlushPosted()
        {
        }

        protected override DbDataReader Query(string text, object[] values) => Prepare(text, values).ExecuteReader();

        protected override bool IsPassing(DbException error) => false;

        protected override string Describe(DbException error, bool isEnding)
        {
            const int busy = 5;
            const int readOnly = 8;
            const int full = 13;
            const int cannotOpen = 14;
            const int notADatabase = 26;
            return (error as SqliteException)?.SqliteErrorCode switch
            {
                busy => $"another program is busy with the ledger {Name}: try again",
                readOnly => $"the ledger {Name} may not be written: give its owner the right to, or copy it with {Name}.epoch to where "
                    + "it may",
                full => $"there is no room left for the ledger {Name}: make room, and do it again",
                cannotOpen => $"the ledger {Name} cannot be opened for writing",
                notADatabase => $"{Name} is not a ledger",
                _ => $"the ledger {Name} failed: {error.Message}",
            };
        }

        private void Connect()
        {
            _connection.Open();
            Execute(Settings);
        }

        private void Fill(Action<LedgerDatabase> enter)
        {
            Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {LedgerSchema.Version}; "
                + $"{LedgerSchema.Ledger(Bytes)} {LedgerSchema.Tables(Title, Bytes)} {LedgerSchema.Indexes} "
                + "INSERT INTO held VALUES (1, 0, '')");
            enter(this);
        }

        private void Recognize()
        {
            Connect();
            long id = (long)Prepare("PRAGMA application_id", []).ExecuteScalar();
            long version = ReadVersion();
            if (id != ApplicationId || version is < FirstVersion or > LedgerSchema.Version)
            {
                throw new LedgerException(id != ApplicationId ? $"{Name} is not a ledger"
                    : $"{Name} is a ledger of version {version}: this program reads versions {FirstVersion} to "
                    + $"{LedgerSchema.Version}; take a newer nanocomm");
            }

            Version = (int)version;
        }

        private long ReadVersion() => (long)Prepare("PRAGMA user_version", []).ExecuteScalar();

        private void Execute(string text)
        {
            using SqliteCommand command = Make(text, 0);
            command.ExecuteNonQuery();
        }

        // Parsing a statement takes longer than running one, so each is parsed once.
        private SqliteCommand Prepare(string text, object[] values)
        {
            if (!_prepared.TryGetValue(text, out SqliteCommand command))
            {
                command = Make(text, values.Length);
                _prepared.Add(text, command);
            }

            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i] is string[] list ? JsonSerializer.Serialize(list, LedgerJson.Default.StringArray) : Plain(values[i]);
            }

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
    }
}
