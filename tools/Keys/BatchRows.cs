using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;

namespace NanoComm.Keys
{
    /// <summary>The good rows of a batch, in a file that has no name and goes with the program: each meter once, and each unit.</summary>
    internal sealed class BatchRows : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _insert;
        private readonly SqliteCommand _find;
        private readonly SqliteCommand _next;

        public BatchRows()
        {
            // No name: SQLite makes a temporary file, and keeps it in memory while it is small.
            _connection = new SqliteConnection("Data Source=;Pooling=False");
            _connection.Open();
            using SqliteCommand make = Make("CREATE TABLE batch (line INTEGER PRIMARY KEY, mu TEXT NOT NULL UNIQUE, "
                + "cu TEXT NOT NULL UNIQUE, not_after INTEGER NOT NULL)", 0);
            make.ExecuteNonQuery();
            _insert = Make("INSERT OR IGNORE INTO batch VALUES (?1, ?2, ?3, ?4)", 4);
            _find = Make("SELECT line, mu FROM batch WHERE mu = ?1 OR cu = ?2 ORDER BY line", 2);
            _next = Make("SELECT line, mu, cu, not_after FROM batch WHERE line > ?1 ORDER BY line LIMIT ?2", 2);
        }

        /// <summary>How many there are.</summary>
        public int Count { get; private set; }

        /// <summary>Does something with many rows at once.</summary>
        public void Together(Action action)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            _insert.Transaction = _find.Transaction = transaction;
            action();
            transaction.Commit();
        }

        /// <summary>Adds a row.</summary>
        /// <returns>Where its meter or its unit is already; null when neither is.</returns>
        public string Add(BatchRow row)
        {
            string meter = row.Request.Meter.ToString();
            string unit = row.Request.Unit.ToString();
            Bind(_insert, row.Line, meter, unit, (long)row.Request.NotAfter);
            if (_insert.ExecuteNonQuery() == 1)
            {
                Count++;
                return null;
            }

            Bind(_find, meter, unit);
            using SqliteDataReader reader = _find.ExecuteReader();
            reader.Read();
            return $"{(reader.GetString(1) == meter ? meter : unit)} is in line {reader.GetInt32(0)} already";
        }

        /// <summary>The next rows behind a line.</summary>
        public List<BatchRow> Next(int line, int most)
        {
            Bind(_next, line, most);
            using SqliteDataReader reader = _next.ExecuteReader();
            var rows = new List<BatchRow>(most);
            while (reader.Read())
            {
                rows.Add(new BatchRow(reader.GetInt32(0), new TicketRequest(TicketKind.Pair, SystemTitle.Parse(reader.GetString(1)),
                    SystemTitle.Parse(reader.GetString(2)), (uint)reader.GetInt64(3)), null));
            }

            return rows;
        }

        public void Dispose()
        {
            _insert.Dispose();
            _find.Dispose();
            _next.Dispose();
            _connection.Dispose();
        }

        private static void Bind(SqliteCommand command, params object[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i];
            }
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
