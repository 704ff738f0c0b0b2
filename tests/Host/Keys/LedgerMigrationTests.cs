using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Ledgers of before: looked at as they are, and brought up to date when they are unlocked.</summary>
    internal sealed class LedgerMigrationTests
    {
        // Versions 1 and 2 as they were made, and all that a ledger of today has put into their tables.
        private const string Before = """
            ALTER TABLE unit RENAME TO unit_now;
            ALTER TABLE ticket RENAME TO ticket_now;
            ALTER TABLE orders RENAME TO orders_now;
            CREATE TABLE unit (title TEXT PRIMARY KEY, kind INTEGER NOT NULL, serial TEXT NOT NULL, state INTEGER NOT NULL,
                enrolled INTEGER NOT NULL, keys BLOB NOT NULL, erasure BLOB) WITHOUT ROWID;
            CREATE TABLE ticket (epoch INTEGER PRIMARY KEY CHECK (epoch BETWEEN 1 AND 4294967295), id TEXT NOT NULL,
                kind INTEGER NOT NULL, mu TEXT NOT NULL REFERENCES unit (title), cu TEXT NOT NULL REFERENCES unit (title),
                not_after INTEGER NOT NULL, issued INTEGER NOT NULL, state INTEGER NOT NULL, closed INTEGER, proof BLOB);
            INSERT INTO unit SELECT title, kind, serial, state, enrolled, keys, erasure FROM unit_now;
            INSERT INTO ticket SELECT epoch, id, kind, mu, cu, not_after, issued, state, closed, proof FROM ticket_now;
            """;

        private const string Orders = """
            CREATE TABLE orders (number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 4294967295), id TEXT NOT NULL,
                kind INTEGER NOT NULL, cu TEXT NOT NULL REFERENCES unit (title), mu TEXT NOT NULL REFERENCES unit (title),
                not_after INTEGER NOT NULL, made INTEGER NOT NULL, state INTEGER NOT NULL, closed INTEGER, result INTEGER,
                answer BLOB, draft BLOB);
            INSERT INTO orders SELECT number, id, kind, cu, mu, not_after, made, state, closed, result, answer, draft FROM orders_now;
            """;

        private const string Rest = """
            DROP TABLE orders_now; DROP TABLE ticket_now; DROP TABLE unit_now; DROP TABLE held;
            CREATE INDEX ticket_mu ON ticket (mu, epoch);
            """;

        private LedgerFixture _f;

        [SetUp]
        public void SetUp()
        {
            _f = new LedgerFixture();
        }

        [TearDown]
        public void TearDown()
        {
            _f.Dispose();
        }

        [TestCase(1)]
        [TestCase(2)]
        public void A_ledger_of_before_is_looked_at_as_it_is_and_migrated_when_it_is_unlocked(int version)
        {
            IssuedTicket ticket = _f.Issue();
            IssuedTicket done = _f.Issue(LedgerFixture.OtherMeter);
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(done)));
            IssuedOrder order = version == 1 ? null : _f.Order(unit: LedgerFixture.OtherUnit, meter: LedgerFixture.OtherMeter);
            TicketEntry[] tickets = _f.Tickets().ToArray();
            OrderEntry[] orders = _f.Orders().ToArray();
            _f.Ledger.Dispose();
            Age(version);
            byte[] before = File.ReadAllBytes(_f.LedgerPath);
            Assert.That(_f.Orders(), Is.EqualTo(orders));
            Assert.That(_f.Tickets(), Is.EqualTo(tickets));
            using (Ledger locked = Ledger.Open(_f.LedgerPath, null, _f.Clock))
            {
                Assert.That(locked.LookAhead(), Is.EqualTo(new EpochOutlook(_f.Now, tickets.Max(entry => entry.Epoch), false, false))
                    .Or.Property(nameof(EpochOutlook.Last)).EqualTo(order?.Entry.Number));
                Assert.That(locked.OpenOrderOf(LedgerFixture.OtherUnit), Is.EqualTo(order?.Entry));
                Assert.That(locked.Count(new TicketFilter()), Is.EqualTo(tickets.Length));
            }

            Assert.That(() => Ledger.Open(_f.LedgerPath, "not its passphrase", _f.Clock), Fails("wrong passphrase"));
            Assert.That(File.ReadAllBytes(_f.LedgerPath), Is.EqualTo(before), "a look changes nothing");

            _f.Restart();
            Assert.That(_f.Tickets(), Is.EqualTo(tickets));
            Assert.That(_f.Orders(), Is.EqualTo(orders));
            Assert.That(_f.Order().Entry.Number, Is.GreaterThan(done.Epoch), "of the unit's last ticket, whichever its meter");
            _f.Restart();
            Assert.That(_f.Orders(), Has.Count.EqualTo(orders.Length + 1), "once");
            Assert.That(_f.Issue().Epoch, Is.GreaterThan(ticket.Epoch));
            Assert.That(_f.Query("SELECT name FROM sqlite_master WHERE name LIKE '%\\_before' ESCAPE '\\'"), Is.Empty);
        }

        [Test]
        public void Two_programs_migrate_a_ledger_once()
        {
            Age(1);
            Parallel.For(0, 4, _ => _f.Open().Dispose());
            Assert.That(_f.Order().Entry.State, Is.EqualTo(OrderState.Open));
        }

        [TestCase(0)]
        [TestCase(4)]
        public void A_ledger_of_another_version_is_refused_by_name(int version)
        {
            _f.Execute($"PRAGMA user_version = {version}");
            Assert.That(() => Ledger.Open(_f.LedgerPath, LedgerFixture.Passphrase),
                Fails($"version {version}: this program reads versions 1 to 3"));
        }

        private static NUnit.Framework.Constraints.Constraint Fails(string says)
        {
            return Throws.TypeOf<LedgerException>().With.Message.Contains(says);
        }

        private void Age(int version)
        {
            _f.Execute(Before + (version == 1 ? "" : Orders) + Rest
                + (version == 1 ? "" : "CREATE UNIQUE INDEX order_open ON orders (cu) WHERE state = 1;")
                + $"PRAGMA user_version = {version}");
        }
    }
}
