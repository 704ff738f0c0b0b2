using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>The ledger's tickets. A ticket's key is its metering unit and its epoch.</summary>
    internal sealed class TicketTable
    {
        private const string Columns = "epoch, id, kind, mu, cu, not_after, issued, state, closed";
        private const int Page = 1000;

        private readonly LedgerDatabase _database;

        public TicketTable(LedgerDatabase database)
        {
            _database = database;
        }

        /// <summary>Enters tickets.</summary>
        public void Add(IEnumerable<IssuedTicket> tickets, uint now)
        {
            _database.Insert("ticket", "epoch, id, kind, mu, cu, not_after, issued, state", tickets.Select(issued => new object[]
            {
                issued.Epoch, Convert.ToHexString(issued.Ticket.Id.Span), issued.Request.Kind, issued.Request.Meter, issued.Request.Unit,
                issued.Request.NotAfter, now, TicketState.Issued,
            }).ToList());
        }

        /// <summary>Finds a ticket by its id.</summary>
        /// <returns>Null when it is not in the ledger.</returns>
        public TicketEntry Find(string id)
        {
            return _database.First($"SELECT {Columns} FROM ticket WHERE id = ?1", Read, id.ToUpperInvariant());
        }

        /// <summary>Finds what was made for a communication unit under an epoch.</summary>
        /// <returns>Null when it is not in the ledger.</returns>
        public TicketEntry Find(SystemTitle unit, uint epoch)
        {
            return _database.First($"SELECT {Columns} FROM ticket WHERE cu = ?1 AND epoch = ?2", Read, unit, epoch);
        }

        /// <summary>All tickets of some meters.</summary>
        public List<TicketEntry> Of(IEnumerable<SystemTitle> meters) => With("mu", meters);

        /// <summary>All tickets for some communication units.</summary>
        public List<TicketEntry> For(IEnumerable<SystemTitle> units) => With("cu", units);

        /// <summary>The pairing that a meter has, as far as receipts tell.</summary>
        /// <returns>The ticket that made it; null when none is known.</returns>
        public TicketEntry PairingOf(SystemTitle meter)
        {
            return _database.First($"SELECT {Columns} FROM ticket WHERE mu = ?1 AND kind = ?2 AND state = ?3 ORDER BY epoch DESC LIMIT 1",
                Read, meter, TicketKind.Pair, TicketState.Done);
        }

        /// <summary>Notes that a ticket was carried out.</summary>
        public void Close(TicketEntry ticket, byte[] proof, uint now)
        {
            _database.Post("UPDATE ticket SET state = ?1, proof = ?2, closed = ?3 WHERE mu = ?4 AND epoch = ?5", TicketState.Done, proof,
                now, ticket.Meter, ticket.Epoch);
        }

        /// <summary>Notes that a newer ticket was used at a ticket's meter.</summary>
        public void Outdate(TicketEntry ticket, uint now)
        {
            _database.Post("UPDATE ticket SET state = ?1, closed = ?2 WHERE mu = ?3 AND epoch = ?4", TicketState.Outdated, now,
                ticket.Meter, ticket.Epoch);
        }

        /// <summary>Notes that a ticket was lost.</summary>
        public void Revoke(TicketEntry ticket, uint now)
        {
            _database.Run("UPDATE ticket SET state = ?1, closed = ?2 WHERE mu = ?3 AND epoch = ?4 AND state = ?5", TicketState.Revoked,
                now, ticket.Meter, ticket.Epoch, TicketState.Issued);
        }

        /// <summary>Notes that all tickets of a unit were lost with it.</summary>
        public void RevokeThoseOf(SystemTitle unit, uint now)
        {
            _database.Run("UPDATE ticket SET state = ?1, closed = ?2 WHERE cu = ?3 AND kind = ?4 AND state = ?5", TicketState.Revoked, now,
                unit, TicketKind.Pair, TicketState.Issued);
        }

        /// <summary>Lists tickets, the newest first, a page at a time.</summary>
        public IEnumerable<TicketEntry> List(TicketFilter filter)
        {
            return Paging.All(filter.Limit, filter.After, Page, (after, limit) =>
            {
                Conditions where = Where(filter);
                if (after is not null)
                {
                    where.AddBehind("epoch, mu", after.Epoch, after.Meter);
                }

                return _database.All($"SELECT {Columns} FROM ticket{where} ORDER BY epoch DESC, mu DESC LIMIT {limit}", Read, where.Values);
            }, ticket => ticket);
        }

        /// <summary>Counts tickets.</summary>
        public long Count(TicketFilter filter)
        {
            Conditions where = Where(filter);
            return _database.First($"SELECT COUNT(*) FROM ticket{where}", reader => reader.GetInt64(0), where.Values);
        }

        private static Conditions Where(TicketFilter filter)
        {
            var where = new Conditions();
            where.AddIf(filter.Meter is not null, "mu", filter.Meter);
            where.AddIf(filter.Unit is not null, "cu", filter.Unit);
            where.AddIf(filter.Kind is not null, "kind", filter.Kind);
            where.AddIf(filter.State is not null, "state", filter.State);
            if (filter.Since is uint since)
            {
                // An epoch is never below the time at which it was given: the first is for the index.
                where.AddIf(true, "epoch >= ", since);
                where.AddIf(true, "issued >= ", since);
            }

            return where;
        }

        private List<TicketEntry> With(string column, IEnumerable<SystemTitle> titles)
        {
            string columns = string.Join(", ", Columns.Split(", ").Select(name => "t." + name));
            return _database.All($"SELECT {columns} FROM {_database.Each(1)} JOIN ticket t ON t.{column} = k.value", Read,
                (object)titles.Distinct().Select(title => title.ToString()).ToArray());
        }

        private static TicketEntry Read(DbDataReader reader)
        {
            DateTimeOffset Time(int column) => UtilityTime.ToTime((uint)reader.GetInt64(column));
            return new TicketEntry((uint)reader.GetInt64(0), reader.GetString(1), (TicketKind)reader.GetInt32(2),
                SystemTitle.Parse(reader.GetString(3)), SystemTitle.Parse(reader.GetString(4)),
                reader.GetInt64(5) == UtilityTime.Never ? null : Time(5), Time(6), (TicketState)reader.GetInt32(7),
                reader.IsDBNull(8) ? null : Time(8));
        }
    }
}
