using System.Collections.Generic;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>The metering unit goes away, and comes back.</summary>
    public sealed class GoneScenario : Scenario
    {
        private const int GoneSeconds = 15;
        private const int LookPeriod = 250;
        private const int Grace = 10 * Bench.Second;

        // How long a power counts after its reading: LiveMilliseconds of the read model, and a look beside it.
        private const int OldestPower = 10_500;

        // After any noise the unit reads within so long of quiet (docs/metering-link.md).
        private const int Back = 15;

        /// <inheritdoc/>
        public override string Name => "gone";

        /// <inheritdoc/>
        public override string Title => "The metering unit goes away and comes back: no stale value meanwhile, and the gap is filled";

        /// <inheritdoc/>
        public override string Source => "R7, R23";

        /// <inheritdoc/>
        public override int Seconds => 25;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } =
            [BoardAbility.Ip, BoardAbility.PutRecords];

        /// <inheritdoc/>
        public override int Speed => 60;

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            var watch = new MinuteWatch(bench, bench.TerminalOf(0));
            watch.Watch(2 * Bench.Second, LookPeriod);
            bench.Meter.IsThere = false;
            bench.Note("the metering unit is gone");
            watch.Watch(GoneSeconds * Bench.Second, LookPeriod);
            bench.AtLeast("looks that told \"no data\" meanwhile", watch.WithoutPower, "", 1);

            bench.Meter.IsThere = true;
            bench.Note("the metering unit is back");
            bench.AtMost("time until power is told again", bench.UntilPower(bench.TerminalOf(0), Bench.Minute) / 1000.0, "s", Back);
            int missed = watch.CountMissed(Grace);
            bench.AtMost("looks without an answer", watch.Unanswered, "", 0);
            watch.Report(OldestPower, OldestPower, missed);
        }
    }
}
