using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>
    /// Makes many tickets. All rows are looked at before the first ticket is made, and a bad one stops the batch: a file
    /// with a mistake in it is a file to look at again. What an earlier run has done is not done again, and the rows wait in a
    /// table, so that memory does not grow with their number.
    /// </summary>
    public sealed class TicketBatch : IDisposable
    {
        private const int TicketsPerCommit = 4000;
        private const int RowsPerLook = 1000;

        private readonly Ledger _ledger;
        private readonly WorkDone _done;
        private readonly BatchRows _table = new();

        /// <summary>Starts a batch.</summary>
        /// <param name="ledger">The ledger.</param>
        /// <param name="target">What may be there already; null where nothing can be.</param>
        public TicketBatch(Ledger ledger, BatchTarget target = null)
        {
            _ledger = ledger;
            _done = new WorkDone(ledger, target ?? new BatchTarget());
        }

        /// <summary>Rows that a ticket is made for.</summary>
        public int Count { get; private set; }

        /// <summary>Rows that are done already.</summary>
        public int Skipped { get; private set; }

        /// <summary>Open orders that the tickets ended.</summary>
        public int OrdersEnded { get; private set; }

        /// <summary>Those of them that were made anew; their files are beside the tickets'.</summary>
        public int OrdersMadeAnew { get; private set; }

        /// <summary>Reads and checks the rows.</summary>
        /// <param name="reader">The file.</param>
        /// <param name="fault">Told of everything that is wrong, line by line.</param>
        /// <param name="note">Told of rows that are worth a word: done already, twice the same, or a second meter for a unit.</param>
        /// <returns>How many faults there are.</returns>
        public int Load(BatchReader reader, Action<BatchError> fault, Action<BatchError> note)
        {
            if (reader.Ignored.Count > 0)
            {
                note(new BatchError(1, 0, "columns not looked at: " + string.Join(", ", reader.Ignored.Select(CellText.Quote))));
            }

            int faults = 0;
            bool isMore = true;
            var rows = new List<BatchRow>();
            while (isMore)
            {
                isMore = reader.Read(out BatchRow? row);
                if (row is not null)
                {
                    rows.Add(row.Value);
                }

                if (!isMore || rows.Count + reader.Faults.Count >= RowsPerLook)
                {
                    Take(rows, reader.Faults, note);
                    faults += reader.Faults.Count;
                    reader.Faults.OrderBy(error => error.Line).ToList().ForEach(fault);
                    reader.Faults.Clear();
                    rows.Clear();
                }
            }

            return faults;
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
            List<BatchRow> rows = _table.Next(line, TicketsPerCommit);
            while (rows.Count > 0 || entered.Count > 0)
            {
                // The tickets entered before are written while the next ones are made.
                IReadOnlyList<IssuedTicket> made = [];
                Together.Do(() => sink.Write(entered), () => made = Make(rows, allowJump));
                OrdersEnded += made.Count(ticket => ticket.Anew is not null || ticket.Dead is not null);
                OrdersMadeAnew += made.Count(ticket => ticket.Anew is not null);
                done += entered.Count;
                progress(done);
                entered = made;
                line = rows.Count == 0 ? line : rows[^1].Line;
                rows = _table.Next(line, TicketsPerCommit);
            }

            sink.Finish();
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _table.Dispose();
        }

        /// <summary>Adds a ticket that needs no file to ask for it.</summary>
        /// <param name="row">Its line is its place in the batch.</param>
        public void Add(in BatchRow row)
        {
            _table.Add(row, isSkipped: false);
            Count++;
        }

        // A file may have come into the way since the rows were looked at.
        private IReadOnlyList<IssuedTicket> Make(List<BatchRow> rows, bool allowJump)
        {
            foreach (BatchRow row in rows)
            {
                if (_done.WhyTaken(row.Request) is string taken)
                {
                    throw new LedgerException($"{taken}, and was not there before");
                }
            }

            return rows.Count == 0 ? [] : _ledger.Issue(rows.Select(row => row.Request).ToList(), allowJump);
        }

        private void Take(IReadOnlyList<BatchRow> rows, List<BatchError> faults, Action<BatchError> note)
        {
            IReadOnlyList<string> reasons = _ledger.WhyNot(rows.Select(row => row.Request).ToList());
            _done.Look(rows);
            foreach ((BatchRow row, string reason) in rows.Zip(reasons))
            {
                bool isSame = false;
                string done = null;
                string wrong = reason ?? WhyNotBeside(row, note, out isSame);
                if (wrong is null && !isSame)
                {
                    done = _done.Find(row.Request, out wrong);
                }

                if (wrong is not null)
                {
                    faults.Add(new BatchError(row.Line, 0, wrong));
                }
                else if (!isSame)
                {
                    Enter(row, done, note);
                }
            }
        }

        private void Enter(in BatchRow row, string done, Action<BatchError> note)
        {
            _table.Add(row, isSkipped: done is not null);
            if (done is null)
            {
                Count++;
                if (_done.ElsewhereOf(row.Request) is string elsewhere)
                {
                    note(new BatchError(row.Line, 0, elsewhere));
                }

                return;
            }

            Skipped++;
            note(new BatchError(row.Line, 0, $"{row.Request.Meter} with {row.Request.Unit} is done already: {done}"));
        }

        private string WhyNotBeside(in BatchRow row, Action<BatchError> note, out bool isSame)
        {
            TicketRequest request = row.Request;
            isSame = false;
            foreach (BatchRow other in _table.Like(row))
            {
                isSame = other.Request == request;
                if (isSame)
                {
                    note(new BatchError(row.Line, 0, $"the same as line {other.Line}: one ticket is made"));
                    return null;
                }

                if (other.Request.Meter == request.Meter)
                {
                    return other.Request.Unit == request.Unit ? $"the pair is in line {other.Line} already, with another end"
                        : $"{request.Meter} is in line {other.Line} already, with the unit {other.Request.Unit}";
                }

                note(new BatchError(row.Line, 0, $"the unit {request.Unit} is in line {other.Line} already, for the meter "
                    + $"{other.Request.Meter}: it gets a ticket for each, and can be at one"));
            }

            return null;
        }
    }
}
