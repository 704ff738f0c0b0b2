using System;
using System.Collections.Generic;
using NanoComm.Rig;

namespace NanoComm.Bench
{
    /// <summary>How old the power is that a controller reads which asks once a second for a day, on a good line and with
    /// one byte in 10,000 spoilt.</summary>
    internal static class LiveBench
    {
        private const int Day = 24 * 60 * 60_000;
        private const double BitError = 1.0 / 80000;

        private static readonly DateTime Start = new(2027, 2, 27, 12, 10, 20);

        public static IEnumerable<Figure> Run()
        {
            foreach (int baudRate in new[] { 9600, 115200 })
            {
                LiveWatch watch = LiveWatch.Run(1, Start, baudRate, 0, Day, out double load);
                yield return new Figure($"age of the power asked for, {baudRate} baud, good line, oldest of {watch.Asked:N0}: ms",
                    "at most 1,200", $"{watch.Oldest:N0}", watch.Missing == 0 && watch.Oldest <= 1200);
                yield return new Figure("  load of the line, %", "at most 25", $"{100 * load:0.0}", load <= 0.25);
                watch = LiveWatch.Run(1, Start, baudRate, BitError, Day, out _);
                double share = 100 * watch.ShareUpTo(1300);
                yield return new Figure($"  bad line, up to 1,300 ms: % of all askings", "at least 99.9", $"{share:0.000}",
                    share >= 99.9);
                yield return new Figure($"  bad line, oldest: ms", "at most 4,000", $"{watch.Oldest:N0}",
                    watch.Missing == 0 && watch.Oldest <= 4000);
            }
        }
    }
}
