using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>What the ledger keeps, what it keeps secret, and what it takes back from the field.</summary>
    [Parallelizable]
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres)]
    internal sealed class LedgerTests(Backend backend) : LedgerTestBase(backend)
    {
        [Test]
        public void No_key_is_in_the_ledger()
        {
            using UnitKeys keys = _f.Ledger.KeysOf(_f.Ledger.Find(LedgerFixture.Meter));
            foreach (byte[] key in new[]
            {
                keys.WrappingKey, keys.ProofKey, keys.Utility.EncryptionKey, keys.Utility.AuthenticationKey,
            })
            {
                Assert.That(_f.Holds(key.AsSpan(0, 8)), Is.False);
            }

            Assert.That(_f.Holds("five words"u8), Is.False);
            Assert.That(_f.Holds("METER"u8), "what is not secret is");
        }

        [Test]
        public void A_wrong_passphrase_is_said()
        {
            Assert.That(() => Ledger.Open(_f.Address, "five words are long enougj"),
                Throws.TypeOf<LedgerException>().With.Message.Contains("wrong passphrase"));
        }

        [Test]
        public void Without_a_passphrase_one_can_look()
        {
            _f.Issue();
            using Ledger ledger = Ledger.Open(_f.Address, null);
            Assert.That(ledger.Tickets(new TicketFilter()).Count(), Is.EqualTo(1));
            Assert.That(ledger.Units(new UnitFilter()).Select(unit => unit.Title), Is.EqualTo(new[]
            {
                LedgerFixture.Unit, LedgerFixture.OtherUnit, LedgerFixture.Meter, LedgerFixture.OtherMeter,
            }));
        }

        [Test]
        public void What_is_no_ledger_is_said()
        {
            if (_backend == Backend.Postgres)
            {
                string none = TestServer.Get().Address("postgres", _f.MarkPath);
                Assert.That(() => Ledger.Open(none, null), Fails("there is no ledger in"));
                Assert.That(() => Ledger.Open(TestServer.Get().Address("nowhere", _f.MarkPath), null), Fails("does not exist").And.Message.Contains("createdb"));
                Assert.That(() => Ledger.Create(_f.Address, LedgerFixture.KeyManagement, LedgerFixture.Passphrase), Fails("is there already"));
                return;
            }

            string path = Path.Combine(_f.Folder, "other");
            Assert.That(() => Ledger.Open(path, null), Fails("there is no ledger"));
            File.WriteAllText(path, new string('x', 5000));
            Assert.That(() => Ledger.Open(path, null), Fails("is not a ledger"));
            File.WriteAllText(path, "");
            Assert.That(() => Ledger.Open(path, null), Fails("is not a ledger"));
            Assert.That(() => Ledger.Create(path, LedgerFixture.KeyManagement, LedgerFixture.Passphrase),
                Fails("is there already"));
            Assert.That(() => Ledger.Create(path + "2", LedgerFixture.KeyManagement, "too short"), Fails("12 characters"));
            Assert.That(File.Exists(path + "2"), Is.False);
        }

        [Test]
        public void Keys_moved_to_another_row_are_refused()
        {
            Tamper("UPDATE unit SET keys = (SELECT keys FROM unit WHERE title = '4E43430000000001') "
                + "WHERE title = '4E43430000000002'");
            Assert.That(() => _f.Issue(unit: LedgerFixture.OtherUnit), Fails("tampered"));
            Assert.That(_f.Issue().Epoch, Is.Positive);
        }

        [TestCase("UPDATE ledger SET iterations = 1")]
        [TestCase("UPDATE ledger SET iterations = 2000000000")]
        [TestCase("UPDATE ledger SET salt = x'00'")]
        [TestCase("UPDATE ledger SET key = x'00'")]
        [TestCase("UPDATE ledger SET title = 'no title'")]
        [TestCase("UPDATE ledger SET scheme = 'ROT13'")]
        [TestCase("DELETE FROM ledger")]
        [TestCase("DROP TABLE ledger")]
        public void A_ledger_tampered_with_is_refused_in_words(string statement)
        {
            _f.Ledger.Dispose();
            _f.Execute(statement);
            Assert.That(() => Ledger.Open(_f.Address, LedgerFixture.Passphrase).Dispose(), Throws.TypeOf<LedgerException>());
        }

        [Test]
        public void A_unit_is_entered_once()
        {
            using UnitKeys keys = UnitKeys.MakeUp(UnitKind.Communication);
            var title = SystemTitle.Parse("4E434300000000AA");
            NewUnit Same() => new(title, UnitKind.Communication, "A", Copy(keys));
            Assert.That(_f.Ledger.Enroll([Same()]), Is.EqualTo(1));
            Assert.That(_f.Ledger.Enroll([Same()]), Is.Zero);
            var other = new NewUnit(title, UnitKind.Communication, "A", UnitKeys.MakeUp(UnitKind.Communication));
            var fresh = new NewUnit(SystemTitle.Parse("4E434300000000AB"), UnitKind.Communication, "",
                UnitKeys.MakeUp(UnitKind.Communication));
            Assert.That(() => _f.Ledger.Enroll([fresh, other]), Fails("with other keys"));
            Assert.That(_f.Ledger.Find(fresh.Title), Is.Null, "all or none");
            using UnitKeys kept = _f.Ledger.KeysOf(_f.Ledger.Find(title));
            Assert.That(kept.WrappingKey, Is.EqualTo(keys.WrappingKey));
        }

        [Test]
        public void A_title_is_one_unit_of_one_kind()
        {
            var meter = new NewUnit(LedgerFixture.Unit, UnitKind.Metering, "", UnitKeys.MakeUp(UnitKind.Metering));
            Assert.That(() => _f.Ledger.Enroll([meter]), Fails("in the ledger already"));
            Assert.That(() => _f.Issue(LedgerFixture.Unit, LedgerFixture.Unit), Fails("a metering unit is wanted"));
            Assert.That(() => _f.Issue(LedgerFixture.Meter, LedgerFixture.Meter), Fails("a communication unit is wanted"));
        }

        [Test]
        public void An_end_that_is_over_is_refused()
        {
            TicketRequest request = LedgerFixture.Request() with { NotAfter = _f.Now - 1 };
            Assert.That(() => _f.Ledger.Check(request), Fails("is over"));
            _f.Ledger.Check(request with { NotAfter = _f.Now });
        }

        [Test]
        public void A_receipt_closes_its_ticket_and_outdates_those_below()
        {
            IssuedTicket old = _f.Issue(unit: LedgerFixture.OtherUnit);
            IssuedTicket elsewhere = _f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit);
            IssuedTicket used = _f.Issue();
            IssuedTicket later = _f.Issue();
            Receipt receipt = Receipt.Parse(_f.Receipt(used));
            Assert.That(_f.Ledger.Accept(receipt).State, Is.EqualTo(TicketState.Issued));
            Assert.That(State(used), Is.EqualTo(TicketState.Done));
            Assert.That(State(old), Is.EqualTo(TicketState.Outdated));
            Assert.That(State(elsewhere), Is.EqualTo(TicketState.Issued));
            Assert.That(State(later), Is.EqualTo(TicketState.Issued));
            Assert.That(_f.Ledger.PairingOf(LedgerFixture.Meter).Unit, Is.EqualTo(LedgerFixture.Unit));
            Assert.That(_f.Ledger.Accept(receipt).State, Is.EqualTo(TicketState.Done), "again");
        }

        [Test]
        public void An_older_receipt_that_comes_late_does_not_change_the_pairing()
        {
            IssuedTicket first = _f.Issue();
            IssuedTicket second = _f.Issue(unit: LedgerFixture.OtherUnit);
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(second)));
            Assert.That(_f.Ledger.Accept(Receipt.Parse(_f.Receipt(first))).State, Is.EqualTo(TicketState.Outdated));
            Assert.That(State(first), Is.EqualTo(TicketState.Done));
            Assert.That(_f.Ledger.PairingOf(LedgerFixture.Meter).Unit, Is.EqualTo(LedgerFixture.OtherUnit));
        }

        [Test]
        public void A_receipt_altered_in_any_bit_is_refused()
        {
            IssuedTicket issued = _f.Issue();
            byte[] good = _f.Receipt(issued);
            for (int i = 0; i < 8 * good.Length; i++)
            {
                byte[] bad = [.. good];
                bad[i / 8] ^= (byte)(1 << (i % 8));
                Assert.That(() => _f.Ledger.Accept(Receipt.Parse(bad)),
                    Throws.TypeOf<LedgerException>().Or.TypeOf<InvalidDataException>(), $"bit {i}");
            }

            Assert.That(State(issued), Is.EqualTo(TicketState.Issued));
        }

        [Test]
        public void An_authentic_receipt_of_no_ticket_here_is_refused()
        {
            IssuedTicket issued = _f.Issue();
            Assert.That(() => _f.Ledger.Accept(Receipt.Parse(_f.Receipt(issued, LedgerFixture.OtherUnit))),
                Fails("other units"));
            Assert.That(() => _f.Ledger.Accept(Receipt.Parse(_f.Receipt(issued, epoch: issued.Epoch + 1))),
                Fails("not in this ledger"));
            Assert.That(() => _f.Ledger.Accept(Receipt.Parse(PairingVectors.Get("receipt"))), Fails("not authentic"));
            Assert.That(State(issued), Is.EqualTo(TicketState.Issued));
        }

        [Test]
        public void An_erasure_record_closes_its_order()
        {
            IssuedTicket order = _f.Issue(kind: TicketKind.Retire);
            byte[] begun = _f.Erasure(LedgerFixture.Unit, order, Erased.Pairing, isDone: false);
            Assert.That(() => _f.Ledger.Accept(ErasureRecord.Parse(begun)), Fails("proves nothing yet"));
            byte[] done = _f.Erasure(LedgerFixture.Unit, order, Erased.Pairing | Erased.Logs);
            Assert.That(_f.Ledger.Accept(ErasureRecord.Parse(done)).Id, Is.EqualTo(Convert.ToHexString(order.Ticket.Id.Span)));
            Assert.That(State(order), Is.EqualTo(TicketState.Done));
            Assert.That(_f.Issue().Epoch, Is.Positive, "its factory keys are there: it can be paired again");
        }

        [Test]
        public void An_erasure_record_of_version_1_proves_no_more_than_that_it_was_begun()
        {
            IssuedTicket order = _f.Issue(kind: TicketKind.Retire);
            byte[] record = _f.Erasure(LedgerFixture.Unit, order, Erased.Pairing, version: 1);
            Assert.That(() => _f.Ledger.Accept(ErasureRecord.Parse(record)), Fails("version 1"));
            Assert.That(State(order), Is.EqualTo(TicketState.Issued));
        }

        [Test]
        public void An_erasure_record_altered_in_any_bit_but_the_phase_is_refused()
        {
            IssuedTicket order = _f.Issue(kind: TicketKind.Retire);
            byte[] good = _f.Erasure(LedgerFixture.Unit, order, Erased.Pairing);
            for (int i = 0; i < 8 * good.Length; i++)
            {
                byte[] bad = [.. good];
                bad[i / 8] ^= (byte)(1 << (i % 8));
                Assert.That(() => _f.Ledger.Accept(ErasureRecord.Parse(bad)),
                    Throws.TypeOf<LedgerException>().Or.TypeOf<InvalidDataException>(), $"bit {i}");
            }

            Assert.That(State(order), Is.EqualTo(TicketState.Issued));
        }

        [Test]
        public void An_erasure_record_of_another_unit_s_order_is_refused()
        {
            IssuedTicket order = _f.Issue(kind: TicketKind.Retire);
            IssuedTicket pairing = _f.Issue();
            Assert.That(() => _f.Ledger.Accept(ErasureRecord.Parse(_f.Erasure(LedgerFixture.OtherUnit, order, Erased.Pairing))),
                Fails("no order to that unit"));
            Assert.That(() => _f.Ledger.Accept(ErasureRecord.Parse(_f.Erasure(LedgerFixture.Unit, pairing, Erased.Pairing))),
                Fails("no order to that unit"));
        }

        [Test]
        public void A_unit_without_factory_keys_gets_no_ticket()
        {
            byte[] record = _f.Erasure(LedgerFixture.Unit, null, Erased.Pairing | Erased.FactoryKeys);
            Assert.That(_f.Ledger.Accept(ErasureRecord.Parse(record)), Is.Null, "the bench's order is no ticket");
            Assert.That(() => _f.Issue(), Fails("erased its factory keys"));
            Assert.That(() => _f.Issue(kind: TicketKind.Retire), Fails("erased its factory keys"));
        }

        // Retired, proved, and given new keys at the factory.
        [Test]
        public void A_unit_that_proved_its_erasure_is_a_unit_again_when_it_is_enrolled_again()
        {
            IssuedTicket before = _f.Issue();
            IssuedTicket order = _f.Issue(kind: TicketKind.Retire);
            byte[] proof = _f.Erasure(LedgerFixture.Unit, order, Erased.Pairing | Erased.FactoryKeys);
            _f.Ledger.Accept(ErasureRecord.Parse(proof));
            using UnitKeys old = _f.Ledger.KeysOf(_f.Ledger.Find(LedgerFixture.Unit));
            Assert.That(_f.Ledger.Enroll([new NewUnit(LedgerFixture.Unit, UnitKind.Communication, "UNIT", Copy(old))]), Is.Zero);
            Assert.That(() => _f.Issue(), Fails("erased its factory keys"), "the keys that it proved to have erased are none");

            UnitKeys made = UnitKeys.MakeUp(UnitKind.Communication);
            byte[] wrapping = [.. made.WrappingKey];
            Assert.That(_f.Ledger.Enroll([new NewUnit(LedgerFixture.Unit, UnitKind.Communication, "UNIT", made)]), Is.EqualTo(1));
            IssuedTicket after = _f.Issue();
            Assert.That(after.Epoch, Is.GreaterThan(order.Epoch));
            using UnitKeys now = _f.Ledger.KeysOf(_f.Ledger.Find(LedgerFixture.Unit));
            Assert.That(now.WrappingKey, Is.EqualTo(wrapping));
            Assert.That(Epochs(new TicketFilter { Unit = LedgerFixture.Unit }),
                Is.EqualTo(new[] { after.Epoch, order.Epoch, before.Epoch }), "its history is kept");
            Assert.That(State(order), Is.EqualTo(TicketState.Done));
            Assert.That(() => _f.Ledger.Accept(ErasureRecord.Parse(proof)), Fails("not authentic"), "of the life before");
            Assert.That(() => _f.Ledger.Enroll([new NewUnit(LedgerFixture.Unit, UnitKind.Communication, "UNIT",
                UnitKeys.MakeUp(UnitKind.Communication))]), Fails("with other keys"), "once");

            byte[] again = _f.Erasure(LedgerFixture.Unit, null, Erased.FactoryKeys);
            _f.Ledger.Accept(ErasureRecord.Parse(again));
            _f.Ledger.Accept(ErasureRecord.Parse(again));
            Assert.That(Proofs(LedgerFixture.Unit), Is.EqualTo((byte[])[.. proof, .. again]), "and both proofs, each once");
        }

        [Test]
        public void A_new_passphrase_opens_the_ledger_and_the_old_one_opens_it_no_more()
        {
            const string next = "another passphrase";
            using UnitKeys before = _f.Ledger.KeysOf(_f.Ledger.Find(LedgerFixture.Unit));
            byte[] sealedBefore = Sealed(LedgerFixture.Unit);
            using Ledger other = _f.Open();
            Assert.That(() => _f.Ledger.ChangePassphrase("too short"), Fails("too short"));
            _f.Ledger.ChangePassphrase(next);
            Assert.That(Sealed(LedgerFixture.Unit), Is.Not.EqualTo(sealedBefore), "the key under it is another one too");
            Assert.That(() => other.Enroll([new NewUnit(SystemTitle.Parse("4E43430000000077"), UnitKind.Communication, "UNIT",
                UnitKeys.MakeUp(UnitKind.Communication))]), Fails("has changed the passphrase"), "nor does one that had it open");
            Assert.That(_f.Issue().Epoch, Is.Positive, "goes on");
            Assert.That(() => Ledger.Open(_f.Address, LedgerFixture.Passphrase, _f.Clock), Fails("wrong passphrase"));
            using Ledger opened = Ledger.Open(_f.Address, next, _f.Clock);
            foreach (SystemTitle title in new[] { LedgerFixture.Unit, LedgerFixture.OtherUnit, LedgerFixture.Meter, LedgerFixture.OtherMeter })
            {
                using UnitKeys keys = opened.KeysOf(opened.Find(title));
                Assert.That(title != LedgerFixture.Unit || keys.WrappingKey.AsSpan().SequenceEqual(before.WrappingKey));
            }
        }

        [Test]
        public void A_metering_unit_or_a_lost_unit_is_not_enrolled_again()
        {
            _f.Ledger.Revoke(_f.Ledger.Find(LedgerFixture.Unit));
            foreach ((SystemTitle title, UnitKind kind) in new[]
            {
                (LedgerFixture.Unit, UnitKind.Communication), (LedgerFixture.Meter, UnitKind.Metering),
            })
            {
                Assert.That(() => _f.Ledger.Enroll([new NewUnit(title, kind, "UNIT", UnitKeys.MakeUp(kind))]), Fails("with other keys"));
            }
        }

        [Test]
        public void A_lost_unit_gets_orders_to_retire_only()
        {
            IssuedTicket issued = _f.Issue();
            _f.Ledger.Revoke(_f.Ledger.Find(LedgerFixture.Unit));
            Assert.That(State(issued), Is.EqualTo(TicketState.Revoked));
            Assert.That(() => _f.Issue(), Fails("was revoked"));
            Assert.That(_f.Issue(kind: TicketKind.Retire).Epoch, Is.GreaterThan(issued.Epoch));
        }

        [Test]
        public void A_lost_ticket_that_was_used_after_all_is_told()
        {
            IssuedTicket issued = _f.Issue();
            _f.Ledger.Revoke(_f.Ledger.Find(Convert.ToHexString(issued.Ticket.Id.Span)));
            Assert.That(State(issued), Is.EqualTo(TicketState.Revoked));
            Assert.That(_f.Ledger.Accept(Receipt.Parse(_f.Receipt(issued))).State, Is.EqualTo(TicketState.Revoked));
            Assert.That(State(issued), Is.EqualTo(TicketState.Done));
        }

        [Test]
        public void Tickets_are_found_by_what_they_are()
        {
            IssuedTicket pair = _f.Issue();
            IssuedTicket other = _f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit);
            IssuedTicket retire = _f.Issue(kind: TicketKind.Retire);
            Assert.That(Epochs(new TicketFilter()), Is.EqualTo(new[] { retire.Epoch, other.Epoch, pair.Epoch }));
            Assert.That(Epochs(new TicketFilter { Meter = LedgerFixture.Meter }),
                Is.EqualTo(new[] { retire.Epoch, pair.Epoch }));
            Assert.That(Epochs(new TicketFilter { Unit = LedgerFixture.OtherUnit }), Is.EqualTo(new[] { other.Epoch }));
            Assert.That(Epochs(new TicketFilter { Kind = TicketKind.Retire }), Is.EqualTo(new[] { retire.Epoch }));
            Assert.That(Epochs(new TicketFilter { State = TicketState.Done }), Is.Empty);
        }

        private static NUnit.Framework.Constraints.Constraint Fails(string says)
        {
            return Throws.TypeOf<LedgerException>().With.Message.Contains(says);
        }

        private static UnitKeys Copy(UnitKeys keys)
        {
            using var file = new MemoryStream();
            const string passphrase = "only to copy them";
            KeyFile.Write(file, passphrase, [new NewUnit(LedgerFixture.Unit, UnitKind.Communication, "", keys)]);
            file.Position = 0;
            return KeyFile.Read(file, passphrase).Single().Keys;
        }

        private TicketState State(IssuedTicket issued)
        {
            return _f.Ledger.Find(Convert.ToHexString(issued.Ticket.Id.Span)).State;
        }

        private List<uint> Epochs(TicketFilter filter) => _f.Ledger.Tickets(filter).Select(ticket => ticket.Epoch).ToList();

        private byte[] Proofs(SystemTitle unit) => _f.Column("erasure", unit);

        private byte[] Sealed(SystemTitle unit) => _f.Column("keys", unit);

        private void Tamper(string statement)
        {
            _f.Restart(() => _f.Execute(statement));
        }
    }
}
