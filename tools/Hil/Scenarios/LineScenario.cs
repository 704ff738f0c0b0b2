using System.Collections.Generic;
using NanoComm.Simulators;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>A line to the metering unit that turns bits over and loses bytes, both ways.</summary>
    public sealed class LineScenario : Scenario
    {
        private const double BitError = 1e-4;
        private const double ByteLoss = 1e-4;
        private const int BadSeconds = 25;
        private const int LongMinutes = 60;
        private const int LookPeriod = 300;
        private const int Grace = 15 * Bench.Second;

        // What a power is good for after its reading, as the unit promises, and a look beside it. In virtual time, with nobody
        // else at the processor, it is far younger: tests/Scenarios, LiveTests.
        private const int OldestPower = 10_500;
        private const int MostPowers = 4000;

        /// <inheritdoc/>
        public override string Name => "line";

        /// <inheritdoc/>
        public override string Title => "The line to the metering unit turns bits over and loses bytes: no minute is missed, and power stays young";

        /// <inheritdoc/>
        public override string Source => "R7, R23";

        /// <inheritdoc/>
        public override int Seconds => 35;

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
            Spoil(bench, BitError, ByteLoss);
            watch.Watch(bench.Setup.IsLong ? LongMinutes * Bench.Minute : BadSeconds * Bench.Second, LookPeriod, true);
            Spoil(bench, 0, 0);
            int missed = watch.CountMissed(Grace);
            bench.AtLeast("bits and bytes spoilt", bench.MeteringLine.Spoilt, "", 1);
            bench.AtMost("looks without a power", watch.WithoutPower, "", 0);
            watch.Report(OldestPower, MostPowers, missed);
        }

        private static void Spoil(Bench bench, double bitError, double byteLoss)
        {
            foreach (LineFaults faults in new[] { bench.MeteringLine.FromBoard, bench.MeteringLine.ToBoard })
            {
                faults.BitError = bitError;
                faults.Drop = byteLoss;
            }
        }
    }
}
