using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>A controller with a wrong password stays outside, and the right one is let in after it.</summary>
    public sealed class WrongPasswordScenario : Scenario
    {
        private const string WrongPassword = "Wr0ngWr0ng99";
        private const int RefusalPatience = 120 * Bench.Second;
        private const int TrySeconds = 5;

        /// <inheritdoc/>
        public override string Name => "wrong-password";

        /// <inheritdoc/>
        public override string Title => "A controller with a wrong password stays outside, and the right one is let in after it";

        /// <inheritdoc/>
        public override string Source => "R13, R14";

        /// <inheritdoc/>
        public override int Seconds => 60;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } = [BoardAbility.Ip, BoardAbility.WiSun, BoardAbility.PutRecords];

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            bench.OpenRouteB();
            HemsController stranger = bench.Air.AddController(bench.RouteBId, WrongPassword);
            stranger.Start();
            bench.Until(() => stranger.Joins > 0 || bench.Air.Module.Statistics.Rejected > 0, RefusalPatience,
                "a controller with a wrong password is refused");
            bool isIn = bench.Clock.Until(() => stranger.Joins > 0, TrySeconds * Bench.Second);
            bench.Check(!isIn, "a controller with a wrong password was let in");
            bench.AtLeast("attempts that were not let in", bench.Air.Module.Statistics.Rejected, "", 1);
            stranger.Stop();

            HemsController controller = bench.Air.AddController(bench.RouteBId, bench.RouteBPassword);
            JoinScenario.Join(bench, controller);
            bench.Check(!bench.Log.Any(line => line.Text.Contains(bench.RouteBPassword) || line.Text.Contains(WrongPassword)),
                "a password is in the log");
            controller.Stop();
        }
    }
}
