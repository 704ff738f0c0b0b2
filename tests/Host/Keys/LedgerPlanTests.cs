using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>How the databases find what is asked of them: with millions of units nothing may look at every row, but to count
    /// or list all.</summary>
    [Parallelizable]
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres)]
    internal sealed class LedgerPlanTests(Backend backend) : LedgerTestBase(backend)
    {
        // Of one row.
        private static readonly string[] Small = ["ledger", "held", "schema_version", "pg_control_system", "pg_database"];

        [Test]
        public void Every_statement_is_served_by_an_index()
        {
            AskAll();
            string[] statements = _f.Ledger.Database.Statements.Where(IsPlanned).ToArray();
            Assert.That(statements, Has.Length.GreaterThan(45), "all of them");
            foreach (string table in new[] { "unit", "ticket", "orders" })
            {
                foreach (string verb in new[] { $"FROM {table}", $"UPDATE {table}" })
                {
                    Assert.That(statements.Any(text => text.Contains(verb)), verb);
                }
            }

            string[] slow = statements.Select(text => (text, Plan: Plan(text))).Where(one => one.Plan.Any(IsSlow))
                .Select(one => one.text + "\n  " + string.Join("\n  ", one.Plan)).ToArray();
            Assert.That(slow, Is.Empty, string.Join('\n', slow));
        }

        [Test]
        public void A_statement_without_an_index_is_found_slow()
        {
            Assert.That(Plan("SELECT COUNT(*) FROM ticket WHERE not_after = ?1").Any(IsSlow));
            Assert.That(Plan("SELECT title FROM unit WHERE hardware = ?1").Any(IsSlow));
        }

        private static bool IsPlanned(string text)
        {
            return new[] { "SELECT", "UPDATE" }.Any(verb => text.TrimStart().StartsWith(verb, StringComparison.Ordinal))
                && !text.Contains("pg_is_in_recovery");
        }

        private static T[] AndNone<T>()
            where T : struct, Enum => Enum.GetValues<T>();

        // Everything that a ledger does with its tables.
        private void AskAll()
        {
            IssuedTicket lost = _f.Issue();
            IssuedTicket used = _f.Issue();
            IssuedOrder order = _f.Order();
            _f.Issue();
            _f.Ledger.Again(LedgerFixture.Unit);
            OrderEntry open = _f.Ledger.OpenOrderOf(LedgerFixture.Unit);
            _f.Take(_f.Answer(open, OrderResult.Done, before: order.Entry));
            _f.Order();
            _f.Order(unit: LedgerFixture.OtherUnit);
            _f.Ledger.Revoke(_f.Ledger.Find(Convert.ToHexString(lost.Ticket.Id.Span)));
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(used)));
            _f.Ledger.TargetOf(LedgerFixture.Unit);
            _f.Ledger.InEffect(_f.Ledger.Find(LedgerFixture.Unit));
            _f.Ledger.WhyNot([LedgerFixture.Request()]);
            _f.Ledger.Accept(ErasureRecord.Parse(_f.Erasure(LedgerFixture.OtherUnit,
                _f.Issue(unit: LedgerFixture.OtherUnit, kind: TicketKind.Retire), Erased.FactoryKeys)));
            _f.Ledger.Enroll([new NewUnit(LedgerFixture.OtherUnit, UnitKind.Communication, "", UnitKeys.MakeUp(UnitKind.Communication))]);
            _f.Ledger.Revoke(_f.Ledger.Find(LedgerFixture.OtherUnit));
            _f.MoveElsewhere();
            _f.Issue();
            AskLists();
            _f.Ledger.ChangePassphrase("another passphrase");
        }

        private void AskLists()
        {
            TicketEntry ticket = _f.Tickets()[0];
            OrderEntry order = _f.Orders()[0];
            foreach (UnitState? state in AndNone<UnitState>().Cast<UnitState?>().Append(null))
            {
                foreach (UnitKind? kind in AndNone<UnitKind>().Cast<UnitKind?>().Append(null))
                {
                    var filter = new UnitFilter { State = state, Kind = kind };
                    _ = (_f.Ledger.Count(filter), _f.Ledger.Units(filter).Count(),
                        _f.Ledger.Units(filter with { After = LedgerFixture.Unit }).Count());
                }
            }

            foreach ((bool isMeter, bool isUnit, bool isKind, bool isState) in
                from bits in Enumerable.Range(0, 16) select ((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0, (bits & 8) > 0))
            {
                var filter = new TicketFilter
                {
                    Meter = isMeter ? ticket.Meter : null, Unit = isUnit ? ticket.Unit : null,
                    Kind = isKind ? ticket.Kind : null, State = isState ? ticket.State : null,
                };
                _ = (_f.Ledger.Count(filter), _f.Ledger.Tickets(filter).Count(), _f.Ledger.Tickets(filter with { After = ticket }).Count());
                _ = (_f.Ledger.Count(filter with { Since = ticket.Epoch }), _f.Ledger.Tickets(filter with { Since = ticket.Epoch }).Count());
                var orders = new OrderFilter
                {
                    Meter = filter.Meter, Unit = filter.Unit, State = isState ? order.State : null,
                    Age = isKind ? TimeSpan.FromDays(1) : null,
                };
                _ = (_f.Ledger.Count(orders), _f.Ledger.Orders(orders).Count(), _f.Ledger.Orders(orders with { After = order }).Count());
                _ = (_f.Ledger.Count(orders with { Since = order.Number }), _f.Ledger.Orders(orders with { Since = order.Number }).Count());
            }
        }

        private bool IsSlow(string step)
        {
            if (_backend == Backend.Sqlite)
            {
                return step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains("USING") && !step.StartsWith("SCAN k ")
                    && !Small.Contains(step.Split(' ')[1]) && !step.Contains("VIRTUAL TABLE") && !step.StartsWith("SCAN CONSTANT");
            }

            return step.Contains("Seq Scan on") && !Small.Any(table => step.Contains($"Seq Scan on {table}"));
        }

        private List<string> Plan(string text)
        {
            if (_backend == Backend.Sqlite)
            {
                return Steps($"EXPLAIN QUERY PLAN {text}", 3);
            }

            // As a server plans it that has no choice but an index, if there is one.
            int parameters = Enumerable.Range(1, 12).LastOrDefault(i => text.Contains($"?{i}"));
            string call = parameters == 0 ? "one" : $"one({string.Join(", ", Enumerable.Repeat("NULL", parameters))})";
            return Steps($"SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; PREPARE one AS {text.Replace('?', '$')}; "
                + $"EXPLAIN EXECUTE {call}", 0);
        }

        private List<string> Steps(string text, int column)
        {
            using DbConnection connection = _f.Connect();
            using DbCommand command = connection.CreateCommand();
            command.CommandText = text;
            using DbDataReader reader = command.ExecuteReader();
            var steps = new List<string>();
            do
            {
                while (reader.Read())
                {
                    steps.Add(reader.GetString(column));
                }
            }
            while (reader.NextResult());
            return steps;
        }
    }
}
