using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Threading;

namespace NanoComm.Keys
{
    /// <summary>
    /// Where a ledger's rows are: a file or a server. What is asked of it is written once, in the words that both understand;
    /// where they differ, the words are properties here. Parameters are ?1, ?2 and so on.
    /// </summary>
    internal abstract class LedgerDatabase : IDisposable
    {
        private const int MostAttempts = 7;
        private const int FirstPause = 100;

        private bool _isChanging;
        private bool _isEnding;

        protected LedgerDatabase(string name)
        {
            Name = name;
        }

        /// <summary>What messages call it.</summary>
        public string Name { get; }

        /// <summary>Where the highest epoch given out is kept, apart from the ledger itself.</summary>
        public abstract EpochMark Mark { get; }

        /// <summary>Whether a ledger whose mark is not there was moved or restored: its mark lies beside it.</summary>
        public abstract bool IsMarkBeside { get; }

        /// <summary>The schema's version that it has.</summary>
        public int Version { get; protected set; }

        /// <summary>Behind a query for rows that the change to come is about: others wait for it.</summary>
        public abstract string ForUpdate { get; }

        /// <summary>Behind a query for rows that must stay as they are until the change is done.</summary>
        public abstract string ForShare { get; }

        /// <summary>Runs at the start of every change.</summary>
        public Action Starting { get; set; } = () => { };

        /// <summary>What was asked of it since it was opened, each text once.</summary>
        public abstract IEnumerable<string> Statements { get; }

        /// <summary>That a value is one of a list, which is a parameter.</summary>
        public abstract string Among(int parameter);

        /// <summary>The values of a list, which is a parameter, as a table k with the column value.</summary>
        public abstract string Each(int parameter);

        /// <summary>Brings the schema up to date; called with the keys unlocked.</summary>
        public abstract void Migrate();

        /// <summary>Leaves the schema as it is, and makes up what it lacks for looking.</summary>
        public abstract void Look();

        /// <summary>What changes when a server is restored, failed over or moved; empty where nothing tells.</summary>
        public abstract string Incarnation();

        /// <summary>Within a change: waits until nobody else enters units, and lets nobody until the change is made. What one clerk enters
        /// is then compared with all that others have.</summary>
        public virtual void EnterAlone()
        {
        }

        /// <summary>Has the database look at itself, where it can.</summary>
        /// <returns>What it finds wrong.</returns>
        public virtual IReadOnlyList<string> FindDamage() => [];

        /// <summary>Does several things durably, all or none.</summary>
        /// <param name="change">What to do; it may be done again from its start where others or the server were in the way.</param>
        /// <param name="isRepeatable">Whether it can be.</param>
        public void Change(Action change, bool isRepeatable = true)
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    ChangeOnce(change);
                    return;
                }
                catch (LedgerException error) when (isRepeatable && attempt < MostAttempts && !error.IsInDoubt
                    && error.InnerException is DbException cause && IsPassing(cause))
                {
                    Thread.Sleep((FirstPause << (attempt - 1)) + Random.Shared.Next(FirstPause));
                }
            }
        }

        /// <summary>Runs a statement.</summary>
        /// <returns>How many rows it changed.</returns>
        public abstract int Run(string text, params object[] values);

        /// <summary>Runs a statement by the end of the change, or before the next one that is not posted.</summary>
        public abstract void Post(string text, params object[] values);

        /// <summary>Enters rows.</summary>
        /// <param name="table">The table.</param>
        /// <param name="columns">The columns' names.</param>
        /// <param name="rows">Of each row the values of these columns.</param>
        public abstract void Insert(string table, string columns, IReadOnlyList<object[]> rows);

        /// <summary>Reads the first row.</summary>
        /// <returns>The default where there is none.</returns>
        public T First<T>(string text, Func<DbDataReader, T> read, params object[] values)
        {
            return Read(text, values, reader => reader.Read() ? read(reader) : default);
        }

        /// <summary>Reads all rows at once: a query for many says at most how many.</summary>
        public List<T> All<T>(string text, Func<DbDataReader, T> read, params object[] values)
        {
            return Read(text, values, reader =>
            {
                var rows = new List<T>();
                while (reader.Read())
                {
                    rows.Add(read(reader));
                }

                return rows;
            });
        }

        public abstract void Dispose();

        /// <summary>A value as both back ends take it.</summary>
        protected static object Plain(object value) => value switch
        {
            null => DBNull.Value,
            uint number => (long)number,
            SystemTitle title => title.ToString(),
            Enum number => Convert.ToInt32(number),
            _ => value,
        };

        protected abstract void Begin();

        protected abstract void Commit();

        protected abstract void RollBack();

        /// <summary>Whether what went wrong passes by itself, and a second try is worth it.</summary>
        protected abstract bool IsPassing(DbException error);

        /// <summary>What went wrong, and what to do.</summary>
        /// <param name="error">What the driver says.</param>
        /// <param name="isEnding">Whether it came while a change was being made durable.</param>
        protected abstract string Describe(DbException error, bool isEnding);

        protected abstract DbDataReader Query(string text, object[] values);

        /// <summary>Does something with the database; what it fails with becomes what the key office can mend.</summary>
        protected void Guard(Action access)
        {
            try
            {
                access();
            }
            catch (DbException error)
            {
                throw new LedgerException(Describe(error, _isEnding), error) { IsInDoubt = _isEnding };
            }
            catch (Exception error) when (error is FormatException or InvalidCastException)
            {
                throw new LedgerException($"the ledger {Name} is damaged: restore a backup ({error.Message})", error);
            }
        }

        private T Read<T>(string text, object[] values, Func<DbDataReader, T> read)
        {
            T result = default;
            void Once() => Guard(() =>
            {
                using DbDataReader reader = Query(text, values);
                result = read(reader);
            });
            try
            {
                Once();
            }
            catch (LedgerException error) when (!_isChanging && error.InnerException is DbException cause && IsPassing(cause))
            {
                // The connection was lost since it was used last: the next try opens another.
                Once();
            }

            return result;
        }

        private void ChangeOnce(Action change)
        {
            Guard(Begin);
            _isChanging = true;
            try
            {
                Starting();
                change();
                Guard(() =>
                {
                    FlushPosted();
                    _isEnding = true;
                    Commit();
                });
            }
            catch
            {
                TryRollBack();
                throw;
            }
            finally
            {
                _isChanging = _isEnding = false;
            }
        }

        /// <summary>Runs what was posted.</summary>
        protected abstract void FlushPosted();

        private void TryRollBack()
        {
            try
            {
                RollBack();
            }
            catch (Exception error) when (error is DbException or InvalidOperationException or IOException)
            {
                // It has rolled back by itself, as SQLite does on a full disk, and a server when the connection is gone.
            }
        }
    }
}
