using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Data.Sqlite;
using NanoComm.Hal.Host;

namespace NanoComm.Keys
{
    /// <summary>
    /// A file of tables (SQLite), for its owner alone: one row of it is found without reading the others, and every platform has
    /// programs that read it. What goes wrong is a <see cref="LedgerException"/>.
    /// </summary>
    internal sealed class TableFile : IDisposable
    {
        private const int BusySeconds = 30;
        private const int Busy = 5;
        private const int Corrupt = 11;
        private const int Full = 13;
        private const int CannotOpen = 14;
        private const int NotADatabase = 26;
        private const int InputOutput = 10;

        // The file is thrown away unless it is finished: nothing in it needs to survive before.
        private const string Unsafe = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; "
            + "PRAGMA cache_size = -32768;";

        // What was written stays, whatever comes: as the ledger has it.
        private const string Durable = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;";

        // Such a file comes from elsewhere: nothing in it is to be run.
        private const string Careful = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;";

        private readonly string _path;
        private readonly string _target;
        private readonly TableForm _form;
        private readonly SqliteConnection _connection;
        private readonly Dictionary<string, SqliteCommand> _prepared = [];

        private TableFile(string path, string target, TableForm form, SqliteOpenMode mode)
        {
            _path = path;
            _target = target;
            _form = form;
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = Path.GetFullPath(path),
                Mode = mode,
                Pooling = false,
                DefaultTimeout = BusySeconds,
            }.ToString());
        }

        private bool IsBegun => _path != _target;

        /// <summary>Begins a file under a name of its own: it gets its name by <see cref="Finish"/>, and is gone without.</summary>
        /// <param name="path">The name.</param>
        /// <param name="form">Its form.</param>
        public static TableFile Begin(string path, TableForm form)
        {
            string unfinished = DurableFile.NameUnfinished(path);
            OwnerOnly.Create(unfinished).Dispose();
            var file = new TableFile(unfinished, path, form, SqliteOpenMode.ReadWrite);
            return file.Start(() =>
            {
                file.Execute(Unsafe);
                file.Execute($"BEGIN; {form.Schema}; {Signature(form)}");
            });
        }

        /// <summary>Opens a file that is there.</summary>
        /// <param name="path">The file.</param>
        /// <param name="form">The form that it is to have.</param>
        public static TableFile Open(string path, TableForm form)
        {
            if (!File.Exists(path))
            {
                throw new LedgerException($"there is no file {path}");
            }

            var file = new TableFile(path, path, form, SqliteOpenMode.ReadOnly);
            return file.Start(() =>
            {
                file.Execute(Careful);
                file.Recognize();
                file.Measure();
            });
        }

        /// <summary>Opens a file that several programs write, and makes it where it is not there.</summary>
        /// <param name="path">The file.</param>
        /// <param name="form">Its form.</param>
        public static TableFile Share(string path, TableForm form)
        {
            try
            {
                // SQLite takes an empty file for a new database, and gives its journal the same mode.
                OwnerOnly.Create(path).Dispose();
            }
            catch (IOException) when (File.Exists(path))
            {
                // It is there, or another program came first.
            }

            var file = new TableFile(path, path, form, SqliteOpenMode.ReadWrite);
            return file.Start(() =>
            {
                file.Execute(Durable + Careful);
                file.Change(() =>
                {
                    if ((long)file.Prepare("PRAGMA schema_version").ExecuteScalar() == 0)
                    {
                        file.Execute($"{form.Schema}; {Signature(form)}");
                    }
                });
                file.Recognize();
            });
        }

        /// <summary>Whether a file is one of tables, of whatever form.</summary>
        /// <exception cref="IOException">It cannot be read.</exception>
        public static bool IsOne(string path)
        {
            ReadOnlySpan<byte> magic = "SQLite format 3\0"u8;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            var head = new byte[magic.Length];
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && magic.SequenceEqual(head);
        }

        /// <summary>Brings all of a file that was begun to the medium: it lacks but its name.</summary>
        /// <exception cref="IOException">The medium did not take it.</exception>
        public void Complete()
        {
            Run("COMMIT");
            Close();
            using var file = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite);
            file.Flush(flushToDisk: true);
        }

        /// <summary>Gives a file that is complete its name: from now on it is there.</summary>
        /// <param name="replace">Whether it may take the place of another.</param>
        public void Finish(bool replace)
        {
            if (replace)
            {
                File.Move(_path, _target, overwrite: true);
                FolderEntries.Flush(Path.GetDirectoryName(Path.GetFullPath(_target)));
            }
            else if (!DurableFile.TryName(_path, _target))
            {
                throw new LedgerException($"{_target} is there already: another program made it meanwhile");
            }
        }

        /// <summary>Does several things durably, all or none, with no other program between them.</summary>
        public void Change(Action change)
        {
            Run("BEGIN IMMEDIATE");
            try
            {
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
            foreach (T row in All(text, read, values))
            {
                return row;
            }

            return null;
        }

        /// <summary>Reads rows, one at a time.</summary>
        public IEnumerable<T> All<T>(string text, Func<SqliteDataReader, T> read, params object[] values)
        {
            SqliteDataReader reader = null;
            Guard(() => reader = Prepare(text, values).ExecuteReader());
            using (reader)
            {
                bool isRow = true;
                while (isRow)
                {
                    T row = default;
                    Guard(() => row = (isRow = reader.Read()) ? read(reader) : default);
                    if (isRow)
                    {
                        yield return row;
                    }
                }
            }
        }

        /// <summary>What is said of a file whose content does not hold.</summary>
        public LedgerException Damaged(string what)
        {
            return new LedgerException($"{what} in {_target} is damaged or was tampered with: have the file sent again");
        }

        public void Dispose()
        {
            Close();
            if (IsBegun)
            {
                File.Delete(_path);
            }
        }

        private static string Signature(TableForm form)
        {
            return $"PRAGMA application_id = {form.ApplicationId}; PRAGMA user_version = {form.Version}";
        }

        private TableFile Start(Action start)
        {
            try
            {
                Guard(() =>
                {
                    _connection.Open();
                    start();
                });
                return this;
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        private void Recognize()
        {
            long id = (long)Prepare("PRAGMA application_id").ExecuteScalar();
            long version = (long)Prepare("PRAGMA user_version").ExecuteScalar();
            if (id != _form.ApplicationId || version != _form.Version)
            {
                throw new LedgerException(id != _form.ApplicationId ? $"{_target} is not {_form.Name}"
                    : $"{_target} is {_form.Name} of version {version}: this program reads version {_form.Version}");
            }
        }

        // A copy that was cut short is told now, and not when the row is wanted that is not there.
        private void Measure()
        {
            long length = (long)Prepare("PRAGMA page_size").ExecuteScalar() * (long)Prepare("PRAGMA page_count").ExecuteScalar();
            if (new FileInfo(_path).Length != length)
            {
                throw new LedgerException($"{_target} is cut short: have the file sent again");
            }
        }

        private void Close()
        {
            foreach (SqliteCommand command in _prepared.Values)
            {
                command.Dispose();
            }

            _prepared.Clear();
            _connection.Dispose();
        }

        private void Execute(string text)
        {
            using SqliteCommand command = _connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }

        // Parsing a statement takes longer than running one, so each is parsed once.
        private SqliteCommand Prepare(string text, params object[] values)
        {
            if (!_prepared.TryGetValue(text, out SqliteCommand command))
            {
                command = _connection.CreateCommand();
                command.CommandText = text;
                for (int i = 1; i <= values.Length; i++)
                {
                    command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
                }

                _prepared.Add(text, command);
            }

            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
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
            try
            {
                access();
            }
            catch (SqliteException error)
            {
                throw new LedgerException(error.SqliteErrorCode switch
                {
                    Busy => $"another program is busy with {_target}: try again",
                    Full => $"there is no room left for {_target}",
                    InputOutput when IsBegun => $"{_target} could not be written; is there room for it? ({error.Message})",
                    CannotOpen => $"{_target} cannot be opened",
                    NotADatabase => $"{_target} is not {_form.Name}",
                    Corrupt => $"{_target} is damaged or cut short: have the file sent again",
                    _ => $"{_target} failed: {error.Message}",
                }, error);
            }
            catch (Exception error) when (error is FormatException or InvalidCastException or InvalidOperationException or OverflowException)
            {
                throw Damaged("a row");
            }
        }
    }
}
