using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Reporting;

namespace NanoComm.Hil.Scenarios
{
    /// <summary>Hours in which nothing happens but readings: no minute is missed, and nothing grows.</summary>
    public sealed class SoakScenario : Scenario
    {
        private const int LookPeriod = 5 * Bench.Second;
        private const int Grace = 20 * Bench.Second;

        // Until the caches are full and the code is compiled.
        private const int WarmUpMinutes = 10;
        private const double MostMegabytes = 16;
        private const int MostDescriptors = 2;
        private const double BytesOfMegabyte = 1024 * 1024;

        // What a power is good for after its reading, as the unit promises, and a look beside it. In virtual time, with nobody
        // else at the processor, it is far younger: tests/Scenarios, LiveTests.
        private const int OldestPower = 10_500;
        private const int MostPowers = 2500;

        /// <inheritdoc/>
        public override string Name => "soak";

        /// <inheritdoc/>
        public override string Title => "Hours of readings: no minute is missed, memory and descriptors stay flat";

        /// <inheritdoc/>
        public override string Source => "R6, R7";

        /// <inheritdoc/>
        public override int Seconds => 3600;

        /// <inheritdoc/>
        public override IReadOnlyList<BoardAbility> Needs { get; } = [BoardAbility.Ip, BoardAbility.PutRecords];

        /// <inheritdoc/>
        public override bool IsShort => false;

        /// <inheritdoc/>
        public override void Run(Bench bench)
        {
            bench.MakeReady();
            var watch = new MinuteWatch(bench, bench.TerminalOf(0));
            var memory = new List<ReportPoint>();
            var descriptors = new List<ReportPoint>();
            long start = bench.Now;
            long end = start + (long)(bench.Setup.Hours * 60 * Bench.Minute);
            while (bench.Now < end)
            {
                watch.Watch(Math.Min(Bench.Minute, end - bench.Now), LookPeriod, true);
                if (bench.Board.Measure() is { } taken)
                {
                    double seconds = (bench.Now - start) / 1000.0;
                    memory.Add(new ReportPoint(seconds, taken.Bytes / BytesOfMegabyte));
                    descriptors.Add(new ReportPoint(seconds, taken.Descriptors ?? double.NaN));
                }
            }

            int missed = watch.CountMissed(Grace);
            bench.AtMost("looks without an answer", watch.Unanswered, "", 0);
            bench.AtMost("looks without a power", watch.WithoutPower, "", 0);
            watch.Report(OldestPower, MostPowers, missed);
            Report(bench, "memory", "MiB", memory, MostMegabytes);
            Report(bench, "descriptors", "", descriptors, MostDescriptors);
        }

        // How much it has grown since the warm-up, by the medians of two tenths of the time.
        private static void Report(Bench bench, string name, string unit, List<ReportPoint> points, double limit)
        {
            List<ReportPoint> warm = points.Where(point => point.Seconds >= WarmUpMinutes * 60).ToList();
            if (points.Count > 0)
            {
                bench.Results.Series.Add(new ReportSeries(name, unit, points));
            }

            if (warm.Count >= 2)
            {
                int part = Math.Max(1, warm.Count / 10);
                bench.AtMost($"growth of {name} after {WarmUpMinutes} minutes",
                    Median(warm.TakeLast(part)) - Median(warm.Take(part)), unit, limit);
            }
        }

        private static double Median(IEnumerable<ReportPoint> points)
        {
            List<double> values = points.Select(point => point.Value).Order().ToList();
            return values[values.Count / 2];
        }
    }
}
