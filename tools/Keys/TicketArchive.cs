using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace NanoComm.Keys
{
    /// <summary>An archive of tickets, to take one out of.</summary>
    public sealed class TicketArchive : IDisposable
    {
        /// <summary>How their names end.</summary>
        public const string Extension = ".nca";

        private const string Columns = "mu, cu, ticket, follows, digest";

        // Enough to see that it is more than one.
        private const int MostFound = 4;

        private readonly string _path;
        private readonly TableFile _file;

        private TicketArchive(string path)
        {
            _path = path;
            _file = TableFile.Open(path, TicketArchiveForm.Tables);
        }

        /// <summary>How many tickets it has.</summary>
        public int Count
        {
            get
            {
                return _file.First("SELECT tickets FROM archive", reader => new StrongBox<int>(reader.GetInt32(0)))?.Value
                    ?? throw _file.Damaged("the number of tickets");
            }
        }

        /// <summary>Whether a file may be an archive: it is no ticket then, nor an order.</summary>
        /// <exception cref="IOException">It cannot be read.</exception>
        public static bool IsOne(string path) => TableFile.IsOne(path);

        /// <summary>Opens one.</summary>
        /// <exception cref="LedgerException">It is none, or damaged.</exception>
        public static TicketArchive Open(string path) => new(path);

        /// <summary>Finds a ticket by its meter, its unit, or both.</summary>
        /// <param name="meter">The metering unit; null for any.</param>
        /// <param name="unit">The communication unit; null for any.</param>
        /// <exception cref="LedgerException">There is none, or more than one, or it is damaged.</exception>
        public ArchivedTicket Find(SystemTitle? meter, SystemTitle? unit)
        {
            List<Row> rows = Look(meter, unit);
            return rows.Count switch
            {
                1 => Read(rows[0]),
                0 => throw new LedgerException(Hint(meter, unit) is string hint ? $"{_path} has no ticket for {Words(meter, unit)}: {hint}"
                    : $"{_path} has no ticket for {Words(meter, unit)}"),
                _ => throw new LedgerException(meter is null
                    ? $"{_path} has more than one ticket for the unit {unit}, of the meters {List(rows.Select(row => row.Meter))}; say which one with --mu"
                    : $"{_path} has more than one ticket for the meter {meter}, for the units {List(rows.Select(row => row.Unit))}; say which one with --unit"),
            };
        }

        /// <summary>Every ticket.</summary>
        /// <exception cref="LedgerException">One is damaged.</exception>
        public IEnumerable<ArchivedTicket> All() => _file.All($"SELECT {Columns} FROM ticket", ReadRow).Select(Read);

        /// <summary>Looks at every ticket.</summary>
        /// <param name="progress">Told how many were looked at.</param>
        /// <exception cref="LedgerException">One is damaged or missing.</exception>
        public void Check(Action<int> progress)
        {
            int count = 0;
            foreach (ArchivedTicket _ in All())
            {
                progress(++count);
            }

            if (count != Count)
            {
                throw new LedgerException($"{_path} has {count:N0} tickets, and was made with {Count:N0}: have the file sent again");
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _file.Dispose();
        }

        private static string Words(SystemTitle? meter, SystemTitle? unit)
        {
            return meter is null ? $"the unit {unit}" : unit is null ? $"the meter {meter}" : $"the meter {meter} and the unit {unit}";
        }

        private static Row ReadRow(SqliteDataReader reader)
        {
            return new Row(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3),
                reader.GetFieldValue<byte[]>(4));
        }

        private static string List(IEnumerable<string> titles)
        {
            string[] some = titles.ToArray();
            return string.Join(", ", some) + (some.Length == MostFound ? ", …" : "");
        }

        // What it has in place of what was asked for, for who holds the wrong one of two.
        private string Hint(SystemTitle? meter, SystemTitle? unit)
        {
            if (meter is null || unit is null)
            {
                return null;
            }

            Row other = Look(meter, null).Concat(Look(null, unit)).FirstOrDefault();
            return other is null ? null : other.Meter == meter.ToString() ? $"its ticket for that meter is for the unit {other.Unit}"
                : $"its ticket for that unit is for the meter {other.Meter}";
        }

        private List<Row> Look(SystemTitle? meter, SystemTitle? unit)
        {
            string where = meter is null ? "cu = ?1" : unit is null ? "mu = ?1" : "mu = ?1 AND cu = ?2";
            object[] values = meter is null ? [unit?.ToString()] : unit is null ? [meter.ToString()] : [meter.ToString(), unit.ToString()];
            return _file.All($"SELECT {Columns} FROM ticket WHERE {where} LIMIT {MostFound}", ReadRow, values).ToList();
        }

        private ArchivedTicket Read(Row row)
        {
            string what = $"the ticket for the meter {row.Meter} and the unit {row.Unit}";
            try
            {
                bool isWhole = TicketArchiveForm.Digest(row.Meter, row.Unit, row.Ticket, row.Follows).AsSpan().SequenceEqual(row.Digest);
                Ticket ticket = isWhole ? Ticket.Parse(row.Ticket) : null;
                Order order = isWhole && row.Follows.Length > 0 ? Order.Parse(row.Follows) : null;
                bool isOurs = ticket is not null && ticket.Unit.ToString() == row.Unit && ticket.Meter?.ToString() == row.Meter
                    && (order is null || order.Unit == ticket.Unit);
                return isOurs ? new ArchivedTicket(ticket.Meter.Value, ticket.Unit, ticket, order) : throw _file.Damaged(what);
            }
            catch (Exception error) when (error is InvalidDataException or FormatException)
            {
                throw _file.Damaged(what);
            }
        }

        private sealed record Row(string Meter, string Unit, byte[] Ticket, byte[] Follows, byte[] Digest);
    }
}
