using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Each kind of damage that is planted in a ledger is found, and a ledger that is whole has none.</summary>
    [Parallelizable]
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres)]
    internal sealed class LedgerCheckTests(Backend backend) : LedgerTestBase(backend)
    {
        // A life: a ticket used, another one outdated by it, a lost one, a retired unit, an order answered, one open.
        [SetUp]
        public void SetUp()
        {
            _f.Issue();
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue())));
            IssuedTicket lost = _f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit);
            _f.Ledger.Revoke(_f.Ledger.Find(Convert.ToHexString(lost.Ticket.Id.Span)));
            _f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit);
            _f.Take(_f.Answer(_f.Order().Entry, OrderResult.Done));
            _f.Order();
            IssuedTicket retire = _f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit, TicketKind.Retire);
            _f.Ledger.Accept(ErasureRecord.Parse(_f.Erasure(LedgerFixture.OtherUnit, retire, Erased.Pairing)));
        }

        [Test]
        public void A_ledger_that_is_whole_has_no_fault_and_stays_as_it_is()
        {
            List<TicketEntry> before = _f.Tickets();
            var progress = new List<long>();
            var faults = new List<string>();
            LedgerCheck check = _f.Ledger.Check(faults.Add, faults.Add, progress.Add);
            Assert.That(faults, Is.Empty);
            Assert.That((check.Units, check.Tickets, check.Orders), Is.EqualTo((4, 5, 2)));
            Assert.That(progress[^1], Is.EqualTo(11));
            Assert.That(_f.Tickets(), Is.EqualTo(before));
        }

        // State 1 issued, 2 done; kind 1 to pair, 2 to retire; of orders state 1 open, 2 answered.
        [TestCase("UPDATE unit SET keys = (SELECT keys FROM unit WHERE title = '4E434D0000000002') WHERE title = '4E434D0000000001'",
            "unit 4E434D0000000001: its keys are damaged")]
        [TestCase("UPDATE unit SET kind = 7 WHERE title = '4E43430000000001'", "unit 4E43430000000001: kind 7")]
        [TestCase("UPDATE unit SET state = 0 WHERE title = '4E43430000000001'", "state 0")]
        [TestCase("UPDATE unit SET title = '4e43430000000009' WHERE title = '4E43430000000001'", "'4e43430000000009': that is no title")]
        [TestCase("UPDATE unit SET erasure = keys WHERE title = '4E43430000000001'", "proofs of erasure are cut off")]
        [TestCase("DELETE FROM unit WHERE title = '4E434D0000000001'", "'4E434D0000000001' is not in the ledger")]
        [TestCase("UPDATE ticket SET cu = '4E434D0000000001' WHERE state = 4", "'4E434D0000000001' is a unit of the other kind")]
        [TestCase("UPDATE ticket SET id = 'XYZ' WHERE state = 4", "'XYZ' is no ticket id")]
        [TestCase("UPDATE ticket SET id = (SELECT MAX(id) FROM ticket)", "was given out 5 times")]
        [TestCase("UPDATE ticket SET epoch = epoch - 100 WHERE state = 4", "below the time at which it was made")]
        [TestCase("UPDATE ticket SET epoch = epoch + 40000000 WHERE state = 4", "more than a year ahead")]
        [TestCase("UPDATE orders SET cu = '4E43430000000002', number = (SELECT MIN(epoch) FROM ticket WHERE cu = '4E43430000000002') "
            + "WHERE state = 2", "the epoch or number 4E43430000000002 ")]
        [TestCase("UPDATE ticket SET kind = 3 WHERE state = 4", "kind 3")]
        [TestCase("UPDATE ticket SET state = 9 WHERE state = 4", "state 9")]
        [TestCase("UPDATE ticket SET not_after = -1 WHERE state = 4", "not after -1")]
        [TestCase("UPDATE ticket SET closed = NULL WHERE state = 4", "does not go together: state 4, not closed")]
        [TestCase("UPDATE ticket SET proof = NULL WHERE state = 2", "does not go together: state 2, closed, no proof")]
        [TestCase("UPDATE ticket SET proof = (SELECT keys FROM unit WHERE title = '4E434D0000000001') WHERE state = 2 AND kind = 1",
            "its proof is not authentic")]
        [TestCase("UPDATE ticket SET proof = (SELECT proof FROM ticket WHERE state = 2 AND kind = 1) WHERE state = 2 AND kind = 2",
            "its proof is not authentic")]
        [TestCase("UPDATE ticket SET state = 1, closed = NULL WHERE state = 3", "that counts as usable, though a newer one was used there")]
        [TestCase("UPDATE orders SET draft = (SELECT keys FROM unit WHERE title = '4E43430000000001') WHERE state = 1",
            "what it says is damaged")]
        [TestCase("UPDATE orders SET number = number + 1 WHERE state = 1", "what it says is damaged")]
        [TestCase("UPDATE orders SET kind = 24 WHERE state = 1", "what it says is damaged")]
        [TestCase("UPDATE orders SET draft = NULL WHERE state = 1", "does not go together: state 1, not closed, nothing sealed")]
        [TestCase("UPDATE orders SET answer = (SELECT keys FROM unit WHERE title = '4E43430000000001') WHERE state = 2",
            "its answer is not authentic")]
        [TestCase("UPDATE orders SET answer = NULL WHERE state = 2", "does not go together: state 2")]
        [TestCase("UPDATE orders SET result = 77 WHERE state = 2", "result 77")]
        [TestCase("UPDATE orders SET mu = '4E434D00000000FF' WHERE state = 2", "'4E434D00000000FF' is not in the ledger")]
        [TestCase("UPDATE orders SET id = (SELECT MAX(id) FROM orders)", "was given out 2 times")]
        [TestCase("UPDATE orders SET made = made + 1000 WHERE state = 2", "below the time at which it was made")]
        public void Damage_is_found(string damage, string says)
        {
            _f.Restart(() => _f.Execute(damage));
            Assert.That(Faults(), Has.Some.Contains(says));
        }

        // The bytes are the ledger's own: one bit of each is another.
        [TestCase("unit", "keys", "title = '4E434D0000000002'", "unit 4E434D0000000002: its keys are damaged")]
        [TestCase("ticket", "proof", "state = 2 AND kind = 1", "its proof is not authentic")]
        [TestCase("ticket", "proof", "state = 2 AND kind = 2", "its proof is not authentic")]
        [TestCase("orders", "draft", "state = 1", "what it says is damaged")]
        [TestCase("orders", "answer", "state = 2", "its answer is not authentic")]
        public void One_bit_is_found(string table, string column, string which, string says)
        {
            string hex = _backend == Backend.Sqlite ? $"hex({column})" : $"encode({column}, 'hex')";
            byte[] bytes = Convert.FromHexString(_f.Query($"SELECT {hex} FROM {table} WHERE {which}").Single());
            bytes[^1] ^= 1;
            string literal = _backend == Backend.Sqlite ? $"x'{Convert.ToHexString(bytes)}'" : $"decode('{Convert.ToHexString(bytes)}', 'hex')";
            _f.Restart(() => _f.Execute($"UPDATE {table} SET {column} = {literal} WHERE {which}"));
            Assert.That(Faults().Single(), Does.Contain(says));
        }

        [Test]
        public void A_mark_that_was_set_back_is_found_and_one_ahead_is_noted()
        {
            uint highest = Math.Max(_f.Tickets().Max(ticket => ticket.Epoch), _f.Orders().Max(order => order.Number));
            if (_backend == Backend.Sqlite)
            {
                Assert.That(Faults(highest - 1), Has.One.Contains("it was set back"));
                Assert.That(Faults(0), Has.One.Contains("it was set back"));
                File.Delete(_f.MarkPath);
                Assert.That(Faults(), Has.One.Contains("is not there"));
            }

            Assert.That(Faults(highest + 5), Is.Empty);
            Assert.That(Notes(), Has.One.Contains("the next ones will be above the mark"));
            Assert.That(Faults(_f.Now + 40_000_000), Has.One.Contains("more than a year ahead"));
            File.WriteAllText(_f.MarkPath, "much\n");
            Assert.That(Faults(), Has.One.Contains("says 'much'"));
        }

        private List<string> Faults(uint mark)
        {
            File.WriteAllText(_f.MarkPath, $"{mark}\n");
            return Faults();
        }

        private List<string> Faults()
        {
            var faults = new List<string>();
            _f.Ledger.Check(faults.Add, _ => { }, _ => { });
            return faults;
        }

        private List<string> Notes()
        {
            var notes = new List<string>();
            _f.Ledger.Check(_ => { }, notes.Add, _ => { });
            return notes;
        }
    }
}
