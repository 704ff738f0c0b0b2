using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.IO;
using System.Text.RegularExpressions;
using Npgsql;

namespace NanoComm.Keys
{
    /// <summary>A ledger on a server: the schema nanocomm of a PostgreSQL database.</summary>
    internal sealed partial class PostgresLedger : LedgerDatabase
    {
        /// <summary>The schema.</summary>
        public const string Schema = "nanocomm";

        /// <summary>What changes when a server is restored from its archive, when another one takes its place, and when the database
        /// is moved or loaded from a dump: cluster, timeline, database.</summary>
        public const string IncarnationQuery = "SELECT system_identifier || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) "
            + "|| '/' || (SELECT oid FROM pg_database WHERE datname = current_database()) FROM pg_control_system()";

        private const string Title = "TEXT COLLATE \"C\"";
        private const string Bytes = "BYTEA";
        private const int OldestServer = 12;
        private const int MostPosted = 500;

        // Any number that no other program takes a lock of: "NCKL".
        private const int CreationLock = 0x4E434B4C;

        // Likewise, of whoever enters units.
        private const int EntryLock = 0x4E434B55;

        private readonly ServerSettings _settings;
        private readonly Dictionary<string, string> _texts = [];
        private readonly List<(string Text, object[] Values)> _posted = [];

        private NpgsqlConnection _connection;
        private EpochMark _mark;
        private string _incarnation;
        private bool _isStandby;

        private PostgresLedger(ServerSettings settings)
            : base(settings.Name)
        {
            _settings = settings;
        }

        public override EpochMark Mark => _mark ??= new EpochMark(_settings.MarkPath ?? UsualMark(), isShared: true);

        // It is a clerk's, not the ledger's: a clerk who is new has none.
        public override bool IsMarkBeside => false;

        public override string ForUpdate => " FOR NO KEY UPDATE";

        public override string ForShare => " FOR SHARE";

        /// <summary>Makes a new ledger in a database that has none.</summary>
        /// <param name="settings">Where.</param>
        /// <param name="enter">Enters the ledger's own row.</param>
        /// <returns>False when there is one, or another program made it meanwhile.</returns>
        public static bool TryCreate(ServerSettings settings, Action<LedgerDatabase> enter)
        {
            settings.Secure();
            using var database = new PostgresLedger(settings);
            database.Guard(database.Connect);
            bool isNew = false;
            database.Change(() => isNew = database.TryFill(enter));
            return isNew;
        }

        /// <summary>Opens the ledger of a database.</summary>
        public static PostgresLedger Open(ServerSettings settings)
        {
            settings.Secure();
            var database = new PostgresLedger(settings);
            try
            {
                database.Guard(database.Connect);
                database.Recognize();
                return database;
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }

        /// <summary>Why a server of a version does not do; null when it does.</summary>
        public static string WhyNot(Version server)
        {
            return server.Major >= OldestServer ? null
                : $"the server is PostgreSQL {server}: take version {OldestServer} or newer";
        }

        public override IEnumerable<string> Statements => _texts.Keys;

        public override string Among(int parameter) => $"= ANY(?{parameter})";

        public override string Each(int parameter) => $"unnest(?{parameter}::text[]) AS k(value)";

        public override string Incarnation() => _incarnation;

        public override void EnterAlone() => Hold(EntryLock);

        public override void Look()
        {
        }

        public override void Migrate()
        {
        }

        public override int Run(string text, params object[] values)
        {
            int changed = 0;
            Guard(() =>
            {
                FlushPosted();
                using NpgsqlCommand command = Make(text, values);
                changed = command.ExecuteNonQuery();
            });
            return changed;
        }

        public override void Post(string text, params object[] values)
        {
            _posted.Add((text, values));
            if (_posted.Count >= MostPosted)
            {
                Guard(FlushPosted);
            }
        }

        public override void Insert(string table, string columns, IReadOnlyList<object[]> rows)
        {
            Guard(() =>
            {
                FlushPosted();
                using NpgsqlBinaryImporter import = _connection.BeginBinaryImport($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)");
                foreach (object[] row in rows)
                {
                    import.StartRow();
                    foreach (object value in row)
                    {
                        import.Write(Plain(value));
                    }
                }

                import.Complete();
            });
        }

        public override void Dispose() => _connection?.Dispose();

        protected override void Begin()
        {
            _posted.Clear();
            if (_isStandby || _connection.FullState != ConnectionState.Open)
            {
                Connect();
            }

            Execute("BEGIN ISOLATION LEVEL READ COMMITTED");
        }

        protected override void Commit() => Execute("COMMIT");

        protected override void RollBack()
        {
            _posted.Clear();
            if (_connection.FullState == ConnectionState.Open)
            {
                Execute("ROLLBACK");
            }
        }

        protected override void FlushPosted()
        {
            if (_posted.Count == 0)
            {
                return;
            }

            using var batch = new NpgsqlBatch(_connection);
            foreach ((string text, object[] values) in _posted)
            {
                var command = new NpgsqlBatchCommand(Translate(text));
                Bind(command.Parameters, values);
                batch.BatchCommands.Add(command);
            }

            _posted.Clear();
            batch.ExecuteNonQuery();
        }

        protected override DbDataReader Query(string text, object[] values)
        {
            if (_connection.FullState != ConnectionState.Open)
            {
                Connect();
            }

            FlushPosted();
            NpgsqlCommand command = Make(text, values);
            return command.ExecuteReader();
        }

        protected override bool IsPassing(DbException error) => PostgresFault.IsPassing(error);

        protected override string Describe(DbException error, bool isEnding)
        {
            string what = new PostgresFault(Name, _settings.User).Describe(error);
            return isEnding && PostgresFault.IsGone(error)
                ? $"{what}; whether the last change was entered is not known: look with kms list, and do it again if it was not" : what;
        }

        [GeneratedRegex(@"\?(\d+)")]
        private static partial Regex Parameter();

        private static void Bind(NpgsqlParameterCollection parameters, object[] values)
        {
            foreach (object value in values)
            {
                parameters.Add(new NpgsqlParameter { Value = Plain(value) });
            }
        }

        private void Connect()
        {
            _connection?.Dispose();
            _connection = new NpgsqlConnection(_settings.Connection.ConnectionString);
            _connection.Open();
            if (WhyNot(_connection.PostgreSqlVersion) is string tooOld)
            {
                throw new LedgerException($"the ledger {Name}: {tooOld}");
            }

            using (NpgsqlCommand command = Make("SELECT pg_is_in_recovery(), current_setting('synchronous_commit')", []))
            using (NpgsqlDataReader reader = command.ExecuteReader())
            {
                reader.Read();
                _isStandby = reader.GetBoolean(0);
                bool isLazy = reader.GetString(1) is "off" or "local";
                reader.Close();
                if (isLazy)
                {
                    // What leaves here must be where a crash, and a standby, finds it.
                    Execute("SET synchronous_commit = on");
                }
            }

            _incarnation = _isStandby ? "" : ReadIncarnation();
        }

        // A server that is no PostgreSQL, and only speaks as one, may have none of this: then only the mark and the time hold.
        private string ReadIncarnation()
        {
            try
            {
                using NpgsqlCommand command = Make(IncarnationQuery, []);
                return (string)command.ExecuteScalar();
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UndefinedFunction
                or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.UndefinedTable)
            {
                return "";
            }
        }

        private void Recognize()
        {
            if (!First($"SELECT to_regclass('{Schema}.ledger') IS NOT NULL", reader => reader.GetBoolean(0)))
            {
                throw new LedgerException($"there is no ledger in {Name}: name another with --ledger, or make one with kms init");
            }

            Version = First("SELECT version FROM schema_version", reader => reader.GetInt32(0));
            if (Version != LedgerSchema.Version)
            {
                throw new LedgerException($"{Name} is a ledger of version {Version}: this program reads version {LedgerSchema.Version} of "
                    + "a server's; take a newer nanocomm");
            }
        }

        // To the end of the change.
        private void Hold(int name) => Run($"SELECT pg_advisory_xact_lock({name})");

        private bool TryFill(Action<LedgerDatabase> enter)
        {
            Hold(CreationLock);
            if (First($"SELECT to_regclass('{Schema}.ledger') IS NOT NULL", reader => reader.GetBoolean(0)))
            {
                return false;
            }

            if (First($"SELECT to_regnamespace('{Schema}') IS NULL", reader => reader.GetBoolean(0)))
            {
                Run($"CREATE SCHEMA {Schema}");
            }

            Run($"{LedgerSchema.Ledger(Bytes)} {LedgerSchema.Tables(Title, Bytes)} {LedgerSchema.Indexes} "
                + $"CREATE TABLE schema_version (version INTEGER PRIMARY KEY); INSERT INTO schema_version VALUES ({LedgerSchema.Version})");
            Run("INSERT INTO held VALUES (1, 0, ?1)", _incarnation);
            enter(this);
            return true;
        }

        private string UsualMark()
        {
            string title = SystemTitle.Parse(First("SELECT title FROM ledger", reader => reader.GetString(0))).ToString();
            string state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            string folder = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : !string.IsNullOrEmpty(state) ? state
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            return Path.Combine(folder, "nanocomm", title + ".epoch");
        }

        private void Execute(string text)
        {
            using NpgsqlCommand command = Make(text, []);
            command.ExecuteNonQuery();
        }

        private NpgsqlCommand Make(string text, object[] values)
        {
            var command = new NpgsqlCommand(Translate(text), _connection);
            Bind(command.Parameters, values);
            return command;
        }

        private string Translate(string text)
        {
            if (!_texts.TryGetValue(text, out string translated))
            {
                translated = Parameter().Replace(text, "$$$1");
                _texts.Add(text, translated);
            }

            return translated;
        }
    }
}
