using System.Collections.Generic;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>How long a paired board takes from power to service.</summary>
    public sealed class StartScenario : Scenario
    {
        private const int Limit = 30;
        private const int Starts = 3;

        /// <inheritdoc/>
        public override string Name => "start";

        /// <inheritdoc/>
        public override string Title => "A paired board is switched on, and serves";

        /// <inheritdoc/>
        public override string Source => "R7, R12";

        /// <inheritdoc/>
        public override int Seconds => 10;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } =
            [BoardAbility.Ip, BoardAbility.Power, BoardAbility.PutRecords];

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            for (int start = 1; start <= Starts; start++)
            {
                bench.Board.PowerOff();
                bench.Run(Bench.Second);
                long from = bench.Now;
                bench.Board.PowerOn();
                bench.UntilPower(bench.TerminalOf(0), Bench.Minute);
                bench.AtMost($"time to ready, start {start}", (bench.Now - from) / 1000.0, "s", Limit);
            }
        }
    }
}
