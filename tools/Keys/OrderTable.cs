using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Security.Cryptography;

namespace NanoComm.Keys
{
    /// <summary>The ledger's orders. What an order says is sealed, and kept no longer than it is open.</summary>
    internal sealed class OrderTable
    {
        private const string Columns = "number, id, kind, cu, mu, not_after, made, state, closed, result";

        private const int Page = 1000;

        private readonly LedgerDatabase _database;
        private readonly LedgerKey _key;

        public OrderTable(LedgerDatabase database, LedgerKey key)
        {
            _database = database;
            _key = key;
        }

        /// <summary>Enters an order.</summary>
        /// <param name="entry">The order.</param>
        /// <param name="draft">What it says, and its fresh key.</param>
        public void Add(OrderEntry entry, byte[] draft)
        {
            _database.Run($"INSERT INTO orders ({Columns}, draft) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL, ?9)", entry.Number,
                entry.Id, entry.Kind, entry.Unit, entry.Meter, EndOf(entry), UtilityTime.FromTime(entry.Made), entry.State,
                _key.Sealing.Seal(draft, Label(entry.Number, entry.Unit)));
        }

        /// <summary>The open order of a unit.</summary>
        /// <returns>Null when there is none.</returns>
        public OrderEntry OpenOf(SystemTitle unit)
        {
            // The state as a number, so that the index of open orders serves.
            return _database.First($"SELECT {Columns} FROM orders WHERE cu = ?1 AND state = {(int)OrderState.Open}", Read, unit);
        }

        /// <summary>The open orders of units.</summary>
        public Dictionary<SystemTitle, OrderEntry> OpenOf(IEnumerable<SystemTitle> units)
        {
            return _database.All($"SELECT {Columns} FROM orders WHERE cu {_database.Among(1)} AND state = {(int)OrderState.Open}", Read,
                (object)units.Distinct().Select(unit => unit.ToString()).ToArray()).ToDictionary(order => order.Unit);
        }

        /// <summary>What an open order says, and its fresh key.</summary>
        /// <exception cref="LedgerException">It was tampered with.</exception>
        public byte[] DraftOf(OrderEntry open)
        {
            return Unseal(open.Number, open.Unit, _database.First("SELECT draft FROM orders WHERE cu = ?1 AND number = ?2",
                ReadDraft, open.Unit, open.Number));
        }

        /// <summary>Finds an order by its unit and number.</summary>
        /// <returns>Null when it is not in the ledger.</returns>
        public OrderEntry Find(SystemTitle unit, uint number)
        {
            return _database.First($"SELECT {Columns} FROM orders WHERE cu = ?1 AND number = ?2", Read, unit, number);
        }

        /// <summary>Finds orders of any unit by their number.</summary>
        public IReadOnlyList<OrderEntry> Find(uint number)
        {
            return _database.All($"SELECT {Columns} FROM orders WHERE number = ?1 ORDER BY cu LIMIT {Page}", Read, number);
        }

        /// <summary>The answer to an order.</summary>
        /// <returns>Empty when there is none.</returns>
        public byte[] AnswerTo(OrderEntry order)
        {
            return _database.First("SELECT answer FROM orders WHERE cu = ?1 AND number = ?2",
                reader => reader.IsDBNull(0) ? [] : reader.GetFieldValue<byte[]>(0), order.Unit, order.Number);
        }

        /// <summary>Ends an open order, of which no answer has come.</summary>
        /// <returns>The order as it is then; null where it was null.</returns>
        public OrderEntry Close(OrderEntry open, OrderState state, uint now)
        {
            if (open is null)
            {
                return null;
            }

            _database.Run("UPDATE orders SET state = ?1, closed = ?2, draft = NULL WHERE cu = ?3 AND number = ?4", state, now, open.Unit,
                open.Number);
            return open with { State = state, Closed = UtilityTime.ToTime(now) };
        }

        /// <summary>Enters an answer: the order is not open any more.</summary>
        public void Answer(OrderEntry order, byte[] answer)
        {
            _database.Run("UPDATE orders SET state = ?1, closed = ?2, result = ?3, answer = ?4, draft = NULL WHERE cu = ?5 "
                + "AND number = ?6", order.State, UtilityTime.FromTime(order.Closed.Value), order.Result.Value, answer, order.Unit,
                order.Number);
        }

        /// <summary>Orders for a unit of which nothing is known, though they are open no more.</summary>
        /// <param name="unit">The unit.</param>
        /// <param name="from">The lowest number.</param>
        /// <param name="below">Above the highest.</param>
        public IReadOnlyList<OrderEntry> Unsettled(SystemTitle unit, uint from, uint below)
        {
            return _database.All($"SELECT {Columns} FROM orders WHERE cu = ?1 AND result IS NULL AND state <> {(int)OrderState.Open} "
                + "AND number >= ?2 AND number < ?3 ORDER BY number", Read, unit, from, below);
        }

        /// <summary>The meters among these for which orders are open.</summary>
        public HashSet<SystemTitle> MetersWithOpen(IEnumerable<SystemTitle> meters)
        {
            return _database.All($"SELECT mu FROM orders WHERE mu {_database.Among(1)} AND state = {(int)OrderState.Open}",
                reader => SystemTitle.Parse(reader.GetString(0)), (object)meters.Distinct().Select(meter => meter.ToString()).ToArray())
                .ToHashSet();
        }

        /// <summary>Ends the open orders for a meter that has another unit now.</summary>
        /// <param name="pairing">The ticket that brought that unit there.</param>
        /// <param name="now">When that was heard.</param>
        public void CloseThoseOfOthers(TicketEntry pairing, uint now)
        {
            _database.Post($"UPDATE orders SET state = ?1, closed = ?2, draft = NULL WHERE state = {(int)OrderState.Open} AND mu = ?3 "
                + "AND cu <> ?4 AND number < ?5", OrderState.Dead, now, pairing.Meter, pairing.Unit, pairing.Epoch);
        }

        /// <summary>Lists orders, the newest first, a page at a time.</summary>
        /// <param name="filter">Which.</param>
        /// <param name="latest">When those of a certain age were made at the latest.</param>
        public IEnumerable<OrderEntry> List(OrderFilter filter, uint? latest)
        {
            return Paging.All(filter.Limit, filter.After, Page, (after, limit) =>
            {
                Conditions where = Where(filter, latest);
                if (after is not null)
                {
                    where.AddBehind("number, cu", after.Number, after.Unit);
                }

                return _database.All($"SELECT {Columns} FROM orders{where} ORDER BY number DESC, cu DESC LIMIT {limit}", Read, where.Values);
            }, order => order);
        }

        /// <summary>Counts orders.</summary>
        public long Count(OrderFilter filter, uint? latest)
        {
            Conditions where = Where(filter, latest);
            return _database.First($"SELECT COUNT(*) FROM orders{where}", reader => reader.GetInt64(0), where.Values);
        }

        /// <summary>Seals all drafts under another key.</summary>
        public void Reseal(SealingKey next)
        {
            List<LockedDraft> drafts;
            string last = "";
            do
            {
                // A unit has one open order, and only that has a draft.
                drafts = _database.All($"SELECT number, cu, draft FROM orders WHERE cu > ?1 AND state = {(int)OrderState.Open} "
                    + $"AND draft IS NOT NULL ORDER BY cu LIMIT {Page}", reader => new LockedDraft((uint)reader.GetInt64(0),
                    SystemTitle.Parse(reader.GetString(1)), reader.GetFieldValue<byte[]>(2)), last);
                foreach (LockedDraft draft in drafts)
                {
                    byte[] plain = Unseal(draft.Number, draft.Unit, draft.Bytes);
                    last = draft.Unit.ToString();
                    _database.Post("UPDATE orders SET draft = ?1 WHERE cu = ?2 AND number = ?3",
                        next.Seal(plain, Label(draft.Number, draft.Unit)), last, draft.Number);
                    CryptographicOperations.ZeroMemory(plain);
                }
            }
            while (drafts.Count == Page);
        }

        private static long EndOf(OrderEntry entry)
        {
            return entry.NotAfter is DateTimeOffset end ? UtilityTime.FromTime(end) : UtilityTime.Never;
        }

        private static Conditions Where(OrderFilter filter, uint? latest)
        {
            var where = new Conditions();
            where.AddIf(filter.Unit is not null, "cu", filter.Unit);
            where.AddIf(filter.Meter is not null, "mu", filter.Meter);
            where.AddIf(filter.State is not null, "state", filter.State);
            where.AddIf(latest is not null, "made <= ", latest);
            if (filter.Since is uint since)
            {
                // A number is never below the time at which it was given: the first is for the index.
                where.AddIf(true, "number >= ", since);
                where.AddIf(true, "made >= ", since);
            }

            return where;
        }

        private static byte[] ReadDraft(DbDataReader reader) => reader.IsDBNull(0) ? [] : reader.GetFieldValue<byte[]>(0);

        private static OrderEntry Read(DbDataReader reader)
        {
            DateTimeOffset Time(int column) => UtilityTime.ToTime((uint)reader.GetInt64(column));
            return new OrderEntry((uint)reader.GetInt64(0), reader.GetString(1), (OrderKind)reader.GetInt32(2),
                SystemTitle.Parse(reader.GetString(3)), SystemTitle.Parse(reader.GetString(4)),
                reader.GetInt64(5) == UtilityTime.Never ? null : Time(5), Time(6), (OrderState)reader.GetInt32(7),
                reader.IsDBNull(8) ? null : Time(8), reader.IsDBNull(9) ? null : (OrderResult)reader.GetInt32(9));
        }

        /// <summary>Under what an order is sealed.</summary>
        internal static byte[] Label(uint number, SystemTitle unit)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
            return [.. "order"u8, .. bytes, .. unit.ToArray()];
        }

        private byte[] Unseal(uint number, SystemTitle unit, byte[] draft)
        {
            byte[] plain = _key.Sealing.Open(draft, Label(number, unit));
            if (plain is null)
            {
                _key.CheckOutside();
                throw new LedgerException($"the order {number} for {unit} in the ledger is damaged or was tampered with");
            }

            return plain;
        }

        private sealed record LockedDraft(uint Number, SystemTitle Unit, byte[] Bytes);
    }
}
