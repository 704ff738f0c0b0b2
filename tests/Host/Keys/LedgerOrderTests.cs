using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Orders in the ledger: their numbers, what ends one, and what comes back.</summary>
    [Parallelizable]
    [TestFixture(Backend.Sqlite)]
    [TestFixture(Backend.Postgres, Explicit = true, Reason = "half a minute; dotnet test tests/Host --filter FullyQualifiedName~LedgerOrderTests -- NUnit.ExplicitMode=Relaxed")]
    internal sealed class LedgerOrderTests(Backend backend) : LedgerTestBase(backend)
    {
        private const string RouteBId = "00112233445566778899AABBCCDDEEFF";
        private const string Password = "aB7k0123ZZz9";

        [Test]
        public void Numbers_and_epochs_of_a_unit_are_one_sequence_from_the_time_on()
        {
            uint now = _f.Now;
            Assert.That(_f.Order().Entry.Number, Is.EqualTo(now));
            Assert.That(_f.Issue(unit: LedgerFixture.OtherUnit).Epoch, Is.EqualTo(now + 1));
            Assert.That(_f.Order(unit: LedgerFixture.OtherUnit).Entry.Number, Is.EqualTo(now + 2));
            _f.Clock.Time += TimeSpan.FromHours(1);
            Assert.That(_f.Order().Entry.Number, Is.EqualTo(now + 3600));
            _f.Clock.Time -= TimeSpan.FromDays(30);
            Assert.That(_f.Order().Entry.Number, Is.EqualTo(now + 3601));
            _f.Restart();
            Assert.That(_f.Issue(kind: TicketKind.Retire).Epoch, Is.EqualTo(now + 3602));
            Assert.That(File.ReadAllText(_f.MarkPath).Trim(), Is.EqualTo($"{now + 3602}"));
        }

        [Test]
        public void An_order_says_what_was_wanted_and_the_ledger_knows_it()
        {
            uint end = _f.Now + 86400;
            IssuedOrder issued = _f.Order(OrderBody.OpenRouteB(RouteBId, Password), notAfter: end);
            OpenedOrder opened = _f.Open(issued.Order);
            Assert.That((opened.Kind, opened.Meter, opened.Number, opened.NotAfter),
                Is.EqualTo((0x10, LedgerFixture.Meter, issued.Entry.Number, end)));
            Assert.That(Encoding.ASCII.GetString(opened.Body), Is.EqualTo(RouteBId + Password));
            Assert.That(_f.Orders().Single(), Is.EqualTo(issued.Entry));
            Assert.That((issued.Entry.Id, issued.Entry.Kind, issued.Entry.State, issued.Entry.Unit, issued.Entry.Meter),
                Is.EqualTo((opened.Id, OrderKind.OpenRouteB, OrderState.Open, LedgerFixture.Unit, LedgerFixture.Meter)));
            Assert.That(issued.Entry.NotAfter, Is.EqualTo(UtilityTime.ToTime(end)));
            Assert.That(issued.Replaced, Is.Null);
        }

        [Test]
        public void Nothing_that_an_order_says_is_to_be_read_in_the_ledger()
        {
            _f.Order(OrderBody.OpenRouteB(RouteBId, Password));
            _f.Order(OrderBody.WifiOn(WifiRole.Station, WifiSecurity.Wpa2, "the customer's"u8, "a passphrase"), LedgerFixture.OtherUnit);
            foreach (string secret in new[] { RouteBId[..8], Password[..8], "the customer", "a passphr" })
            {
                Assert.That(_f.Holds(Encoding.ASCII.GetBytes(secret)), Is.False, secret);
            }
        }

        [Test]
        public void A_unit_has_one_open_order_and_another_one_takes_its_place()
        {
            IssuedOrder first = _f.Order();
            IssuedOrder other = _f.Order(unit: LedgerFixture.OtherUnit);
            _f.Clock.Time += TimeSpan.FromMinutes(1);
            IssuedOrder second = _f.Order(OrderBody.Of(OrderKind.WifiOff));
            Assert.That(second.Replaced, Is.EqualTo(first.Entry with { State = OrderState.Replaced, Closed = _f.Clock.Time }));
            Assert.That(_f.Orders(), Is.EqualTo(new[] { second.Entry, other.Entry, second.Replaced }));
            Assert.That(() => _f.Execute($"UPDATE orders SET state = 1, closed = NULL WHERE number = {first.Entry.Number}"),
                Throws.Exception.With.Message.Contains("UNIQUE").IgnoreCase, "the ledger itself allows no two");
        }

        // A number more than the last, and nothing that was said with it.
        [Test]
        public void What_an_order_said_is_forgotten_when_it_is_not_open_any_more()
        {
            IssuedOrder replaced = _f.Order();
            IssuedOrder answered = _f.Order();
            IssuedOrder dead = _f.Order(unit: LedgerFixture.OtherUnit);
            _f.Take(_f.Answer(answered.Entry, OrderResult.Done));
            _f.Issue(unit: LedgerFixture.OtherUnit, kind: TicketKind.Retire);
            Assert.That(DraftsHeld(), Is.Empty);
            IssuedOrder open = _f.Order();
            Assert.That(DraftsHeld(), Is.EqualTo(new[] { open.Entry.Number }));
            Assert.That(new[] { replaced, answered, dead }.Select(order => State(order)),
                Is.EqualTo(new[] { OrderState.Replaced, OrderState.Answered, OrderState.Dead }));
        }

        [Test]
        public void The_open_order_can_be_made_again_to_the_byte()
        {
            Assert.That(() => _f.Ledger.Again(LedgerFixture.Unit), Fails("no order is open"));
            IssuedOrder issued = _f.Order(OrderBody.OpenRouteB(RouteBId, Password));
            _f.Restart();
            IssuedOrder again = _f.Ledger.Again(LedgerFixture.Unit);
            Assert.That(again.Order.Bytes.ToArray(), Is.EqualTo(issued.Order.Bytes.ToArray()));
            Assert.That(_f.Orders(), Has.Count.EqualTo(1), "no order of its own");
        }

        [Test]
        public void A_ticket_makes_the_open_order_anew_above_its_epoch()
        {
            uint end = _f.Now + 86400;
            IssuedOrder old = _f.Order(OrderBody.OpenRouteB(RouteBId, Password), notAfter: end);
            _f.Order(unit: LedgerFixture.OtherUnit);
            _f.Clock.Time += TimeSpan.FromHours(1);
            IssuedTicket ticket = _f.Issue();
            OpenedOrder anew = _f.Open(ticket.Anew.Order);
            Assert.That(anew.Number, Is.EqualTo(ticket.Epoch + 1));
            Assert.That((anew.Kind, anew.Meter, anew.NotAfter), Is.EqualTo((0x10, LedgerFixture.Meter, end)));
            Assert.That(Encoding.ASCII.GetString(anew.Body), Is.EqualTo(RouteBId + Password));
            Assert.That(anew.Id, Is.Not.EqualTo(old.Entry.Id));
            Assert.That(ticket.Anew.Replaced.Number, Is.EqualTo(old.Entry.Number));
            Assert.That((State(old), State(ticket.Anew)), Is.EqualTo((OrderState.Replaced, OrderState.Open)));
            Assert.That(_f.Issue().Epoch, Is.EqualTo(anew.Number + 1), "and the next epoch is above that");
        }

        [Test]
        public void A_ticket_for_another_meter_is_the_end_of_the_open_order()
        {
            IssuedOrder order = _f.Order(OrderBody.OpenRouteB(RouteBId, Password));
            IssuedTicket ticket = _f.Issue(LedgerFixture.OtherMeter);
            Assert.That((ticket.Anew, ticket.Dead.Number), Is.EqualTo(((IssuedOrder)null, order.Entry.Number)));
            Assert.That(State(order), Is.EqualTo(OrderState.Dead));
        }

        [Test]
        public void A_batch_makes_each_open_order_anew_and_no_number_comes_twice()
        {
            _f.Order();
            IReadOnlyList<IssuedTicket> issued = _f.Ledger.Issue([LedgerFixture.Request(),
                LedgerFixture.Request(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit), LedgerFixture.Request()]);
            Assert.That(issued.Select(ticket => ticket.Anew is not null), Is.EqualTo(new[] { true, false, true }));
            uint[] given = issued.SelectMany(ticket => ticket.Anew is null ? [ticket.Epoch]
                : new[] { ticket.Epoch, ticket.Anew.Entry.Number }).ToArray();
            Assert.That(given, Is.EqualTo(new[] { given[0], given[0] + 1, _f.Now, given[0] + 2, given[0] + 3 }));
            Assert.That(_f.Orders().Count(order => order.State == OrderState.Open), Is.EqualTo(1));
        }

        [Test]
        public void An_open_order_whose_end_is_over_is_not_made_anew()
        {
            IssuedOrder old = _f.Order(notAfter: _f.Now + 60);
            _f.Clock.Time += TimeSpan.FromSeconds(61);
            IssuedTicket ticket = _f.Issue();
            Assert.That(ticket.Anew, Is.Null);
            Assert.That((ticket.Dead.Number, State(old)), Is.EqualTo((old.Entry.Number, OrderState.Dead)));
        }

        [Test]
        public void An_order_is_dead_when_its_unit_is_to_retire_is_lost_or_has_erased_its_keys()
        {
            IssuedOrder retired = _f.Order();
            Assert.That(_f.Issue(kind: TicketKind.Retire).Dead.Number, Is.EqualTo(retired.Entry.Number));
            Assert.That(State(retired), Is.EqualTo(OrderState.Dead));

            IssuedOrder erased = _f.Order();
            _f.Ledger.Accept(ErasureRecord.Parse(_f.Erasure(LedgerFixture.Unit, null, Erased.Pairing)));
            Assert.That(State(erased), Is.EqualTo(OrderState.Open), "its keys are there: it can read it");
            _f.Ledger.Accept(ErasureRecord.Parse(_f.Erasure(LedgerFixture.Unit, null, Erased.FactoryKeys)));
            Assert.That(State(erased), Is.EqualTo(OrderState.Dead));
            Assert.That(() => _f.Order(), Fails("has erased its factory keys"));

            IssuedOrder lost = _f.Order(unit: LedgerFixture.OtherUnit);
            Assert.That(_f.Ledger.Revoke(_f.Ledger.Find(LedgerFixture.OtherUnit)).Number, Is.EqualTo(lost.Entry.Number));
            Assert.That(State(lost), Is.EqualTo(OrderState.Dead));
            Assert.That(() => _f.Order(unit: LedgerFixture.OtherUnit), Fails("was revoked"));
        }

        // The meter's box was emptied when it took the other unit.
        [Test]
        public void A_receipt_of_another_unit_is_the_end_of_orders_for_the_one_before()
        {
            IssuedOrder before = _f.Order();
            IssuedOrder elsewhere = _f.Order(unit: LedgerFixture.OtherUnit, meter: LedgerFixture.OtherMeter);
            IssuedTicket exchange = _f.Issue(unit: LedgerFixture.OtherUnit);
            IssuedTicket back = _f.Issue();
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(exchange)));
            Assert.That(State(before), Is.EqualTo(OrderState.Replaced), "by the last ticket");
            Assert.That(State(back.Anew), Is.EqualTo(OrderState.Open), "above the exchange");
            Assert.That(State(elsewhere), Is.EqualTo(OrderState.Dead), "its unit goes to another meter");

            _f.Order(unit: LedgerFixture.OtherUnit);
            IssuedTicket next = _f.Issue(unit: LedgerFixture.OtherUnit);
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(next)));
            Assert.That(State(back.Anew), Is.EqualTo(OrderState.Dead));
            Assert.That(State(next.Anew), Is.EqualTo(OrderState.Open));
        }

        [Test]
        public void An_answer_closes_its_order_and_what_was_taken_is_final()
        {
            IssuedOrder order = _f.Order();
            byte[] done = _f.Answer(order.Entry, OrderResult.Done);
            _f.Clock.Time += TimeSpan.FromMinutes(5);
            TakenAnswer taken = _f.Take(done);
            Assert.That((taken.Before, taken.IsAnother), Is.EqualTo((order.Entry, false)));
            Assert.That(Entry(order), Is.EqualTo(order.Entry with
            {
                State = OrderState.Answered, Closed = _f.Clock.Time, Result = OrderResult.Done,
            }));
            Assert.That(_f.Ledger.AnswerTo(Entry(order)), Is.EqualTo(done));

            _f.Clock.Time += TimeSpan.FromMinutes(5);
            OrderEntry entered = Entry(order);
            Assert.That(_f.Take(done).IsAnother, Is.False, "the same once more");
            Assert.That(_f.Take(_f.Answer(order.Entry, OrderResult.Overtaken)).IsAnother, Is.False, "shown to the unit again");
            Assert.That(_f.Take(_f.Answer(order.Entry, OrderResult.NoPlace)).IsAnother, "it has forgotten that it took it");
            Assert.That(_f.Take(_f.Answer(order.Entry, OrderResult.Done, second: 1)).IsAnother, "likewise");
            Assert.That(Entry(order), Is.EqualTo(entered));
            Assert.That(_f.Ledger.AnswerTo(entered), Is.EqualTo(done));
        }

        [TestCase(OrderResult.Expired)]
        [TestCase(OrderResult.UnknownKind)]
        [TestCase(OrderResult.Malformed)]
        [TestCase(OrderResult.SecurityNotAllowed)]
        [TestCase(OrderResult.NoSuchPath)]
        [TestCase(OrderResult.NoPlace)]
        public void A_refusal_is_final_too(OrderResult result)
        {
            IssuedOrder order = _f.Order();
            _f.Take(_f.Answer(order.Entry, result));
            Assert.That((State(order), Entry(order).Result), Is.EqualTo((OrderState.Answered, (OrderResult?)result)));
            Assert.That(_f.Take(_f.Answer(order.Entry, OrderResult.Done)).IsAnother);
            Assert.That(Entry(order).Result, Is.EqualTo(result));
        }

        // It may have been carried out before: that word comes late, and counts.
        [TestCase(OrderResult.Overtaken)]
        [TestCase(OrderResult.OtherMeter)]
        public void What_was_not_taken_ends_an_order_and_done_is_never_undone_by_it(OrderResult result)
        {
            IssuedOrder order = _f.Order();
            _f.Take(_f.Answer(order.Entry, result));
            Assert.That((State(order), Entry(order).Result), Is.EqualTo((OrderState.Answered, (OrderResult?)result)));
            Assert.That(() => _f.Ledger.Again(LedgerFixture.Unit), Fails("no order is open"));
            _f.Take(_f.Answer(order.Entry, OrderResult.Done));
            _f.Take(_f.Answer(order.Entry, result));
            Assert.That((State(order), Entry(order).Result), Is.EqualTo((OrderState.Answered, (OrderResult?)OrderResult.Done)));
        }

        // The answers to the first two were lost.
        [Test]
        public void An_answer_settles_the_orders_before_it()
        {
            IssuedOrder first = _f.Order(OrderBody.OpenRouteB(RouteBId, Password));
            IssuedOrder second = _f.Order(OrderBody.Of(OrderKind.WifiOff));
            IssuedOrder third = _f.Order(OrderBody.Of(OrderKind.Report));
            byte[] body = OrderVectors.Get("body of the report");
            TakenAnswer taken = _f.Take(_f.Answer(third.Entry, OrderResult.Done, body, before: first.Entry));
            Assert.That(taken.Settled.Select(order => (order.Number, order.State, order.Result)), Is.EqualTo(new[]
            {
                (first.Entry.Number, OrderState.Answered, (OrderResult?)OrderResult.Done),
                (second.Entry.Number, OrderState.Replaced, OrderResult.Overtaken),
            }));
            Assert.That(InEffect(), Is.EqualTo(new[] { first.Entry.Number }));
            Assert.That(Entry(second).Result, Is.EqualTo(OrderResult.Overtaken));
            Assert.That(_f.Take(_f.Answer(third.Entry, OrderResult.Done, body, before: first.Entry)).Settled, Is.Empty, "once");
        }

        // A newer one had been taken when the order came: what the answer names is that one.
        [Test]
        public void An_answer_that_was_not_recorded_tells_what_is()
        {
            IssuedOrder first = _f.Order();
            IssuedOrder second = _f.Order();
            IssuedOrder third = _f.Order();
            TakenAnswer taken = _f.Take(_f.Answer(first.Entry, OrderResult.Overtaken, before: second.Entry, resultBefore: 7));
            Assert.That(taken.Settled.Select(order => (order.Number, order.Result)), Is.EqualTo(new[] { (second.Entry.Number, (OrderResult?)OrderResult.NoPlace) }));
            Assert.That(Entry(third).State, Is.EqualTo(OrderState.Open));
            Assert.That(_f.Take(_f.Answer(third.Entry, OrderResult.Done, before: second.Entry, resultBefore: 7)).Settled, Is.Empty);
        }

        [Test]
        public void What_the_unit_does_not_know_stays_not_known()
        {
            IssuedOrder first = _f.Order();
            IssuedOrder second = _f.Order();
            Assert.That(_f.Take(_f.Answer(second.Entry, OrderResult.Done, before: first.Entry, resultBefore: 0xFF)).Settled, Is.Empty);
            Assert.That(Entry(first).Result, Is.Null);
        }

        [Test]
        public void An_answer_to_an_order_that_was_replaced_is_entered_and_what_is_in_effect_is_known()
        {
            IssuedOrder first = _f.Order(OrderBody.OpenRouteB(RouteBId, Password));
            IssuedOrder second = _f.Order(OrderBody.Of(OrderKind.WifiOff));
            IssuedOrder third = _f.Order(OrderBody.Of(OrderKind.CloseRouteB));
            Assert.That(InEffect(), Is.Empty);
            Assert.That(_f.Take(_f.Answer(second.Entry, OrderResult.Overtaken)).Now.State, Is.EqualTo(OrderState.Replaced));

            TakenAnswer taken = _f.Take(_f.Answer(first.Entry, OrderResult.Done));
            Assert.That((taken.Before.State, taken.Now.State), Is.EqualTo((OrderState.Replaced, OrderState.Answered)));
            Assert.That(InEffect(), Is.EqualTo(new[] { first.Entry.Number }));
            Assert.That(_f.Ledger.OpenOrderOf(LedgerFixture.Unit).Number, Is.EqualTo(third.Entry.Number), "still open");
            _f.Take(_f.Answer(third.Entry, OrderResult.Done));
            Assert.That(InEffect(), Is.EqualTo(new[] { third.Entry.Number }), "of the same thing the last one");
            IssuedOrder wifi = _f.Order(OrderBody.Of(OrderKind.WifiOff));
            _f.Take(_f.Answer(wifi.Entry, OrderResult.Done));
            Assert.That(InEffect(), Is.EqualTo(new[] { wifi.Entry.Number, third.Entry.Number }));
        }

        [Test]
        public void A_doubtful_answer_changes_nothing()
        {
            IssuedOrder order = _f.Order();
            IssuedOrder report = _f.Order(OrderBody.Of(OrderKind.Report), LedgerFixture.OtherUnit);
            List<OrderEntry> before = _f.Orders();
            byte[] good = _f.Answer(order.Entry, OrderResult.Done);
            for (int i = 0; i < 8 * good.Length; i++)
            {
                byte[] bad = [.. good];
                bad[i / 8] ^= (byte)(1 << (i % 8));
                Assert.That(() => _f.Take(bad), Throws.TypeOf<LedgerException>().Or.TypeOf<InvalidDataException>(), $"bit {i}");
            }

            byte[] body = OrderVectors.Get("body of the report");
            Assert.That(() => _f.Take(_f.Answer(order.Entry, OrderResult.Done, unit: LedgerFixture.OtherUnit)), Fails("for another unit"));
            Assert.That(() => _f.Take(_f.Answer(order.Entry, OrderResult.Done, number: order.Entry.Number + 1)), Fails("not in this ledger"));
            Assert.That(() => _f.Take(_f.Answer(order.Entry with { Id = report.Entry.Id }, OrderResult.Done)), Fails("not in this ledger"));
            Assert.That(() => _f.Take(_f.Answer(order.Entry, OrderResult.Done, body)), Fails("asks for none"));
            Assert.That(() => _f.Take(_f.Answer(report.Entry, OrderResult.Done)), Fails("asks for a report"));
            Assert.That(() => _f.Take(_f.Answer(report.Entry, OrderResult.NoPlace, body)), Fails("does not fit"));
            Assert.That(() => _f.Take(OrderVectors.Get("answer")), Fails("not in the ledger"));
            Assert.That(_f.Orders(), Is.EqualTo(before));
            Assert.That(_f.Take(_f.Answer(report.Entry, OrderResult.Done, body)).Now.Result, Is.EqualTo(OrderResult.Done));
        }

        [Test]
        public void Answers_of_a_unit_s_life_before_are_not_authentic()
        {
            IssuedOrder order = _f.Order();
            byte[] answer = _f.Answer(order.Entry, OrderResult.Done);
            _f.Ledger.Accept(ErasureRecord.Parse(_f.Erasure(LedgerFixture.Unit, null, Erased.FactoryKeys)));
            _f.Ledger.Enroll([new NewUnit(LedgerFixture.Unit, UnitKind.Communication, "UNIT", UnitKeys.MakeUp(UnitKind.Communication))]);
            Assert.That(() => _f.Take(answer), Fails("not authentic"));
            Assert.That(_f.Open(_f.Order().Order).Number, Is.GreaterThan(order.Entry.Number), "and orders are for its new keys");
        }

        [Test]
        public void The_meter_is_that_of_the_newest_ticket()
        {
            Assert.That(() => _f.Ledger.TargetOf(LedgerFixture.Unit), Fails("no ticket in the ledger pairs"));
            IssuedTicket first = _f.Issue();
            Assert.That(_f.Ledger.TargetOf(LedgerFixture.Unit), Is.EqualTo(new OrderTarget(LedgerFixture.Meter, null)), "no receipt yet");
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(first)));
            IssuedTicket move = _f.Issue(LedgerFixture.OtherMeter);
            Assert.That(_f.Ledger.TargetOf(LedgerFixture.Unit), Is.EqualTo(new OrderTarget(LedgerFixture.OtherMeter, LedgerFixture.Meter)));
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(move)));
            Assert.That(_f.Ledger.TargetOf(LedgerFixture.Unit), Is.EqualTo(new OrderTarget(LedgerFixture.OtherMeter, null)));
            _f.Ledger.Accept(Receipt.Parse(_f.Receipt(_f.Issue(LedgerFixture.OtherMeter, LedgerFixture.OtherUnit))));
            Assert.That(_f.Ledger.TargetOf(LedgerFixture.Unit).Meter, Is.EqualTo(LedgerFixture.Meter), "where it was before, as far as one knows");
            _f.Issue(kind: TicketKind.Retire);
            Assert.That(() => _f.Ledger.TargetOf(LedgerFixture.Unit), Fails("was ordered to retire"));
        }

        [Test]
        public void What_cannot_be_ordered_is_refused_and_uses_no_number()
        {
            string mark = File.ReadAllText(_f.MarkPath);
            Assert.That(() => _f.Order(unit: LedgerFixture.Meter), Fails("a communication unit is wanted"));
            Assert.That(() => _f.Order(meter: LedgerFixture.Unit), Fails("a metering unit is wanted"));
            Assert.That(() => _f.Order(unit: SystemTitle.Parse("4E434300000000FF")), Fails("is not in the ledger"));
            Assert.That(() => _f.Order(notAfter: _f.Now - 1), Fails("is over"));
            Assert.That(_f.Orders(), Is.Empty);
            Assert.That(File.ReadAllText(_f.MarkPath), Is.EqualTo(mark));
        }

        [Test]
        public void Without_a_durable_mark_no_order_leaves_and_the_one_before_stays()
        {
            IssuedOrder open = _f.Order();
            Directory.CreateDirectory(_f.MarkPath + ".tmp");
            Assert.That(() => _f.Order(), Throws.InstanceOf<UnauthorizedAccessException>().Or.InstanceOf<IOException>());
            Assert.That(_f.Orders().Single(), Is.EqualTo(open.Entry));
        }

        [Test]
        public void A_number_more_than_a_year_on_takes_a_confirmation()
        {
            _f.Order();
            _f.Clock.Time += TimeSpan.FromDays(366);
            Assert.That(() => _f.Order(), Fails("more than a year"));
            OrderRequest request = new(LedgerFixture.Unit, LedgerFixture.Meter, OrderBody.Of(OrderKind.Report), UtilityTime.Never);
            Assert.That(_f.Ledger.Issue(request, allowJump: true).Entry.Number, Is.EqualTo(_f.Now));
        }

        [Test]
        public void A_backup_that_has_forgotten_orders_gives_none_of_their_numbers_again()
        {
            _f.Restart(_f.Backup);
            IssuedOrder forgotten = Enumerable.Range(0, 50).Select(_ => _f.Order()).Last();
            byte[] answer = _f.Answer(forgotten.Entry, OrderResult.Done);
            _f.Restart(_f.PutBack);
            Assert.That(_f.Orders(), Is.Empty);
            Assert.That(() => _f.Take(answer), Fails("restored from an older backup"));
            Assert.That(_f.Order().Entry.Number, Is.EqualTo(forgotten.Entry.Number + 1));

            _f.Restart(() =>
            {
                _f.PutBack();
                _f.MoveElsewhere();
            });
            Assert.That(_f.Order().Entry.Number, Is.GreaterThan(_f.Now + 2_500_000), "without the mark it leaves room");
        }

        [Test]
        public void A_new_passphrase_seals_open_orders_anew_too()
        {
            IssuedOrder order = _f.Order(OrderBody.OpenRouteB(RouteBId, Password));
            _f.Order(unit: LedgerFixture.OtherUnit);
            string before = Draft(order);
            _f.Ledger.ChangePassphrase("another passphrase");
            Assert.That(Draft(order), Is.Not.EqualTo(before));
            Assert.That(_f.Ledger.Again(LedgerFixture.Unit).Order.Bytes.ToArray(), Is.EqualTo(order.Order.Bytes.ToArray()));
            using Ledger opened = Ledger.Open(_f.Address, "another passphrase", _f.Clock);
            Assert.That(opened.Again(LedgerFixture.Unit).Order.Bytes.ToArray(), Is.EqualTo(order.Order.Bytes.ToArray()));
        }

        [TestCase("UPDATE orders SET draft = (SELECT draft FROM orders WHERE cu = '4E43430000000002') WHERE cu = '4E43430000000001'")]
        [TestCase("UPDATE orders SET draft = x'00' WHERE cu = '4E43430000000001'")]
        [TestCase("UPDATE orders SET draft = NULL WHERE cu = '4E43430000000001'")]
        [TestCase("UPDATE orders SET number = number + 1000 WHERE cu = '4E43430000000001'")]
        public void An_order_tampered_with_in_the_ledger_is_said(string statement)
        {
            _f.Order();
            _f.Order(unit: LedgerFixture.OtherUnit);
            _f.Restart(() => _f.Execute(statement));
            Assert.That(() => _f.Ledger.Again(LedgerFixture.Unit), Fails("tampered"));
            Assert.That(() => _f.Issue(), Fails("tampered"), "nor is it made anew");
            Assert.That(_f.Tickets(), Is.Empty);
            Assert.That(_f.Order().Replaced, Is.Not.Null, "another one takes its place");
        }

        [Test]
        public void Orders_are_found_by_what_they_are()
        {
            IssuedOrder first = _f.Order();
            IssuedOrder other = _f.Order(unit: LedgerFixture.OtherUnit, meter: LedgerFixture.OtherMeter);
            _f.Clock.Time += TimeSpan.FromDays(14);
            IssuedOrder second = _f.Order();
            uint[] Numbers(OrderFilter filter) => _f.Ledger.Orders(filter).Select(order => order.Number).ToArray();
            (uint One, uint Two, uint Other) n = (first.Entry.Number, second.Entry.Number, other.Entry.Number);
            Assert.That(Numbers(new OrderFilter()), Is.EqualTo(new[] { n.Two, n.Other, n.One }));
            Assert.That(Numbers(new OrderFilter { Unit = LedgerFixture.Unit }), Is.EqualTo(new[] { n.Two, n.One }));
            Assert.That(Numbers(new OrderFilter { Meter = LedgerFixture.OtherMeter }), Is.EqualTo(new[] { n.Other }));
            Assert.That(Numbers(new OrderFilter { State = OrderState.Open }), Is.EqualTo(new[] { n.Two, n.Other }));
            Assert.That(Numbers(new OrderFilter { State = OrderState.Open, Age = TimeSpan.FromDays(14) }), Is.EqualTo(new[] { n.Other }));
            Assert.That(Numbers(new OrderFilter { Age = TimeSpan.FromDays(15) }), Is.Empty);
        }

        private static NUnit.Framework.Constraints.Constraint Fails(string says)
        {
            return Throws.TypeOf<LedgerException>().With.Message.Contains(says);
        }

        private OrderEntry Entry(IssuedOrder order) => _f.Orders().Single(entry => entry.Id == order.Entry.Id);

        private OrderState State(IssuedOrder order) => Entry(order).State;

        private IEnumerable<uint> InEffect()
        {
            return _f.Ledger.InEffect(_f.Ledger.Find(LedgerFixture.Unit)).Select(order => order.Number);
        }

        private List<uint> DraftsHeld()
        {
            return _f.Query("SELECT number FROM orders WHERE draft IS NOT NULL").Select(uint.Parse).ToList();
        }

        private string Draft(IssuedOrder order)
        {
            return _f.Query($"SELECT hex(draft) FROM orders WHERE number = {order.Entry.Number}").Single();
        }
    }
}
