using System.Collections.Generic;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>Tickets for another metering unit, and damaged ones: the pairing stays.</summary>
    public sealed class WrongTicketScenario : Scenario
    {
        private const int InboxSeconds = 12;
        private const int LookPeriod = 500;
        private const int OldestPower = 10_500;

        /// <inheritdoc/>
        public override string Name => "wrong-ticket";

        /// <inheritdoc/>
        public override string Title => "A ticket for another metering unit, and a damaged one: the pairing stays, and readings go on";

        /// <inheritdoc/>
        public override string Source => "R26";

        /// <inheritdoc/>
        public override int Seconds => 35;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } = [BoardAbility.Ip, BoardAbility.PutRecords];

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            uint committed = bench.Meter.State.Slots.CommittedEpoch;
            var watch = new MinuteWatch(bench, bench.TerminalOf(0));
            byte[] damaged = bench.Office.NextTicket().Bytes.ToArray();
            damaged[^1] ^= 1;
            damaged[damaged.Length / 4] ^= 1;
            foreach (byte[] ticket in new[] { bench.Office.ForeignTicket().Bytes.ToArray(), damaged })
            {
                bench.Give(ticket);
                watch.Watch(InboxSeconds * Bench.Second, LookPeriod);
                bench.Check(bench.Meter.State.Slots.CommittedEpoch == committed, "a ticket that is not for this metering unit was committed");
            }

            if (bench.Board.Lacks(BoardAbility.Log) == null)
            {
                bench.Check(bench.HasLogged("the ticket was not accepted"), "the log does not tell that a ticket was not accepted");
            }

            bench.Pair();
            bench.UntilPower(bench.TerminalOf(0), Bench.Minute);
            bench.AtMost("looks without an answer", watch.Unanswered, "", 0);
            bench.AtMost("looks without a power", watch.WithoutPower, "", 0);
            bench.AtMost("age of the power (E7), oldest", watch.OldestPower, "ms", OldestPower);
        }
    }
}
