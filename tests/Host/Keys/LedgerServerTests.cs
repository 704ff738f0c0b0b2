using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NanoComm.Keys;
using Npgsql;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>What a server does that a file does not: it is shared, it goes away, it refuses.</summary>
    internal sealed class LedgerServerTests
    {
        private LedgerFixture _f;

        [SetUp]
        public void SetUp()
        {
            _f = new LedgerFixture(Backend.Postgres);
        }

        [TearDown]
        public void TearDown()
        {
            _f.Dispose();
        }

        // Each wants units that the others want too, in another order.
        [Test]
        public void Clerks_with_the_same_units_at_once_give_no_epoch_twice()
        {
            const int clerks = 4;
            const int rounds = 15;
            TicketRequest[] requests =
            [
                LedgerFixture.Request(), LedgerFixture.Request(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit),
                LedgerFixture.Request(LedgerFixture.OtherMeter), LedgerFixture.Request(unit: LedgerFixture.OtherUnit),
            ];
            var given = new List<IssuedTicket>[clerks];
            Parallel.For(0, clerks, new ParallelOptions { MaxDegreeOfParallelism = clerks }, clerk =>
            {
                using Ledger ledger = _f.Open();
                var random = new Random(clerk);
                given[clerk] = Enumerable.Range(0, rounds).SelectMany(_ =>
                {
                    TicketRequest[] some = random.GetItems(requests, 3);
                    return ledger.Issue(some);
                }).ToList();
            });
            IssuedTicket[] all = given.SelectMany(tickets => tickets).ToArray();
            foreach (Func<IssuedTicket, SystemTitle> of in new Func<IssuedTicket, SystemTitle>[]
            {
                ticket => ticket.Request.Meter, ticket => ticket.Request.Unit,
            })
            {
                Assert.That(all.GroupBy(ticket => (of(ticket), ticket.Epoch)).All(group => group.Count() == 1));
            }

            Assert.That(_f.Tickets().Select(ticket => (ticket.Meter, ticket.Epoch)),
                Is.EquivalentTo(all.Select(ticket => (ticket.Request.Meter, ticket.Epoch))));
        }

        // One has entered a meter, and has not committed yet: the other waits, and then sees it.
        [Test]
        public void A_serial_number_that_two_clerks_enter_at_once_is_a_meter_s_or_a_unit_s_and_not_both()
        {
            using Ledger other = _f.Open();
            using var isEntered = new ManualResetEventSlim();
            Task first = Task.Run(() => _f.Ledger.Enroll(Slowly()));
            isEntered.Wait();
            Task second = Task.Run(() => other.Enroll([New("4E43430000000099", UnitKind.Communication)]));
            WaitForLock();
            first.Wait();
            Assert.That(second.Wait, Throws.InnerException.TypeOf<LedgerException>().With.InnerException.Message.Contains("SAME"));

            // More than are entered at once.
            IEnumerable<NewUnit> Slowly()
            {
                yield return New("4E434D0000000099", UnitKind.Metering);
                for (int i = 0; i < 3 * Ledger.UnitsAtOnce; i++)
                {
                    if (i == 2 * Ledger.UnitsAtOnce + 1)
                    {
                        isEntered.Set();
                        WaitForLock();
                    }

                    yield return new NewUnit(SystemTitle.MakeUp("NCM"), UnitKind.Metering, "", UnitKeys.MakeUp(UnitKind.Metering));
                }
            }

            static NewUnit New(string title, UnitKind kind) => new(SystemTitle.Parse(title), kind, "SAME", UnitKeys.MakeUp(kind));
        }

        [Test]
        public void Clerks_in_each_other_s_way_are_sorted_out_by_the_server_and_try_again()
        {
            using NpgsqlConnection other = TestServer.Get().Connect(_f.Database);
            using NpgsqlTransaction transaction = other.BeginTransaction();
            Run(other, $"SELECT 1 FROM unit WHERE title = '{LedgerFixture.Meter}' FOR UPDATE");
            Task<IssuedTicket> issue = Task.Run(() => _f.Issue());

            // The clerk holds the communication unit, whose title is lower, and waits for the meter.
            WaitForLock();
            Assert.That(() => Run(other, $"SELECT 1 FROM unit WHERE title = '{LedgerFixture.Unit}' FOR UPDATE"),
                Throws.Nothing.Or.TypeOf<PostgresException>());
            transaction.Rollback();
            Assert.That(issue.Result.Epoch, Is.EqualTo(_f.Now));
            Assert.That(_f.Tickets(), Has.Count.EqualTo(1));
        }

        [Test]
        public void A_server_that_goes_away_between_two_tickets_is_reached_again()
        {
            uint first = _f.Issue().Epoch;
            EndConnections();
            Assert.That(_f.Ledger.Find(LedgerFixture.Unit), Is.Not.Null, "for looking");
            EndConnections();
            Assert.That(_f.Issue().Epoch, Is.EqualTo(first + 1), "and for a change");
        }

        [Test]
        public void A_connection_that_ends_in_the_middle_leaves_nothing_half_and_the_change_is_made_again()
        {
            using NpgsqlConnection other = TestServer.Get().Connect(_f.Database);
            using NpgsqlTransaction transaction = other.BeginTransaction();
            Run(other, $"SELECT 1 FROM unit WHERE title = '{LedgerFixture.Meter}' FOR UPDATE");
            Task<IssuedTicket> issue = Task.Run(() => _f.Issue());
            WaitForLock();
            EndConnections(other.ProcessID);
            transaction.Rollback();
            Assert.That(issue.Result.Epoch, Is.EqualTo(_f.Now));
            Assert.That(_f.Tickets(), Has.Count.EqualTo(1));
        }

        [Test]
        public void A_server_that_is_gone_is_said()
        {
            string gone = _f.Address.Replace($":{TestServer.Get().Port}/", ":1/");
            Assert.That(() => Ledger.Open(gone, null), Fails("cannot be reached").And.Message.Contains("127.0.0.1:1"));
        }

        [Test]
        public void A_server_that_takes_no_changes_is_said_and_can_be_looked_at()
        {
            _f.Issue();
            TestServer.Get().Execute("postgres", $"ALTER DATABASE {_f.Database} SET default_transaction_read_only = on");
            _f.Restart();
            Assert.That(() => _f.Issue(), Fails("takes no changes").And.Message.Contains("target_session_attrs"));
            Assert.That(_f.Tickets(), Has.Count.EqualTo(1));
        }

        // The server says so when its disk is full; here a trigger does.
        [Test]
        public void A_full_server_is_said_and_nothing_is_half_in_the_ledger()
        {
            _f.Order();
            _f.Execute("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space' "
                + "USING ERRCODE = '53100'; END $$; CREATE TRIGGER full_disk AFTER INSERT ON ticket EXECUTE FUNCTION full_disk()");
            OrderEntry[] orders = _f.Orders().ToArray();
            Assert.That(() => _f.Issue(), Fails("no room left"));
            Assert.That(_f.Tickets(), Is.Empty);
            Assert.That(_f.Orders(), Is.EqualTo(orders), "nor is the open order replaced");
            _f.Execute("DROP TRIGGER full_disk ON ticket");
            Assert.That(_f.Issue().Anew, Is.Not.Null);
        }

        [TestCase(2)]
        [TestCase(4)]
        public void A_ledger_of_another_version_is_refused_by_name(int version)
        {
            _f.Execute($"UPDATE schema_version SET version = {version}");
            Assert.That(() => _f.Open(), Fails($"version {version}: this program reads version 3"));
        }

        [TestCase("11.22", false)]
        [TestCase("12.0", true)]
        [TestCase("18.1", true)]
        public void A_server_of_an_old_version_is_refused(string version, bool isTaken)
        {
            Assert.That(PostgresLedger.WhyNot(new Version(version)), isTaken ? Is.Null : Does.Contain("PostgreSQL 11.22"));
        }

        [Test]
        public void Who_may_only_look_looks_and_makes_nothing()
        {
            IssuedOrder order = _f.Order();
            _f.Issue();
            string user = User("nanocomm_reader");
            using (Ledger ledger = Ledger.Open(As(user), null, _f.Clock))
            {
                Assert.That(ledger.Units(new UnitFilter()).Count(), Is.EqualTo(4));
                Assert.That(ledger.Tickets(new TicketFilter()).Count(), Is.EqualTo(1));
                Assert.That(ledger.Count(new OrderFilter()), Is.EqualTo(2));
                Assert.That(ledger.AnswerTo(order.Entry), Is.Empty);
                Assert.That(ledger.PairingOf(LedgerFixture.Meter), Is.Null);
                Assert.That(() => ledger.Revoke(ledger.Find(LedgerFixture.Unit)), Fails("nanocomm_clerk"));
            }

            Assert.That(() => Ledger.Open(As(user), LedgerFixture.Passphrase, _f.Clock), Fails("nanocomm_clerk").And.Message.Contains(user));
        }

        [Test]
        public void A_clerk_has_the_rights_for_everything_and_none_to_delete()
        {
            string user = User("nanocomm_clerk");
            using Ledger ledger = Ledger.Open(As(user), LedgerFixture.Passphrase, _f.Clock);
            IssuedTicket issued = ledger.Issue([LedgerFixture.Request()])[0];
            ledger.Issue(new OrderRequest(LedgerFixture.Unit, LedgerFixture.Meter, OrderBody.Of(OrderKind.Report), UtilityTime.Never));
            ledger.Accept(Receipt.Parse(_f.Receipt(issued)));
            ledger.Enroll([new NewUnit(SystemTitle.Parse("4E43430000000009"), UnitKind.Communication, "", UnitKeys.MakeUp(UnitKind.Communication))]);
            ledger.Revoke(ledger.Find(LedgerFixture.OtherUnit));
            _f.MoveElsewhere();
            Assert.That(ledger.Issue([LedgerFixture.Request()])[0].Epoch, Is.GreaterThan(_f.Now + 2_500_000));
            ledger.ChangePassphrase("another passphrase");
            using NpgsqlConnection connection = TestServer.Get().Connect(_f.Database);
            Run(connection, $"SET ROLE {user}");
            foreach (string table in new[] { "unit", "ticket", "orders", "held", "ledger" })
            {
                Assert.That(() => Run(connection, $"DELETE FROM {table}"), Throws.TypeOf<PostgresException>()
                    .With.Property(nameof(PostgresException.SqlState)).EqualTo(PostgresErrorCodes.InsufficientPrivilege));
            }
        }

        [Test]
        public void Who_has_no_role_at_all_is_told_which()
        {
            string user = User(null);
            Assert.That(() => Ledger.Open(As(user), null), Fails("nanocomm_reader"));
            Assert.That(() => Ledger.Open(As("nobody_at_all"), null), Fails("nobody_at_all"));
        }

        // pg_dump and pg_restore, a copy: what it was copied from may have gone on.
        [Test]
        public void A_ledger_that_was_copied_into_another_database_leaves_room_for_what_it_may_not_know()
        {
            _f.Issue();
            _f.Ledger.Dispose();
            string copy = TestServer.Copy(_f.Database);
            string address = TestServer.Get().Address(copy, _f.MarkPath);
            using Ledger ledger = Ledger.Open(address, LedgerFixture.Passphrase, _f.Clock);
            Assert.That(ledger.LookAhead().IsElsewhere);
            uint next = ledger.Issue([LedgerFixture.Request()])[0].Epoch;
            Assert.That(next, Is.GreaterThan(_f.Now + 2_500_000));
            Assert.That(ledger.LookAhead().IsElsewhere, Is.False, "once");
            Assert.That(ledger.Issue([LedgerFixture.Request(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit)])[0].Epoch, Is.EqualTo(next),
                "and for every unit");
        }

        [Test]
        public void A_passphrase_changed_while_others_work_is_waited_for_and_noticed()
        {
            using Ledger other = _f.Open();
            other.Issue([LedgerFixture.Request()]);
            using NpgsqlConnection holder = TestServer.Get().Connect(_f.Database);
            using NpgsqlTransaction transaction = holder.BeginTransaction();
            Run(holder, "SELECT 1 FROM ledger FOR SHARE");
            Task change = Task.Run(() => _f.Ledger.ChangePassphrase("another passphrase"));
            WaitForLock();
            Assert.That(change.IsCompleted, Is.False, "somebody is in the middle of a change");
            transaction.Rollback();
            change.Wait();
            Assert.That(() => other.Issue([LedgerFixture.Request()]), Fails("has changed the passphrase"));
            Assert.That(() => other.KeysOf(other.Find(LedgerFixture.Unit)), Fails("has changed the passphrase"));
            Assert.That(_f.Tickets(), Has.Count.EqualTo(1));
        }

        [Test]
        public void A_clerk_s_mark_holds_what_a_server_has_forgotten_and_another_clerk_goes_by_the_time()
        {
            _f.Restart(_f.Backup);
            uint forgotten = _f.Issue().Epoch;
            _f.Restart(_f.PutBack);
            using (Ledger other = Ledger.Open(TestServer.Get().Address(_f.Database, Path.Combine(_f.Folder, "other.epoch")),
                LedgerFixture.Passphrase, _f.Clock))
            {
                _f.Clock.Time += TimeSpan.FromSeconds(1);
                Assert.That(other.Issue([LedgerFixture.Request()])[0].Epoch, Is.GreaterThan(forgotten));
            }

            Assert.That(_f.Issue().Epoch, Is.GreaterThan(forgotten + 1));
        }

        private static NUnit.Framework.Constraints.Constraint Fails(string says)
        {
            return Throws.TypeOf<LedgerException>().With.Message.Contains(says);
        }

        private static void Run(NpgsqlConnection connection, string text)
        {
            using var command = new NpgsqlCommand(text, connection);
            command.ExecuteNonQuery();
        }

        private string As(string user) => TestServer.Get().Address(_f.Database, _f.MarkPath, user);

        private string User(string role)
        {
            string user = $"user_{_f.Database}";
            _f.Execute(LedgerRoles.Script);
            _f.Execute($"DROP ROLE IF EXISTS {user}; CREATE ROLE {user} LOGIN;" + (role is null ? "" : $"GRANT {role} TO {user}"));
            return user;
        }

        private void EndConnections(int butFor = 0)
        {
            TestServer.Get().Execute("postgres", "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                + $"WHERE datname = '{_f.Database}' AND pid <> {butFor}");
        }

        private void WaitForLock()
        {
            Assert.That(() => _f.Query($"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '{_f.Database}' AND wait_event_type = 'Lock'")[0],
                Is.EqualTo("1").After(20_000, 20));
        }
    }
}
