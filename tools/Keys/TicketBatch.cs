using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;

namespace NanoComm.Keys
{
    /// <summary>
    /// Makes many tickets. All rows are looked at before the first ticket is made, and a bad one stops the batch: a file
    /// with a mistake in it is a file to look at again. The rows wait in a temporary file, so that memory does not grow
    /// with their number.
    /// </summary>
    public sealed class TicketBatch : IDisposable
    {
        private const int TicketsPerCommit = 4000;
        private const int RowsAtOnce = 2000;

        private readonly Ledger _ledger;
        private readonly BatchRows _rows = new();

        /// <summary>Starts a batch.</summary>
        public TicketBatch(Ledger ledger)
        {
            _ledger = ledger;
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
            var waiting = new List<BatchRow>();
            int bad = 0;
            void Tell(int line, string what)
            {
                bad++;
                report(new BatchError(line, what));
            }

            while (reader.Read(out TicketRequest request, out string error))
            {
                // Those before it first: errors are told in the order of their lines.
                waiting.Add(new BatchRow(reader.Line, request, error));
                if (waiting.Count == RowsAtOnce)
                {
                    Take(waiting, Tell);
                }
            }

            Take(waiting, Tell);
            return bad;
        }

        /// <inheritdoc/>
        public void Dispose() => _rows.Dispose();

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
            List<BatchRow> rows = _rows.Next(line, TicketsPerCommit);
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
                rows = _rows.Next(line, TicketsPerCommit);
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

        // Rows that are good wait to be issued; the others are told.
        private void Take(List<BatchRow> rows, Action<int, string> tell)
        {
            List<BatchRow> read = rows.Where(row => row.Error is null).ToList();
            IReadOnlyList<string> reasons = _ledger.WhyNot(read.Select(row => row.Request).ToList());
            var looked = read.Zip(reasons).ToDictionary(pair => pair.First.Line, pair => pair.Second);
            _rows.Together(() =>
            {
                foreach (BatchRow row in rows)
                {
                    string error = row.Error ?? looked[row.Line] ?? _rows.Add(row);
                    if (error is not null)
                    {
                        tell(row.Line, error);
                    }
                }
            });
            Count = _rows.Count;
            rows.Clear();
        }
    }
}
