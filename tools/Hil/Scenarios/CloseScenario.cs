using System.Collections.Generic;
using NanoComm.Hems;
using NanoComm.Keys;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>The utility closes the B route of a joined controller.</summary>
    public sealed class CloseScenario : Scenario
    {
        private const int GoodbyePatience = 20 * Bench.Second;
        private const int OutsideSeconds = 8;

        /// <inheritdoc/>
        public override string Name => "close";

        /// <inheritdoc/>
        public override string Title => "An order closes the B route: the session ends, and nobody is let in";

        /// <inheritdoc/>
        public override string Source => "R13, R20";

        /// <inheritdoc/>
        public override int Seconds => 60;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } = [BoardAbility.Ip, BoardAbility.WiSun, BoardAbility.PutRecords];

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            bench.OpenRouteB();
            HemsController controller = bench.Air.AddController(bench.RouteBId, bench.RouteBPassword);
            JoinScenario.Join(bench, controller);
            bench.Obey(OrderBody.Of(OrderKind.CloseRouteB));
            bench.Until(() => controller.State != HemsState.Joined, GoodbyePatience, "the session ends when the route is closed");
            long joins = controller.Joins;
            bool isBack = bench.Clock.Until(() => controller.Joins > joins, OutsideSeconds * Bench.Second);
            bench.Check(!isBack, "a controller was let in although the route is closed");
            bench.AtLeast("requests answered on IP meanwhile", bench.PowerOf(bench.TerminalOf(0)) == null ? 0 : 1, "", 1);
            controller.Stop();
        }
    }
}
