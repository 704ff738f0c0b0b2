using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Records;
using NanoComm.Rig;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.ExchangeSite;
using static NanoComm.Tests.Scenarios.OrderSite;
using SecurityEvent = NanoComm.Audit.SecurityEvent;
using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>Orders from the key management to their effect, and the answer back (docs/orders.md).</summary>
    [Parallelizable]
    internal static class OrderTests
    {
        private const byte Bad = 9;
        private const int FiveMinutes = 5 * Minute;
        private const int Turn = FiveMinutes + (5 * Second);
        private const int OrderLength = 219;

        [Test]
        public static void An_order_by_hand_takes_effect_and_is_answered_at_the_metering_unit()
        {
            var site = new OrderSite(40);
            using SimulatedUnit unit = site.Exchange.Plug(site.Files);
            unit.Scheduler.RunUntil(2 * Minute);
            Order order = site.CutOff(200, Bad);
            Give(site.Files, order);
            unit.Scheduler.RunUntil(2 * Minute + (15 * Second));
            Assert.That(Admits(unit, Bad), Is.False);
            Assert.That(Admits(unit, Bad + 1));
            Assert.That(Record(site.Files, "ticket-in"), Is.Empty);
            site.AssertAnswer(order, 200, OrderResult.Done);
            Assert.That(AnswerAt(site.Exchange.Meter).Time.ToString(), Does.StartWith("2027-02-27 12:1"));
            Assert.That(unit.Unit.Metering.Failures, Is.Zero);
        }

        [TestCase(9600)]
        [TestCase(115200)]
        public static void An_order_in_the_box_takes_effect_within_five_minutes_and_five_seconds(int baud)
        {
            var site = new OrderSite(41);
            using SimulatedUnit unit = site.Exchange.Plug(site.Files, baud);
            unit.Scheduler.RunUntil(2 * Minute);
            var random = new Random(1);
            long slowest = 0;
            long slowestAnswer = 0;
            for (uint i = 0; i < 12; i++)
            {
                unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + random.Next(FiveMinutes));
                bool isCut = i % 2 == 0;
                Order order = isCut ? site.CutOff(200 + i, Bad) : site.ReadmitAll(200 + i);
                site.Post(order);
                long posted = unit.Scheduler.Milliseconds;
                unit.Scheduler.Run(() => Admits(unit, Bad) != isCut, posted + (2 * FiveMinutes));
                slowest = Math.Max(slowest, unit.Scheduler.Milliseconds - posted);
                unit.Scheduler.Run(() => site.Box.Waiting == 0, posted + (2 * FiveMinutes));
                slowestAnswer = Math.Max(slowestAnswer, unit.Scheduler.Milliseconds - posted);
                site.AssertAnswer(order, 200 + i, OrderResult.Done);
            }

            TestContext.Out.WriteLine($"{baud} baud: post to effect {slowest} ms at most, to the answer {slowestAnswer} ms");
            Assert.That(slowest, Is.LessThanOrEqualTo(Turn));
            Assert.That(slowestAnswer, Is.LessThanOrEqualTo(Turn));
            Assert.That(unit.Unit.Metering.Failures, Is.Zero);
        }

        // What waits when the unit starts does not wait for five minutes more.
        [Test]
        public static void An_order_that_waits_is_taken_at_the_first_reading()
        {
            var site = new OrderSite(42);
            site.Post(site.CutOff(200, Bad));
            using SimulatedUnit unit = site.Exchange.Plug(site.Files);
            unit.Scheduler.Run(() => !Admits(unit, Bad), Minute);
            TestContext.Out.WriteLine($"in effect {unit.Scheduler.Milliseconds} ms after the start");
            Assert.That(unit.Scheduler.Milliseconds, Is.LessThanOrEqualTo(10 * Second));
        }

        // As long as they come: the answer with a report.
        [Test]
        public static void Order_and_answer_take_at_most_900_bytes_on_the_wire()
        {
            var site = new OrderSite(43);
            using SimulatedUnit unit = site.Exchange.Plug(site.Files, 9600);
            unit.Scheduler.RunUntil((61 * Minute) + (50 * Second));
            PollCount few = PollCount.Run(unit, 15 * Second);
            Assert.That(few.Minutes, Is.Zero);
            long live = few.Bytes / few.Live;
            PollCount plain = PollCount.Run(unit, FiveMinutes);
            Order order = site.Exchange.Order(1, 200, OrderBody.Of(OrderKind.Report));
            site.Post(order);
            PollCount ordered = PollCount.Run(unit, FiveMinutes);
            site.AssertAnswer(order, 200, OrderResult.Done);
            OrderReport report = AnswerAt(site.Exchange.Meter).Report;
            Assert.That((report.Epoch, report.RouteB, report.Wifi, report.CutOff),
                Is.EqualTo((Epoch, OrderReport.NoPath, OrderReport.NoPath, 0)));
            Assert.That(ordered.Minutes, Is.EqualTo(plain.Minutes));
            long asked = ordered.Bytes - plain.Bytes - ((ordered.Live - plain.Live) * live);
            TestContext.Out.WriteLine($"order and answer with a report: {asked} bytes beside the question whether one waits");
            Assert.That(asked, Is.InRange(OrderLength + OrderAnswer.LengthWithReport, 800), "the question takes less than 100");
        }

        [Test]
        public static void The_question_whether_an_order_waits_takes_at_most_100_bytes_each_five_minutes()
        {
            var site = new OrderSite(44);
            using SimulatedUnit unit = site.Exchange.Plug(site.Files, 9600);
            unit.Scheduler.RunUntil(61 * Minute);
            long asked = unit.Scheduler.Milliseconds;
            long next = unit.Unit.Orders.NextDeadline;
            Assert.That(next - asked, Is.LessThanOrEqualTo(FiveMinutes));
            var steps = new List<long>();
            long requests = site.Exchange.Point.Server.Requests;
            for (int second = 0; second < 300; second++)
            {
                steps.Add(PollCount.Run(unit, Second).Bytes);
            }

            // Of seconds with one live poll alone, one is longer.
            long live = steps.Order().ElementAt(steps.Count / 2);
            long[] longer = steps.Where(bytes => bytes > live + 20 && bytes < 2 * live - 20).ToArray();
            TestContext.Out.WriteLine($"a second takes {live} bytes, with the question {string.Join(", ", longer)}; "
                + $"{site.Exchange.Point.Server.Requests - requests} requests");
            Assert.That(longer, Has.Length.EqualTo(1));
            Assert.That(longer[0] - live, Is.InRange(60, 100));
        }

        // The higher one lets everybody in, the lower one cuts one off.
        [TestCase(true)]
        [TestCase(false)]
        public static void Two_orders_at_once_end_as_the_higher(bool isHigherInTheBox)
        {
            var site = new OrderSite(45);
            Order lower = site.CutOff(200, Bad);
            Order higher = site.ReadmitAll(201);
            site.Post(isHigherInTheBox ? higher : lower);
            Give(site.Files, isHigherInTheBox ? lower : higher);
            using SimulatedUnit unit = site.Exchange.Plug(site.Files);
            unit.Scheduler.RunUntil(2 * FiveMinutes);
            Assert.That(Admits(unit, Bad));
            Assert.That(Record(site.Files, "order")[..4], Is.EqualTo(new byte[] { 0, 0, 0, 201 }));
            Assert.That(Record(site.Files, "order")[33], Is.EqualTo(2), "answered");
            Assert.That(Record(site.Files, "ticket-in"), Is.Empty);
            Assert.That(site.Box.Order, Is.Empty);
        }

        [Test]
        public static void Orders_wait_while_nobody_knows_which_pairing_is_the_last()
        {
            var site = new OrderSite(46);
            var power = new Simulators.PowerSupply();
            bool wasBegun = false;
            Ticket ticket = site.Exchange.Issue(1, 150);
            Give(site.Files, ticket);
            site.Post(site.CutOff(200, Bad));
            using (SimulatedUnit unit = site.Exchange.Plug(site.Files, 115200, power))
            {
                // The metering unit has committed, and its answer is lost with its power.
                unit.Scheduler.Run(() => site.Exchange.Meter.Slots.CommittedEpoch == 150 || IsBegun(site), Minute);
                site.Exchange.Point.Power.Cut();
                unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + (20 * Minute));
                wasBegun = IsBegun(site);
                Assert.That(wasBegun, "a commit was begun");
                Assert.That(Record(site.Files, "order"), Is.Empty);
                Order byHand = site.CutOff(199, Bad + 1);
                Give(site.Files, byHand);
                unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + Minute);
                Assert.That(Record(site.Files, "order"), Is.Empty);
                Assert.That(Record(site.Files, "ticket-in"), Is.EqualTo(byHand.Bytes.ToArray()));
                Assert.That(Record(site.Files, "policy"), Is.Empty);

                site.Exchange.Point.Restart();
                unit.Scheduler.Run(() => unit.Unit.Pairing.Epoch == 150, unit.Scheduler.Milliseconds + (20 * Minute));
                unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + FiveMinutes + Minute);
                Assert.That(Admits(unit, Bad), Is.False);
                Assert.That(AnswerAt(site.Exchange.Meter), Is.Not.Null);
                Assert.That(Record(site.Files, "ticket-in"), Is.Empty);
            }
        }

        [Test]
        public static void After_an_exchange_the_new_unit_cannot_open_what_was_for_the_old_one()
        {
            var site = new OrderSite(47);
            Order order = site.CutOff(200, Bad);
            using (SimulatedUnit unit = site.Exchange.Plug(site.Files))
            {
                unit.Scheduler.RunUntil(Minute);
                Give(site.Files, site.CutOff(180, Bad + 1));
                unit.Scheduler.RunUntil(2 * Minute);
                Assert.That(Record(site.Files, "policy"), Is.Not.Empty);
            }

            site.Post(order);
            MemoryFiles files = MakeUnit(2);
            Give(files, site.Exchange.Issue(2, 150));
            using (SimulatedUnit unit = site.Exchange.Plug(files))
            {
                unit.Scheduler.Run(() => unit.Unit.Pairing.Epoch == 150, Minute);
                Assert.That(site.Box.Order, Is.Empty, "the commit empties the box");
                site.Faults.GivesOrder = () => order.Bytes.ToArray();
                Give(files, order);
                unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + (4 * FiveMinutes));
                Assert.That(Record(files, "order"), Is.Empty);
                Assert.That(Record(files, "policy"), Is.Empty);
                Assert.That(AnswerAt(site.Exchange.Meter).Number, Is.EqualTo(180), "the last word of the old unit");
                Assert.That(Count(unit, SecurityEvent.OrderUnreadable), Is.EqualTo(1), "once for the same bytes");
                Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
                site.Faults.GivesOrder = null;
            }

            // The old one learns that it was replaced, and forgets who was cut off.
            using SimulatedUnit old = site.Exchange.Plug(site.Files);
            old.Scheduler.RunUntil(2 * Minute);
            Assert.That(old.Unit.Pairing.State, Is.EqualTo(PairingState.Retired));
            Assert.That(Record(site.Files, "policy"), Is.Empty);
            Give(site.Files, site.CutOff(300, Bad));
            old.Scheduler.RunUntil(3 * Minute);
            Assert.That(Admits(old, Bad));
            Assert.That(Record(site.Files, "ticket-in"), Is.Not.Empty, "it waits for a pairing");
        }

        // It was replaced nowhere, so that no tombstone tells it.
        [Test]
        public static void A_unit_that_goes_to_another_meter_closes_what_was_open_at_the_first()
        {
            var site = new OrderSite(49);
            using (SimulatedUnit unit = site.Exchange.Plug(site.Files))
            {
                unit.Scheduler.RunUntil(Minute);
                byte[] pair = Encoding.ASCII.GetBytes("0123456789ABCDEF0123456789ABCDEFPassw0rd0123");
                new DurableStore(site.Files).Write("route-b", pair, pair.Length);
                Give(site.Files, site.CutOff(200, Bad));
                unit.Scheduler.RunUntil(2 * Minute);
                Assert.That(Admits(unit, Bad), Is.False);
            }

            var next = new ExchangeSite(50, 2);
            Give(site.Files, next.Issue(1, 300));
            using SimulatedUnit moved = next.Plug(site.Files);
            moved.Scheduler.Run(() => moved.Unit.Pairing.Epoch == 300, 2 * Minute);
            Assert.That(moved.Unit.Pairing.Epoch, Is.EqualTo(300));
            Assert.That(Record(site.Files, "policy"), Is.Empty);
            Assert.That(Record(site.Files, "route-b"), Is.Empty);
            Assert.That(Admits(moved, Bad));
            Give(site.Files, site.CutOff(400, Bad));
            moved.Scheduler.RunUntil(moved.Scheduler.Milliseconds + Minute);
            Assert.That(Admits(moved, Bad), "an order for the first meter");
            Assert.That(OrderSite.AnswerAt(next.Meter).Result, Is.EqualTo(OrderResult.OtherMeter));
        }

        // It delays, and is seen in the log; readings come as ever, and nothing else changes.
        [TestCase("another unit's")]
        [TestCase("half")]
        [TestCase("new each time")]
        [TestCase("answer lost")]
        [TestCase("always hints")]
        public static void An_Order_box_that_lies_delays_and_nothing_else(string lie)
        {
            const int hours = 2;
            var site = new OrderSite(48);
            var random = new Random(1);
            Order order = site.CutOff(200, Bad);
            byte[] foreign = site.CutOff(200, Bad, 2).Bytes.ToArray();
            site.Post(order);
            site.Faults.GivesOrder = lie == "another unit's" ? () => foreign : lie == "new each time" ? () => Made(random, order) : null;
            site.Faults.HalvesOrders = lie == "half";
            site.Faults.LosesAnswers = lie == "answer lost";
            site.Faults.AlwaysHints = lie == "always hints";
            using SimulatedUnit unit = site.Exchange.Plug(site.Files);
            unit.Scheduler.RunUntil(hours * 60 * Minute);
            int polls = hours * 12;
            bool isTaken = lie is "answer lost" or "always hints";
            Assert.That(Admits(unit, Bad), Is.EqualTo(!isTaken));
            Assert.That(Record(site.Files, "order").Length > 0, Is.EqualTo(isTaken));
            Assert.That(Count(unit, SecurityEvent.OrderDone), Is.EqualTo(isTaken ? 1 : 0));
            Assert.That(Count(unit, SecurityEvent.OrderRefused), Is.Zero);
            int least = lie == "new each time" ? polls : isTaken ? 0 : 1;
            Assert.That(Count(unit, SecurityEvent.OrderUnreadable), Is.InRange(least, least == polls ? polls + 1 : least));
            Assert.That(site.Box.Answer.Length > 0, Is.EqualTo(lie == "always hints"));
            Assert.That((unit.Unit.Metering.State, unit.Unit.Metering.Failures), Is.EqualTo((MeteringState.Reading, 0)));
            Assert.That(unit.Unit.Metering.Readings, Is.InRange((hours * 60) - 1, (hours * 60) + 1));

            site.Faults.GivesOrder = null;
            site.Faults.HalvesOrders = false;
            site.Faults.LosesAnswers = false;
            unit.Scheduler.RunUntil((hours * 60 * Minute) + Turn);
            Assert.That(Admits(unit, Bad), Is.False);
            site.AssertAnswer(order, 200, OrderResult.Done);
            Assert.That(Count(unit, SecurityEvent.OrderDone), Is.EqualTo(1));
        }

        // Of the form that is looked at first, or none at all.
        private static byte[] Made(Random random, Order order)
        {
            byte[] bytes = order.Bytes.ToArray();
            random.NextBytes(random.Next(2) == 0 ? bytes.AsSpan(90) : bytes);
            return bytes;
        }

        private static bool IsBegun(OrderSite site)
        {
            // The key record 56, ticket id 16.
            const int begun = 72;
            byte[] ticket = Record(site.Files, "ticket-a");
            return ticket.Length > begun && ticket[begun] == 1;
        }
    }
}
