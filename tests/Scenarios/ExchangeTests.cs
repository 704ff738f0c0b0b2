using NanoComm.Hal.Host;
using NanoComm.Metering;
using NanoComm.Pairing;
using NanoComm.Simulators;
using NUnit.Framework;
using static NanoComm.Tests.Scenarios.ExchangeSite;
using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The exchange of communication units at a metering unit, with tickets of the key management.</summary>
    internal static class ExchangeTests
    {
        private const uint FirstEpoch = 100;
        private const int Minute = 60_000;

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
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            Assert.That(unit.Unit.Metering.Failures, Is.Zero);
        }

        private static void RunUntilPaired(SimulatedUnit unit, uint epoch)
        {
            PairingKeeper keeper = unit.Unit.Pairing;
            unit.Scheduler.Run(() => keeper.State == PairingState.Paired && keeper.Epoch == epoch,
                unit.Scheduler.Milliseconds + (2 * Minute));
            Assert.That((keeper.State, keeper.Detail, keeper.Epoch), Is.EqualTo((PairingState.Paired, PairingDetail.None, epoch)));
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
