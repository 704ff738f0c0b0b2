using System.Collections.Generic;
using System.Linq;
using NanoComm.Keys;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>The utility cuts a terminal off, and lets it in again.</summary>
    public sealed class OrderScenario : Scenario
    {
        private const int Tries = 5;
        private const int Patience = 400;
        private const int SlowestAnswer = 30;

        /// <inheritdoc/>
        public override string Name => "order";

        /// <inheritdoc/>
        public override string Title => "An order cuts a terminal off, another one lets it in again; both are answered with a proof";

        /// <inheritdoc/>
        public override string Source => "R20";

        /// <inheritdoc/>
        public override int Seconds => 25;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } =
            [BoardAbility.Ip, BoardAbility.SecondTerminal, BoardAbility.PutRecords];

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            bench.Check(IsServed(bench, 0) && IsServed(bench, 1), "both terminals are served at first");
            Obey(bench, "cut off", OrderBody.CutOffIp(bench.Board.AddressOf(1), null));
            bench.Check(!IsServed(bench, 1), "a terminal is answered although it was cut off");
            bench.Check(IsServed(bench, 0), "the other terminal is not served any more");
            Obey(bench, "let in again", OrderBody.Readmit(OrderPath.Ip, null));
            bench.Check(IsServed(bench, 1), "a terminal is not answered although it was let in again");
            bench.Check(IsServed(bench, 0), "the other terminal is not served any more");
        }

        private static void Obey(Bench bench, string what, OrderBody body)
        {
            bench.AtMost($"time until the answer: {what}", bench.Obey(body) / 1000.0, "s", SlowestAnswer);
        }

        private static bool IsServed(Bench bench, int number)
        {
            return Enumerable.Range(0, Tries).Any(_ => bench.TerminalOf(number).Get(Patience, Bench.Power) != null);
        }
    }
}
