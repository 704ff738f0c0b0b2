using System;
using System.Linq;
using NUnit.Framework;
using NanoComm.Audit;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Rig;
using NanoComm.Simulators.Dlms;
using static NanoComm.Tests.Scenarios.ExchangeSite;

using SecurityEvent = NanoComm.Audit.SecurityEvent;
using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The exchange of communication units at a metering unit, with tickets of the key management.</summary>
    [Parallelizable]
    internal static class ExchangeTests
    {
        private const uint FirstEpoch = 100;
        private const int Second = 1000;
        private const int Minute = 60 * Second;

        [TestCase(9600, 3.0)]
        [TestCase(115200, 0.6)]
        public static void A_new_unit_with_a_ticket_is_paired_in_time(int baud, double wanted)
        {
            var site = new ExchangeSite(1);
            MemoryFiles files = MakeUnit(1);
            Ticket ticket = site.Issue(1, FirstEpoch);
            Give(files, ticket);
            using SimulatedUnit unit = site.Plug(files, baud);
            RunUntilPaired(unit, FirstEpoch);
            long bytes = unit.Line.BytesToFar + unit.Line.BytesToNear;
            TestContext.Out.WriteLine($"{baud} baud: {unit.Scheduler.Milliseconds} ms, {bytes} bytes");
            Assert.That(unit.Scheduler.Milliseconds / 1000.0, Is.LessThanOrEqualTo(wanted));
            Assert.That(bytes, Is.LessThanOrEqualTo(1600));
            AssertPaired(site, files, 1, FirstEpoch, ticket);

            unit.Scheduler.RunUntil(Minute);
            AssertReading(unit);
        }

        [Test]
        public static void A_unit_takes_the_place_of_another_which_is_worthless_afterwards()
        {
            var site = new ExchangeSite(2);
            MemoryFiles old = Pair(site, 1, FirstEpoch);
            MemoryFiles files = MakeUnit(2);
            Ticket ticket = site.Issue(2, FirstEpoch + 1);
            Give(files, ticket);
            using (SimulatedUnit unit = site.Plug(files))
            {
                RunUntilPaired(unit, FirstEpoch + 1);
                AssertPaired(site, files, 2, FirstEpoch + 1, ticket);
                unit.Scheduler.RunUntil(Minute);
                AssertReading(unit);
            }

            using (SimulatedUnit unit = site.Plug(old))
            {
                unit.Scheduler.RunUntil(Minute);
                AssertState(unit, PairingState.Retired, PairingDetail.Replaced);
                Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Unpaired));
                Assert.That(Count(unit, SecurityEvent.Retired), Is.EqualTo(1));
                Assert.That(Record(old, "pairing"), Is.Empty);
                Assert.That(Record(old, "factory"), Is.Not.Empty);
                long bytes = unit.Line.BytesToFar;
                unit.Scheduler.RunUntil(5 * Minute);
                Assert.That(unit.Line.BytesToFar, Is.EqualTo(bytes), "it is silent from then on");
            }

            Assert.That(site.Meter.Pairing.Epoch, Is.EqualTo(FirstEpoch + 1));
            using SimulatedUnit again = site.Plug(old);
            AssertState(again, PairingState.Retired, PairingDetail.Replaced);
        }

        [Test]
        public static void The_old_unit_comes_back_by_a_new_ticket_and_not_by_its_old_one()
        {
            var site = new ExchangeSite(3);
            MemoryFiles first = MakeUnit(1);
            Ticket oldTicket = site.Issue(1, FirstEpoch);
            Give(first, oldTicket);
            using (SimulatedUnit unit = site.Plug(first))
            {
                RunUntilPaired(unit, FirstEpoch);
            }

            Pair(site, 2, FirstEpoch + 1);
            using (SimulatedUnit unit = site.Plug(first))
            {
                unit.Scheduler.RunUntil(Minute);
                AssertState(unit, PairingState.Retired, PairingDetail.Replaced);
                Give(first, oldTicket);
                unit.Scheduler.RunUntil(2 * Minute);
                AssertState(unit, PairingState.Refused, PairingDetail.NewerTicket);
                Assert.That(unit.Unit.Pairing.Active, Is.Null);

                Ticket ticket = site.Issue(1, FirstEpoch + 2);
                Give(first, ticket);
                RunUntilPaired(unit, FirstEpoch + 2);
                AssertPaired(site, first, 1, FirstEpoch + 2, ticket);
            }
        }

        [Test]
        public static void A_rotation_while_the_unit_reads_costs_no_reading()
        {
            var site = new ExchangeSite(4);
            MemoryFiles files = Pair(site, 1, FirstEpoch);
            using SimulatedUnit unit = site.Plug(files);
            unit.Scheduler.RunUntil(3 * Minute);
            AssertReading(unit);
            for (uint epoch = FirstEpoch + 1; epoch < FirstEpoch + 6; epoch++)
            {
                Ticket ticket = site.Issue(1, epoch);
                Give(files, ticket);
                int readings = unit.Unit.Metering.Readings;
                unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + (2 * Minute));
                AssertPaired(site, files, 1, epoch, ticket);
                AssertReading(unit);
                Assert.That(unit.Unit.Metering.Readings - readings, Is.EqualTo(3), "two minutes, and one to begin anew");
            }

            long newest = unit.Unit.Data.Minutes.Newest;
            Assert.That(Enumerable.Range(0, 60).All(i => unit.Unit.Data.Minutes.Get(newest - (60 * i), out _, out _)));
        }

        // Staged, and then unplugged; meanwhile another unit is put there.
        [Test]
        public static void A_newer_ticket_goes_over_an_older_one_that_was_staged()
        {
            var site = new ExchangeSite(5);
            MemoryFiles first = MakeUnit(1);
            Give(first, site.Issue(1, FirstEpoch));
            using (SimulatedUnit unit = site.Plug(first))
            {
                unit.Scheduler.Run(() => site.Meter.Pending is not null, Minute);
            }

            Assert.That(site.Meter.Pending.Epoch, Is.EqualTo(FirstEpoch));
            Assert.That(site.Meter.Pairing, Is.Null);
            Pair(site, 2, FirstEpoch + 1);
            using (SimulatedUnit unit = site.Plug(first))
            {
                unit.Scheduler.RunUntil(Minute);
                AssertState(unit, PairingState.Refused, PairingDetail.NewerTicket);
            }

            Assert.That(site.Meter.Pairing.Epoch, Is.EqualTo(FirstEpoch + 1));
        }

        [Test]
        public static void An_expired_ticket_is_refused_and_the_old_pairing_goes_on()
        {
            var site = new ExchangeSite(6);
            MemoryFiles files = Pair(site, 1, FirstEpoch);
            using SimulatedUnit unit = site.Plug(files);
            uint now = UtilityTime.FromTime(new DateTimeOffset(Start, TimeSpan.FromHours(9)));
            Give(files, site.Issue(1, FirstEpoch + 1, now - 60));
            unit.Scheduler.RunUntil(10 * Minute);
            AssertState(unit, PairingState.Refused, PairingDetail.Expired);
            Assert.That(unit.Unit.Pairing.Epoch, Is.EqualTo(FirstEpoch));
            AssertReading(unit);
            Assert.That(unit.Unit.Metering.Readings, Is.InRange(9, 11));
            Assert.That(Count(unit, SecurityEvent.PairingRefused), Is.EqualTo(1));
            Assert.That(site.Meter.Pending, Is.Null);

            Ticket ticket = site.Issue(1, FirstEpoch + 2, now + 3600);
            Give(files, ticket);
            RunUntilPaired(unit, FirstEpoch + 2);
            AssertPaired(site, files, 1, FirstEpoch + 2, ticket);
        }

        // Staged in time by whoever had it early, and committed a day after its end.
        [TestCase(true)]
        [TestCase(false)]
        public static void A_ticket_that_was_staged_in_time_is_not_committed_after_its_end(bool isClockValid)
        {
            var site = new ExchangeSite(12);
            MemoryFiles files = Pair(site, 1, FirstEpoch);
            uint now = UtilityTime.FromTime(new DateTimeOffset(Start, TimeSpan.FromHours(9)));
            Ticket ticket = site.Issue(2, FirstEpoch + 1, now + 3600);
            Assert.That(MeterStages(site, ticket), Is.EqualTo(PairingResult.Staged));
            site.Point.Restart();
            using (SimulatedUnit old = site.Plug(files))
            {
                old.Scheduler.RunUntil(24 * 60 * Minute);
                AssertReading(old);
            }

            site.Point.Meter.IsClockValid = isClockValid;
            MemoryFiles next = MakeUnit(2);
            Give(next, ticket);
            using SimulatedUnit unit = site.Plug(next);
            if (!isClockValid)
            {
                RunUntilPaired(unit, FirstEpoch + 1);
                return;
            }

            unit.Scheduler.RunUntil(10 * Minute);
            AssertState(unit, PairingState.Refused, PairingDetail.Expired);
            Assert.That(site.Meter.Pairing.Epoch, Is.EqualTo(FirstEpoch));
            Ticket newer = site.Issue(2, FirstEpoch + 2);
            Give(next, newer);
            RunUntilPaired(unit, FirstEpoch + 2);
        }

        [Test]
        public static void A_forged_refusal_delays_and_does_no_more([Values] PairingResult forged)
        {
            var site = new ExchangeSite(7);
            MemoryFiles files = Pair(site, 1, FirstEpoch);
            using SimulatedUnit unit = site.Plug(files);
            site.Point.Server.Faults.ForgedStageResult = forged;
            Ticket ticket = site.Issue(1, FirstEpoch + 1);
            Give(files, ticket);
            unit.Scheduler.RunUntil(5 * Minute);
            Assert.That(unit.Unit.Pairing.State, Is.EqualTo(PairingState.Refused));
            Assert.That(unit.Unit.Pairing.Epoch, Is.EqualTo(FirstEpoch));
            AssertReading(unit);

            site.Point.Server.Faults.ForgedStageResult = null;
            RunUntilPaired(unit, FirstEpoch + 1);
            AssertPaired(site, files, 1, FirstEpoch + 1, ticket);
        }

        // Somebody in the line sends what is meant for SAP 2 to SAP 3: the keys fit there before the commit.
        [Test]
        public static void Diverted_to_the_pending_pairing_the_unit_does_not_believe_in_a_commit()
        {
            var site = new ExchangeSite(8);
            MemoryFiles files = MakeUnit(1);
            Ticket ticket = site.Issue(1, FirstEpoch);
            Give(files, ticket);
            site.Point.Server.Faults.DivertsPairingToPending = true;
            site.Point.Server.Faults.ForgedStageResult = PairingResult.CommittedAlready;
            Assert.That(MeterStages(site, ticket), Is.EqualTo(PairingResult.Staged));
            using SimulatedUnit unit = site.Plug(files);
            unit.Scheduler.RunUntil(Minute);
            AssertState(unit, PairingState.Refused, PairingDetail.NotAuthentic);
            Assert.That(site.Meter.Pairing, Is.Null, "there was no commit");
            Assert.That(unit.Unit.Pairing.Active, Is.Null);
            site.Point.Server.Faults.DivertsPairingToPending = false;
            site.Point.Server.Faults.ForgedStageResult = null;
            RunUntilPaired(unit, FirstEpoch);
            AssertPaired(site, files, 1, FirstEpoch, ticket);
        }

        [Test]
        public static void A_ticket_for_another_metering_unit_changes_nothing_here_and_works_there()
        {
            var here = new ExchangeSite(9, 1);
            var there = new ExchangeSite(9, 2);
            MemoryFiles files = Pair(here, 1, FirstEpoch);
            Ticket ticket = there.Issue(1, FirstEpoch - 1);
            using (SimulatedUnit unit = here.Plug(files))
            {
                unit.Scheduler.RunUntil(Minute);
                Give(files, ticket);
                unit.Scheduler.RunUntil(5 * Minute);
                AssertState(unit, PairingState.Paired, PairingDetail.None);
                Assert.That(unit.Unit.Pairing.Epoch, Is.EqualTo(FirstEpoch));
                AssertReading(unit);
            }

            Assert.That(MeterCount(here, SecurityEventCode.TicketNotAuthentic), Is.Zero, "it was delivered to nobody");
            using SimulatedUnit moved = there.Plug(files);
            RunUntilPaired(moved, FirstEpoch - 1);
            AssertPaired(there, files, 1, FirstEpoch - 1, ticket);
            moved.Scheduler.RunUntil(Minute);
            AssertReading(moved);
            Assert.That(here.Meter.Pairing.Epoch, Is.EqualTo(FirstEpoch));
        }

        // The technician takes the wrong one of two tickets first.
        [Test]
        public static void A_wrong_ticket_and_then_the_right_one_pairs_and_reads_and_says_so_for_days()
        {
            var here = new ExchangeSite(9, 1);
            var there = new ExchangeSite(9, 2);
            MemoryFiles files = MakeUnit(1);
            Ticket wrong = there.Issue(1, FirstEpoch + 1);
            Give(files, wrong);
            using SimulatedUnit unit = here.Plug(files);
            unit.Scheduler.RunUntil(Minute);
            AssertState(unit, PairingState.Refused, PairingDetail.WrongUnit);

            Ticket right = here.Issue(1, FirstEpoch);
            Give(files, right);
            unit.Scheduler.RunUntil(2 * Minute);
            int failures = unit.Unit.Metering.Failures;
            for (int day = 0; day < 2; day++)
            {
                AssertState(unit, PairingState.Paired, PairingDetail.None);
                byte[] state = Record(files, "pair-state");
                Assert.That(state[22..38], Is.EqualTo(right.Id.ToArray()));
                Assert.That(state[38..], Is.EqualTo((byte[])
                    [.. there.MeterTitle.ToArray(), .. wrong.Id.Span]));
                Assert.That((unit.Unit.Metering.State, unit.Unit.Metering.Failures), Is.EqualTo((MeteringState.Reading, failures)));
                unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + (24 * 60 * Minute));
            }

            Assert.That(MeterCount(here, SecurityEventCode.TicketNotAuthentic), Is.Zero);
            Assert.That(Count(unit, SecurityEvent.WrongUnit), Is.EqualTo(2), "before the right one, and once behind it");
        }

        [Test]
        public static void A_unit_without_ticket_at_a_metering_unit_that_is_paired_is_silent()
        {
            var site = new ExchangeSite(10);
            Pair(site, 1, FirstEpoch);
            using SimulatedUnit unit = site.Plug(MakeUnit(2));
            unit.Scheduler.RunUntil(10 * Minute);
            AssertState(unit, PairingState.Unpaired, PairingDetail.None);
            Assert.That(unit.Line.BytesToFar, Is.Zero);
        }

        // In place of the answer to the n-th request of the exchange.
        [Test]
        public static void A_metering_unit_that_restarts_in_the_exchange_costs_a_retry([Range(0, 6)] int request)
        {
            var site = new ExchangeSite(11);
            MemoryFiles files = Pair(site, 1, FirstEpoch);
            MemoryFiles next = MakeUnit(2);
            Ticket ticket = site.Issue(2, FirstEpoch + 1);
            Give(next, ticket);
            site.Point.Server.Faults.RestartsAfter = request;
            using SimulatedUnit unit = site.Plug(next);
            RunUntilPaired(unit, FirstEpoch + 1);
            Assert.That(site.Point.Server.Faults.RestartsAfter, Is.EqualTo(-1), "it did restart");
            Assert.That(unit.Scheduler.Milliseconds, Is.LessThan(15 * Second));
            AssertPaired(site, next, 2, FirstEpoch + 1, ticket);
            Assert.That(Record(files, "pairing"), Is.Not.Empty);
        }

        // The attacker hands the ticket over early.
        private static PairingResult MeterStages(ExchangeSite site, Ticket ticket)
        {
            var pairing = new PairingObject(site.Meter, () => Start, () => false);
            pairing.TakeTicket(ticket.MeterPart.Span);
            return pairing.LastResult;
        }

        private static MemoryFiles Pair(ExchangeSite site, int number, uint epoch)
        {
            MemoryFiles files = MakeUnit(number);
            Give(files, site.Issue(number, epoch));
            using SimulatedUnit unit = site.Plug(files);
            RunUntilPaired(unit, epoch);
            return files;
        }

        private static void RunUntilPaired(SimulatedUnit unit, uint epoch)
        {
            PairingKeeper keeper = unit.Unit.Pairing;
            unit.Scheduler.Run(() => keeper.State == PairingState.Paired && keeper.Epoch == epoch,
                unit.Scheduler.Milliseconds + (12 * Minute));
            Assert.That((keeper.State, keeper.Detail, keeper.Epoch),
                Is.EqualTo((PairingState.Paired, PairingDetail.None, epoch)));
        }

        private static void AssertState(SimulatedUnit unit, PairingState state, PairingDetail detail)
        {
            Assert.That((unit.Unit.Pairing.State, unit.Unit.Pairing.Detail), Is.EqualTo((state, detail)));
            Assert.That(Record(unit.Files, "pair-state")[..2], Is.EqualTo(new[] { (byte)state, (byte)detail }));
        }

        private static void AssertReading(SimulatedUnit unit)
        {
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            Assert.That(unit.Unit.Metering.Failures, Is.Zero);
        }

        private static int Count(SimulatedUnit unit, SecurityEvent e)
        {
            var entry = new SecurityLogEntry();
            return Enumerable.Range(0, SecurityLog.Capacity)
                .Sum(i => unit.Unit.Security.Get(i, entry) && entry.Event == e ? (int)entry.Count : 0);
        }

        private static long MeterCount(ExchangeSite site, SecurityEventCode code)
        {
            return site.Meter.Events.NewestFirst(SecurityEventLog.Capacity).Where(entry => entry.Code == code)
                .Sum(entry => entry.Count);
        }

        // Both sides, and the records that tools read.
        private static void AssertPaired(ExchangeSite site, MemoryFiles files, int number, uint epoch, Ticket ticket)
        {
            Assert.That(site.Meter.Pairing.Epoch, Is.EqualTo(epoch));
            Assert.That(site.Meter.Pairing.ClientTitle.ToArray(), Is.EqualTo(UnitTitle(number).ToArray()));
            Assert.That(site.Meter.Pending, Is.Null);
            Assert.That(site.IsGood(Record(files, "receipt"), number, epoch, ticket));
            byte[] state =
            [
                (byte)PairingState.Paired, 0, 0, 0, 0, (byte)epoch, .. site.MeterTitle.ToArray(),
                .. UnitTitle(number).ToArray(), .. ticket.Id.Span,
            ];
            Assert.That(Record(files, "pair-state"), Is.EqualTo(state));
            Assert.That(Record(files, "ticket-in"), Is.Empty);
            Assert.That(Record(files, "ticket-a"), Is.Empty);
            Assert.That(Record(files, "ticket-b"), Is.Empty);
        }
    }
}
