using System.Collections.Generic;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>An hour at sixty times the metering clock: each of its minutes is there, and is the metering unit's.</summary>
    public sealed class HourScenario : Scenario
    {
        private const int LookPeriod = 500;
        private const int Grace = 10 * Bench.Second;
        private const int Minutes = 60;

        // What a power is good for after its reading, as the unit promises, and a look beside it. In virtual time, with nobody
        // else at the processor, it is far younger: tests/Scenarios, LiveTests.
        private const int OldestPower = 10_500;
        private const int MostPowers = 2500;

        /// <inheritdoc/>
        public override string Name => "hour";

        /// <inheritdoc/>
        public override string Title => "An hour at sixty times the metering clock: no minute is missed";

        /// <inheritdoc/>
        public override string Source => "R6, R7, R12";

        /// <inheritdoc/>
        public override int Seconds => 65;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } =
            [BoardAbility.Ip, BoardAbility.PutRecords, BoardAbility.FastClock];

        /// <inheritdoc/>
        public override int Speed => 60;

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            var watch = new MinuteWatch(bench, bench.TerminalOf(0));
            watch.Watch(Minutes * Bench.Minute / Speed, LookPeriod, true);
            int missed = watch.CountMissed(Grace);
            bench.AtMost("looks without an answer", watch.Unanswered, "", 0);
            bench.AtMost("looks without a power", watch.WithoutPower, "", 0);
            watch.Report(OldestPower, MostPowers, missed);
        }
    }
}
