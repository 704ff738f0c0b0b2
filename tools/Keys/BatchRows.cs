using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;

namespace NanoComm.Keys
{
    /// <summary>The rows of a batch while they wait, in a database of their own that goes with the program: memory does not grow
    /// with their number, and a ledger on a server has nothing to do with them.</summary>
    internal sealed class BatchRows : IDisposable
    {
        // A database without a name is a temporary file, which SQLite removes.
        private readonly SqliteConnection _connection = new("Data Source=;Pooling=False");
        private readonly SqliteCommand _add;
        private readonly SqliteCommand _find;
        private readonly SqliteCommand _next;

        public BatchRows()
        {
            _connection.Open();
            Make("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE TABLE batch (line INTEGER PRIMARY KEY, mu TEXT NOT NULL, "
                + "cu TEXT NOT NULL, not_after INTEGER NOT NULL, skipped INTEGER NOT NULL); CREATE UNIQUE INDEX batch_mu ON batch (mu); "
                + "CREATE INDEX batch_cu ON batch (cu); BEGIN", 0).ExecuteNonQuery();
            _add = Make("INSERT INTO batch VALUES (?1, ?2, ?3, ?4, ?5)", 5);
            _find = Make("SELECT line, mu, cu, not_after FROM batch WHERE mu = ?1 UNION ALL "
                + "SELECT line, mu, cu, not_after FROM batch WHERE cu = ?2 AND mu <> ?1 LIMIT 2", 2);
            _next = Make("SELECT line, mu, cu, not_after FROM batch WHERE line > ?1 AND NOT skipped ORDER BY line LIMIT ?2", 2);
        }

        /// <summary>Adds a row, whose meter must be in none yet.</summary>
        /// <param name="row">The row.</param>
        /// <param name="isSkipped">Whether nothing is to be made for it.</param>
        public void Add(in BatchRow row, bool isSkipped)
        {
            Bind(_add, row.Line, row.Request.Meter.ToString(), row.Request.Unit.ToString(), row.Request.NotAfter, isSkipped);
            _add.ExecuteNonQuery();
        }

        /// <summary>Rows with the meter or the unit of a row: that of the meter first, then one of the unit's others.</summary>
        public List<BatchRow> Like(in BatchRow row)
        {
            Bind(_find, row.Request.Meter.ToString(), row.Request.Unit.ToString());
            return Read(_find);
        }

        /// <summary>The next rows that a ticket is to be made for.</summary>
        /// <param name="line">Behind this line.</param>
        /// <param name="most">At most that many.</param>
        public List<BatchRow> Next(int line, int most)
        {
            Bind(_next, line, most);
            return Read(_next);
        }

        public void Dispose()
        {
            _add.Dispose();
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

        private static List<BatchRow> Read(SqliteCommand command)
        {
            var rows = new List<BatchRow>();
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(new BatchRow(reader.GetInt32(0), new TicketRequest(TicketKind.Pair, SystemTitle.Parse(reader.GetString(1)),
                    SystemTitle.Parse(reader.GetString(2)), (uint)reader.GetInt64(3))));
            }

            return rows;
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
