using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace NanoComm.Keys
{
    /// <summary>The ledger's orders. What an order says is sealed, and kept no longer than it is open.</summary>
    internal sealed class OrderTable
    {
        private const string Columns = "number, id, kind, cu, mu, not_after, made, state, closed, result";

        private readonly LedgerDatabase _database;

        public OrderTable(LedgerDatabase database)
        {
            _database = database;
        }

        /// <summary>Enters an order.</summary>
        /// <param name="entry">The order.</param>
        /// <param name="draft">What it says, and its fresh key.</param>
        public void Add(OrderEntry entry, byte[] draft)
        {
            _database.Run($"INSERT INTO orders ({Columns}, draft) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL, ?9)", entry.Number,
                entry.Id, (int)entry.Kind, entry.Unit.ToString(), entry.Meter.ToString(), EndOf(entry),
                UtilityTime.FromTime(entry.Made), (int)entry.State, _database.Key.Seal(draft, Label(entry.Number, entry.Unit)));
        }

        /// <summary>The open order of a unit.</summary>
        /// <returns>Null when there is none.</returns>
        public OrderEntry OpenOf(SystemTitle unit)
        {
            // The state as a number, so that the index of open orders serves.
            return _database.First($"SELECT {Columns} FROM orders WHERE cu = ?1 AND state = {(int)OrderState.Open}", Read,
                unit.ToString());
        }

        /// <summary>What an open order says, and its fresh key.</summary>
        /// <exception cref="LedgerException">It was tampered with.</exception>
        public byte[] DraftOf(OrderEntry open)
        {
            return Unseal(open.Number, open.Unit, _database.First("SELECT draft FROM orders WHERE number = ?1", ReadDraft,
                open.Number));
        }

        /// <summary>Finds an order by its number.</summary>
        /// <returns>Null when it is not in the ledger.</returns>
        public OrderEntry Find(uint number)
        {
            return _database.First($"SELECT {Columns} FROM orders WHERE number = ?1", Read, number);
        }

        /// <summary>The answer to an order.</summary>
        /// <returns>Empty when there is none.</returns>
        public byte[] AnswerTo(OrderEntry order)
        {
            return _database.First("SELECT answer FROM orders WHERE number = ?1",
                reader => reader.IsDBNull(0) ? [] : reader.GetFieldValue<byte[]>(0), order.Number);
        }

        /// <summary>Ends an open order, of which no answer has come.</summary>
        /// <returns>The order as it is then; null where it was null.</returns>
        public OrderEntry Close(OrderEntry open, OrderState state, uint now)
        {
            if (open is null)
            {
                return null;
            }

            _database.Run("UPDATE orders SET state = ?1, closed = ?2, draft = NULL WHERE number = ?3", (int)state, now, open.Number);
            return open with { State = state, Closed = UtilityTime.ToTime(now) };
        }

        /// <summary>Enters an answer.</summary>
        public void Answer(OrderEntry order, byte[] answer)
        {
            bool isOpen = order.State == OrderState.Open;
            _database.Run("UPDATE orders SET state = ?1, closed = ?2, result = ?3, answer = ?4, "
                + "draft = CASE WHEN ?5 THEN draft END WHERE number = ?6", (int)order.State, isOpen ? null : (object)UtilityTime.FromTime(order.Closed.Value),
                (int)order.Result.Value, answer, isOpen, order.Number);
        }

        /// <summary>Ends the open orders for a meter that has another unit now.</summary>
        /// <param name="pairing">The ticket that brought that unit there.</param>
        /// <param name="now">When that was heard.</param>
        public void CloseThoseOfOthers(TicketEntry pairing, uint now)
        {
            _database.Run($"UPDATE orders SET state = ?1, closed = ?2, draft = NULL WHERE state = {(int)OrderState.Open} AND mu = ?3 "
                + "AND cu <> ?4 AND number < ?5", (int)OrderState.Dead, now, pairing.Meter.ToString(), pairing.Unit.ToString(),
                pairing.Epoch);
        }

        /// <summary>Lists orders, the newest first.</summary>
        /// <param name="filter">Which.</param>
        /// <param name="latest">When those of a certain age were made at the latest.</param>
        public IEnumerable<OrderEntry> List(OrderFilter filter, uint? latest)
        {
            return _database.All($"SELECT {Columns} FROM orders WHERE (?1 IS NULL OR cu = ?1) AND (?2 IS NULL OR mu = ?2) "
                + "AND (?3 IS NULL OR state = ?3) AND (?4 IS NULL OR made <= ?4) ORDER BY number DESC", Read,
                filter.Unit?.ToString(), filter.Meter?.ToString(), (int?)filter.State, latest);
        }

        /// <summary>Seals all drafts under another key.</summary>
        public void Reseal(SealingKey next)
        {
            const int page = 1000;
            List<LockedDraft> drafts;
            long last = 0;
            do
            {
                drafts = _database.All("SELECT number, cu, draft FROM orders WHERE number > ?1 AND draft IS NOT NULL ORDER BY number "
                    + $"LIMIT {page}", reader => new LockedDraft((uint)reader.GetInt64(0), SystemTitle.Parse(reader.GetString(1)),
                    reader.GetFieldValue<byte[]>(2)), last).ToList();
                foreach (LockedDraft draft in drafts)
                {
                    byte[] plain = Unseal(draft.Number, draft.Unit, draft.Bytes);
                    last = draft.Number;
                    _database.Run("UPDATE orders SET draft = ?1 WHERE number = ?2", next.Seal(plain, Label(draft.Number, draft.Unit)),
                        last);
                    CryptographicOperations.ZeroMemory(plain);
                }
            }
            while (drafts.Count == page);
        }

        private static long EndOf(OrderEntry entry)
        {
            return entry.NotAfter is DateTimeOffset end ? UtilityTime.FromTime(end) : UtilityTime.Never;
        }

        private static byte[] ReadDraft(SqliteDataReader reader) => reader.IsDBNull(0) ? [] : reader.GetFieldValue<byte[]>(0);

        private static OrderEntry Read(SqliteDataReader reader)
        {
            DateTimeOffset Time(int column) => UtilityTime.ToTime((uint)reader.GetInt64(column));
            return new OrderEntry((uint)reader.GetInt64(0), reader.GetString(1), (OrderKind)reader.GetInt32(2),
                SystemTitle.Parse(reader.GetString(3)), SystemTitle.Parse(reader.GetString(4)),
                reader.GetInt64(5) == UtilityTime.Never ? null : Time(5), Time(6), (OrderState)reader.GetInt32(7),
                reader.IsDBNull(8) ? null : Time(8), reader.IsDBNull(9) ? null : (OrderResult)reader.GetInt32(9));
        }

        private static byte[] Label(uint number, SystemTitle unit)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
            return [.. "order"u8, .. bytes, .. unit.ToArray()];
        }

        private byte[] Unseal(uint number, SystemTitle unit, byte[] draft)
        {
            return _database.Key.Open(draft, Label(number, unit))
                ?? throw new LedgerException($"the order {number} for {unit} in the ledger is damaged or was tampered with");
        }

        private sealed record LockedDraft(uint Number, SystemTitle Unit, byte[] Bytes);
    }
}
