using System;
using System.Collections.Generic;
using NanoComm.Hems;
using NanoComm.Reporting;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>A controller finds the meter over Wi-SUN, joins, and asks.</summary>
    public sealed class JoinScenario : Scenario
    {
        private const int SlowestJoin = 120;
        private const int Questions = 20;
        private const int AskPause = 300;
        private const int AskPatience = 20 * Bench.Second;
        private const int SlowestAnswer = 3000;
        private const int OldestPower = 10_500;

        /// <inheritdoc/>
        public override string Name => "join";

        /// <inheritdoc/>
        public override string Title => "A controller joins over Wi-SUN, and is answered";

        /// <inheritdoc/>
        public override string Source => "R2, R13, R14";

        /// <inheritdoc/>
        public override int Seconds => 55;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } = [BoardAbility.Ip, BoardAbility.WiSun, BoardAbility.PutRecords];

        /// <summary>Has a controller join.</summary>
        /// <returns>How long it took, ms.</returns>
        internal static long Join(Bench bench, HemsController controller)
        {
            controller.Trouble += text => bench.Note("controller: " + text);
            controller.Start();
            return bench.Until(() => controller.State == HemsState.Joined, SlowestJoin * Bench.Second,
                "a controller with the right id and password joins");
        }

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            bench.OpenRouteB();
            HemsController controller = bench.Air.AddController(bench.RouteBId, bench.RouteBPassword);
            bench.AtMost("time to join", Join(bench, controller) / 1000.0, "s", SlowestJoin);
            var times = new List<ReportPoint>();
            long from = bench.Now;
            long slowest = 0;
            long oldest = 0;
            for (int i = 0; i < Questions; i++)
            {
                long asked = bench.Now;
                int? power = Ask(bench, controller);
                slowest = Math.Max(slowest, bench.Now - asked);
                times.Add(new ReportPoint((asked - from) / 1000.0, bench.Now - asked));
                long? age = power is int watts ? bench.Meter.AgeOf(watts, bench.Now) : null;
                bench.Check(age != null, "over Wi-SUN a power was told that the metering unit never had, or none");
                oldest = Math.Max(oldest, age.Value);
                bench.Run(AskPause);
            }

            bench.AtMost("answer time over Wi-SUN, slowest", slowest, "ms", SlowestAnswer);
            bench.AtMost("age of the power (E7), oldest", oldest, "ms", OldestPower);
            bench.Results.Series.Add(new ReportSeries("answer time over Wi-SUN", "ms", times, SlowestAnswer));
            controller.Stop();
        }

        private static int? Ask(Bench bench, HemsController controller)
        {
            EchonetMessage answer = null;
            bool isDone = false;
            controller.Ask(Terminal.MeterEoj, EchonetMessage.Get, [(Bench.Power, [])], message =>
            {
                answer = message;
                isDone = true;
            });
            bench.Until(() => isDone, AskPatience, "a question over Wi-SUN is answered");
            return HemsMeter.ToPower(answer?.Find(Bench.Power));
        }
    }
}
