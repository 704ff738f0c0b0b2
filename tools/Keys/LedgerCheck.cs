using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>
    /// Looks whether a ledger is whole, and changes nothing: whether everything sealed in it opens, every proof is authentic,
    /// every unit that a ticket or an order names is there and of its kind, every epoch and number is given once and not ahead,
    /// what is said of each goes together, and the mark is not below it. Damage is told and gone past, so that all of it is seen.
    /// </summary>
    public sealed class LedgerCheck
    {
        private const int Page = 1000;
        private const int MostOfOneKind = 50;

        // As a next epoch that far ahead has to be confirmed.
        private static readonly uint FarAhead = (uint)TimeSpan.FromDays(365).TotalSeconds;

        private readonly LedgerDatabase _database;
        private readonly LedgerKey _key;
        private readonly uint _now;
        private readonly Action<string> _fault;
        private readonly Action<string> _note;
        private readonly Action<long> _progress;
        private uint _highest;

        internal LedgerCheck(LedgerDatabase database, LedgerKey key, uint now, Action<string> fault, Action<string> note,
            Action<long> progress)
        {
            _database = database;
            _key = key;
            _now = now;
            _fault = fault;
            _note = note;
            _progress = progress;
        }

        /// <summary>Units looked at.</summary>
        public long Units { get; private set; }

        /// <summary>Tickets looked at.</summary>
        public long Tickets { get; private set; }

        /// <summary>Orders looked at.</summary>
        public long Orders { get; private set; }

        internal void Run()
        {
            foreach (string damage in _database.FindDamage())
            {
                _fault($"the database: {damage}");
            }

            Try(CheckUnits);
            Try(CheckTickets);
            Try(CheckOrders);
            Try(CheckWhatIsGivenOnce);
            Try(CheckMark);

            // Nothing would open under the key of before.
            _key.CheckOutside();
        }

        private void CheckWhatIsGivenOnce()
        {
            CheckOnce("ticket id", "SELECT id, COUNT(*) FROM ticket GROUP BY id HAVING COUNT(*) > 1");
            CheckOnce("order id", "SELECT id, COUNT(*) FROM orders GROUP BY id HAVING COUNT(*) > 1");
            foreach (string column in new[] { "mu", "cu" })
            {
                CheckOnce("epoch or number", $"SELECT {column} || ' ' || n, COUNT(*) FROM (SELECT {column}, epoch AS n FROM ticket UNION ALL "
                    + $"SELECT {column}, number FROM orders) AS given GROUP BY {column}, n HAVING COUNT(*) > 1");
            }

        }

        private static bool IsOne<T>(long value)
            where T : struct, Enum => Enum.GetValues<T>().Any(one => Convert.ToInt64(one) == value);

        private static bool IsTime(long seconds) => seconds is >= 0 and <= UtilityTime.Never;

        private static bool IsId(string id) => id.Length == 2 * GeneralCiphering.IdLength && id.All(char.IsAsciiHexDigitUpper);

        // Whatever stands in a row: SQLite takes a text for a number.
        private static string Text(DbDataReader reader, int column) => reader.GetValue(column) as string ?? "";

        private static byte[] Bytes(DbDataReader reader, int column) => reader.GetValue(column) as byte[];

        private static long? NumberOrNull(DbDataReader reader, int column)
        {
            return reader.IsDBNull(column) ? null : Number(reader, column);
        }

        private static long Number(DbDataReader reader, int column) => reader.GetValue(column) switch
        {
            long number => number,
            int number => number,
            _ => -1,
        };

        private static T Parse<T>(Func<T> parse)
            where T : class
        {
            try
            {
                return parse();
            }
            catch (Exception error) when (error is System.IO.InvalidDataException or ArgumentException or IndexOutOfRangeException)
            {
                return null;
            }
        }

        // What cannot be read is told, and the rest is looked at.
        private void Try(Action part)
        {
            try
            {
                part();
            }
            catch (LedgerException error)
            {
                _fault(error.Message);
            }
        }

        private void CheckUnits()
        {
            string last = "";
            List<UnitRow> units;
            do
            {
                units = ReadUnits($"WHERE title > ?1 ORDER BY title LIMIT {Page}", last);
                foreach (UnitRow unit in units)
                {
                    last = unit.Title;
                    Check(unit);
                }

                Units += units.Count;
                _progress(Units);
            }
            while (units.Count == Page);
        }

        private List<UnitRow> ReadUnits(string which, object value)
        {
            return _database.All($"SELECT title, kind, state, enrolled, keys, erasure FROM unit {which}", reader =>
                new UnitRow(Text(reader, 0), Number(reader, 1), Number(reader, 2), Number(reader, 3), Bytes(reader, 4) ?? [],
                    Bytes(reader, 5)?.Length ?? 0), value);
        }

        private void Check(UnitRow unit)
        {
            string name = $"unit {CellText.Quote(unit.Title)}";
            if (!SystemTitle.TryParse(unit.Title, out SystemTitle title) || title.ToString() != unit.Title)
            {
                _fault($"{name}: that is no title");
                return;
            }

            name = $"unit {title}";
            if (!IsOne<UnitKind>(unit.Kind) || !IsOne<UnitState>(unit.State) || !IsTime(unit.Enrolled))
            {
                _fault($"{name}: kind {unit.Kind}, state {unit.State}, enrolled {unit.Enrolled}: one of them makes no sense");
                return;
            }

            if (unit.ErasureLength % ErasureRecord.Length != 0)
            {
                _fault($"{name}: its proofs of erasure are cut off");
            }

            using UnitKeys keys = Open(unit);
            if (keys is null)
            {
                _fault($"{name}: its keys are damaged or were tampered with");
            }
        }

        private UnitKeys Open(UnitRow unit)
        {
            if (!SystemTitle.TryParse(unit.Title, out SystemTitle title) || !IsOne<UnitKind>(unit.Kind))
            {
                return null;
            }

            byte[] plain = _key.Sealing.Open(unit.Keys, [(byte)unit.Kind, .. title.ToArray()]);
            UnitKeys keys = plain?.Length == UnitKeys.LengthOf((UnitKind)unit.Kind) ? UnitKeys.Read((UnitKind)unit.Kind, plain) : null;
            CryptographicOperations.ZeroMemory(plain);
            return keys;
        }

        // Of the titles that rows name.
        private Dictionary<string, UnitRow> Named(IEnumerable<string> titles)
        {
            return ReadUnits($"WHERE title {_database.Among(1)}", titles.Distinct().ToArray()).ToDictionary(unit => unit.Title);
        }

        private void CheckTickets()
        {
            (string Meter, long Epoch) last = ("", 0);
            List<TicketRow> tickets;
            do
            {
                tickets = _database.All("SELECT epoch, id, kind, mu, cu, not_after, issued, state, closed, proof FROM ticket "
                    + $"WHERE (mu, epoch) > (?1, ?2) ORDER BY mu, epoch LIMIT {Page}", reader => new TicketRow(Number(reader, 0),
                    Text(reader, 1), Number(reader, 2), Text(reader, 3), Text(reader, 4), Number(reader, 5), Number(reader, 6),
                    Number(reader, 7), NumberOrNull(reader, 8), Bytes(reader, 9)), last.Meter, last.Epoch);
                Dictionary<string, UnitRow> units = Named(tickets.SelectMany(ticket => new[] { ticket.Meter, ticket.Unit }));
                foreach (TicketRow ticket in tickets)
                {
                    last = (ticket.Meter, ticket.Epoch);
                    Check(ticket, units);
                }

                Tickets += tickets.Count;
                _progress(Units + Tickets);
            }
            while (tickets.Count == Page);
            CheckOutdated();
        }

        private void Check(TicketRow ticket, Dictionary<string, UnitRow> units)
        {
            string name = $"ticket of epoch {ticket.Epoch} for {ticket.Meter} and {ticket.Unit}";
            CheckNumber(name, ticket.Epoch, ticket.Issued);
            if (!IsId(ticket.Id))
            {
                _fault($"{name}: {CellText.Quote(ticket.Id)} is no ticket id");
            }

            if (!IsOne<TicketKind>(ticket.Kind) || !IsOne<TicketState>(ticket.State) || !IsTime(ticket.NotAfter) || !IsTime(ticket.Issued))
            {
                _fault($"{name}: kind {ticket.Kind}, state {ticket.State}, not after {ticket.NotAfter}, issued {ticket.Issued}: one of them "
                    + "makes no sense");
                return;
            }

            if (!IsThere(name, units, ticket.Meter, UnitKind.Metering) | !IsThere(name, units, ticket.Unit, UnitKind.Communication))
            {
                return;
            }

            bool isDone = ticket.State == (long)TicketState.Done;
            if ((ticket.State == (long)TicketState.Issued) != ticket.Closed is null || isDone == ticket.Proof is null)
            {
                _fault($"{name}: what is said of it does not go together: state {ticket.State}, "
                    + (ticket.Closed is null ? "not closed" : "closed") + (ticket.Proof is null ? ", no proof" : ", a proof"));
            }
            else if (isDone && !IsProven(ticket, units))
            {
                _fault($"{name}: its proof is not authentic, or of another ticket");
            }
        }

        private bool IsProven(TicketRow ticket, Dictionary<string, UnitRow> units)
        {
            if (ticket.Kind == (long)TicketKind.Pair)
            {
                Receipt receipt = Parse(() => Receipt.Parse(ticket.Proof));
                using UnitKeys meter = Open(units[ticket.Meter]);
                return receipt is not null && Convert.ToHexString(receipt.TicketId.Span) == ticket.Id && receipt.Epoch == ticket.Epoch
                    && (meter is null || receipt.IsAuthentic(meter.ProofKey));
            }

            // Enrolled again since, it has other keys.
            ErasureRecord record = Parse(() => ErasureRecord.Parse(ticket.Proof));
            UnitRow unit = units[ticket.Unit];
            using UnitKeys keys = unit.Enrolled <= ticket.Issued ? Open(unit) : null;
            return record is not null && Convert.ToHexString(record.OrderId.Span) == ticket.Id && record.Epoch == ticket.Epoch
                && (keys is null || record.IsAuthentic(keys.ProofKey));
        }

        private void CheckOutdated()
        {
            int pair = (int)TicketKind.Pair;
            foreach (string one in _database.All("SELECT t.mu || ' has a ticket of epoch ' || t.epoch FROM ticket t WHERE t.kind = ?1 AND "
                + "t.state = ?2 AND EXISTS (SELECT 1 FROM ticket newer WHERE newer.mu = t.mu AND newer.epoch > t.epoch AND newer.kind = ?1 "
                + $"AND newer.state = ?3) LIMIT {MostOfOneKind}", reader => reader.GetString(0), pair, TicketState.Issued, TicketState.Done))
            {
                _fault($"the meter {one} that counts as usable, though a newer one was used there");
            }
        }

        private void CheckOrders()
        {
            (string Unit, long Number) last = ("", 0);
            List<OrderRow> orders;
            do
            {
                orders = _database.All("SELECT number, id, kind, cu, mu, not_after, made, state, closed, result, answer, draft FROM orders "
                    + $"WHERE (cu, number) > (?1, ?2) ORDER BY cu, number LIMIT {Page}", reader => new OrderRow(Number(reader, 0),
                    Text(reader, 1), Number(reader, 2), Text(reader, 3), Text(reader, 4), Number(reader, 5), Number(reader, 6),
                    Number(reader, 7), NumberOrNull(reader, 8), NumberOrNull(reader, 9), Bytes(reader, 10), Bytes(reader, 11)),
                    last.Unit, last.Number);
                Dictionary<string, UnitRow> units = Named(orders.SelectMany(order => new[] { order.Meter, order.Unit }));
                foreach (OrderRow order in orders)
                {
                    last = (order.Unit, order.Number);
                    Check(order, units);
                }

                Orders += orders.Count;
                _progress(Units + Tickets + Orders);
            }
            while (orders.Count == Page);
        }

        private void Check(OrderRow order, Dictionary<string, UnitRow> units)
        {
            string name = $"order {order.Number} for {order.Unit}";
            CheckNumber(name, order.Number, order.Made);
            if (!IsId(order.Id))
            {
                _fault($"{name}: {CellText.Quote(order.Id)} is no order id");
            }

            if (!IsOne<OrderKind>(order.Kind) || !IsOne<OrderState>(order.State) || !IsTime(order.NotAfter) || !IsTime(order.Made)
                || (order.Result is long result && !IsOne<OrderResult>(result)))
            {
                _fault($"{name}: kind {order.Kind}, state {order.State}, not after {order.NotAfter}, made {order.Made}, result "
                    + $"{order.Result}: one of them makes no sense");
                return;
            }

            if (!IsThere(name, units, order.Unit, UnitKind.Communication) | !IsThere(name, units, order.Meter, UnitKind.Metering))
            {
                return;
            }

            bool isOpen = order.State == (long)OrderState.Open;
            if (isOpen != order.Closed is null || isOpen == order.Draft is null || order.Result is null != order.Answer is null
                || (order.State == (long)OrderState.Answered && order.Answer is null))
            {
                _fault($"{name}: what is said of it does not go together: state {order.State}, "
                    + (order.Closed is null ? "not closed" : "closed") + (order.Draft is null ? ", nothing sealed" : ", something sealed")
                    + (order.Answer is null ? ", no answer" : ", an answer"));
                return;
            }

            if (isOpen && !Opens(order))
            {
                _fault($"{name}: what it says is damaged or was tampered with");
            }

            if (order.Answer is not null && !IsAnswered(order, units[order.Unit]))
            {
                _fault($"{name}: its answer is not authentic");
            }
        }

        private bool Opens(OrderRow order)
        {
            byte[] draft = _key.Sealing.Open(order.Draft, OrderTable.Label((uint)order.Number, SystemTitle.Parse(order.Unit)));
            using OrderBody body = draft is null ? null : Parse(() => OrderMaker.BodyOf(draft));
            CryptographicOperations.ZeroMemory(draft);
            return body is not null && (long)body.Kind == order.Kind;
        }

        // The answer may be that to a later order of the unit, which tells of this one. Enrolled again since, it has other keys.
        private bool IsAnswered(OrderRow order, UnitRow unit)
        {
            OrderAnswer answer = Parse(() => OrderAnswer.Parse(order.Answer));
            using UnitKeys keys = unit.Enrolled <= order.Made ? Open(unit) : null;
            return answer is not null && answer.Unit.ToString() == order.Unit && (keys is null || answer.IsAuthentic(keys.ProofKey));
        }

        private bool IsThere(string name, Dictionary<string, UnitRow> units, string title, UnitKind kind)
        {
            bool isThere = units.TryGetValue(title, out UnitRow unit);
            if (!isThere || unit.Kind != (long)kind)
            {
                _fault($"{name}: {CellText.Quote(title)} is " + (isThere ? "a unit of the other kind" : "not in the ledger"));
                return false;
            }

            return true;
        }

        private void CheckNumber(string name, long number, long made)
        {
            if (number is < 1 or >= UtilityTime.Never || number < made)
            {
                _fault($"{name}: its epoch or number is below the time at which it was made, or none at all");
            }
            else if (number > (long)_now + FarAhead)
            {
                _fault($"{name}: its epoch or number is more than a year ahead of this computer's clock");
            }

            _highest = (uint)Math.Clamp(number, _highest, uint.MaxValue);
        }

        private void CheckOnce(string what, string query)
        {
            foreach ((string value, long count) in _database.All($"{query} LIMIT {MostOfOneKind}",
                reader => (reader.GetString(0), reader.GetInt64(1))))
            {
                _fault($"the {what} {value} was given out {count} times");
            }
        }

        private void CheckMark()
        {
            uint? mark = _database.Mark.Read();
            if (mark is null && _database.IsMarkBeside)
            {
                _fault($"{_database.Mark.Path} is not there: the ledger was moved or restored without it; its next epochs go on 30 days ahead");
            }
            else if (mark < _highest && _database.IsMarkBeside)
            {
                _fault($"{_database.Mark.Path} says {mark}, and the ledger has given out {_highest}: it was set back; a backup that is put "
                    + "beside it would give epochs out twice. Write the higher number into it");
            }
            else if (mark > (long)_now + FarAhead)
            {
                _fault($"{_database.Mark.Path} says {mark}, more than a year ahead of this computer's clock");
            }
            else if (mark > _highest)
            {
                _note($"{_database.Mark.Path} says {mark}, and the highest epoch or number in the ledger is {_highest}: what was given out "
                    + "above that was cut short, or forgotten by a restored backup; the next ones will be above the mark");
            }
        }

        private sealed record UnitRow(string Title, long Kind, long State, long Enrolled, byte[] Keys, int ErasureLength);

        private sealed record TicketRow(long Epoch, string Id, long Kind, string Meter, string Unit, long NotAfter, long Issued, long State,
            long? Closed, byte[] Proof);

        private sealed record OrderRow(long Number, string Id, long Kind, string Unit, string Meter, long NotAfter, long Made, long State,
            long? Closed, long? Result, byte[] Answer, byte[] Draft);
    }
}
