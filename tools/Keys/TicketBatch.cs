using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace NanoComm.Keys
{
    /// <summary>
    /// Makes many tickets. All rows are looked at before the first ticket is made, and a bad one stops the batch: a file
    /// with a mistake in it is a file to look at again. The rows wait in a temporary table, so that memory does not grow
    /// with their number.
    /// </summary>
    public sealed class TicketBatch
    {
        private const int TicketsPerCommit = 4000;

        private readonly Ledger _ledger;

        /// <summary>Starts a batch.</summary>
        public TicketBatch(Ledger ledger)
        {
            _ledger = ledger;
            _ledger.Database.Run("DROP TABLE IF EXISTS temp.batch");
            _ledger.Database.Run("CREATE TEMP TABLE batch (line INTEGER PRIMARY KEY, mu TEXT NOT NULL UNIQUE, "
                + "cu TEXT NOT NULL UNIQUE, not_after INTEGER NOT NULL)");
        }

        /// <summary>Rows that a ticket can be made for.</summary>
        public int Count { get; private set; }

        /// <summary>Open orders that the tickets ended.</summary>
        public int OrdersEnded { get; private set; }

        /// <summary>Those of them that were made anew; their files are beside the tickets'.</summary>
        public int OrdersMadeAnew { get; private set; }

        /// <summary>Reads and checks the rows.</summary>
        /// <param name="text">Comma-separated values: mu,cu[,not_after].</param>
        /// <param name="report">Told of each bad row.</param>
        /// <returns>How many rows are bad.</returns>
        /// <exception cref="InvalidDataException">The first line does not name the columns.</exception>
        public int Load(TextReader text, Action<BatchError> report)
        {
            var reader = new BatchReader(text);
            int bad = 0;
            _ledger.Database.Change(() =>
            {
                while (reader.Read(out TicketRequest request, out string error))
                {
                    error ??= Take(request, reader.Line);
                    if (error is not null)
                    {
                        bad++;
                        report(new BatchError(reader.Line, error));
                    }
                }
            });
            return bad;
        }

        /// <summary>Makes the tickets and their files in a folder.</summary>
        /// <param name="folder">Where the files go.</param>
        /// <param name="allowJump">Whether an epoch more than a year above the last one was confirmed.</param>
        /// <param name="progress">Told how many are done.</param>
        /// <exception cref="LedgerException">The ledger failed.</exception>
        /// <exception cref="IOException">A file could not be written.</exception>
        public void Issue(string folder, bool allowJump, Action<int> progress)
        {
            using var files = new TicketFolder(folder);
            Issue(files, allowJump, progress);
        }

        /// <summary>Makes the tickets, and puts them where they are wanted. Cut short, it can be done again: the tickets of the
        /// second run have higher epochs.</summary>
        /// <param name="sink">Where they go.</param>
        /// <param name="allowJump">Whether an epoch more than a year above the last one was confirmed.</param>
        /// <param name="progress">Told how many are done.</param>
        /// <exception cref="LedgerException">The ledger failed, or what the tickets go to.</exception>
        /// <exception cref="IOException">They could not be written.</exception>
        public void Issue(ITicketSink sink, bool allowJump, Action<int> progress)
        {
            int line = 0;
            int done = 0;
            IReadOnlyList<IssuedTicket> entered = [];
            List<(int Line, TicketRequest Request)> rows = Next(line);
            while (rows.Count > 0 || entered.Count > 0)
            {
                // The tickets entered before are written while the next ones are made.
                IReadOnlyList<IssuedTicket> made = [];
                Together(() => sink.Write(entered),
                    () => made = rows.Count == 0 ? [] : _ledger.Issue(rows.Select(row => row.Request).ToList(), allowJump));
                OrdersEnded += made.Count(ticket => ticket.Anew is not null || ticket.Dead is not null);
                OrdersMadeAnew += made.Count(ticket => ticket.Anew is not null);
                done += entered.Count;
                progress(done);
                entered = made;
                line = rows.Count == 0 ? line : rows[^1].Line;
                rows = Next(line);
            }

            sink.Finish();
        }

        private static void Together(Action one, Action other)
        {
            try
            {
                Parallel.Invoke(one, other);
            }
            catch (AggregateException error)
            {
                ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
            }
        }

        private static (int Line, TicketRequest Request) ReadRow(SqliteDataReader reader)
        {
            return (reader.GetInt32(0), new TicketRequest(TicketKind.Pair, SystemTitle.Parse(reader.GetString(1)),
                SystemTitle.Parse(reader.GetString(2)), (uint)reader.GetInt64(3)));
        }

        private List<(int Line, TicketRequest Request)> Next(int line)
        {
            return _ledger.Database.All("SELECT line, mu, cu, not_after FROM temp.batch WHERE line > ?1 ORDER BY line "
                + $"LIMIT {TicketsPerCommit}", ReadRow, line).ToList();
        }

        private string Take(in TicketRequest request, int line)
        {
            try
            {
                _ledger.Check(request);
            }
            catch (LedgerException error)
            {
                return error.Message;
            }

            string meter = request.Meter.ToString();
            string unit = request.Unit.ToString();
            if (_ledger.Database.Run("INSERT OR IGNORE INTO temp.batch VALUES (?1, ?2, ?3, ?4)", line, meter, unit,
                request.NotAfter) == 1)
            {
                Count++;
                return null;
            }

            return _ledger.Database.First("SELECT line, mu FROM temp.batch WHERE mu = ?1 OR cu = ?2", reader =>
                $"{(reader.GetString(1) == meter ? meter : unit)} is in line {reader.GetInt32(0)} already", meter, unit);
        }
    }
}
