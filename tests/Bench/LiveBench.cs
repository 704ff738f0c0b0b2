using System;
using System.Collections.Generic;
using NanoComm.Rig;

namespace NanoComm.Bench
{
    /// <summary>How old the power is that a controller reads which asks once a second for a day, on a good line and with
    /// one byte in 10,000 spoilt.</summary>
    internal static class LiveBench
    {
        private const int Minute = 60_000;
        private const int Day = 24 * 60 * Minute;
        private const double BitError = 1.0 / 80000;

        private static readonly DateTime Start = new(2027, 2, 27, 12, 10, 20);

        public static IEnumerable<Figure> Run()
        {
            foreach (int baudRate in new[] { 9600, 115200 })
            {
                (LiveWatch watch, double load) = RunDay(baudRate, 0);
                yield return new Figure($"age of the power asked for, {baudRate} baud, good line, oldest of {watch.Asked:N0}: ms",
                    "at most 1,200", $"{watch.Oldest:N0}", watch.Missing == 0 && watch.Oldest <= 1200);
                yield return new Figure($"  load of the line, %", "at most 25", $"{load:0.0}", load <= 25);
                (watch, _) = RunDay(baudRate, BitError);
                double share = 100 * watch.ShareUpTo(1300);
                yield return new Figure($"  bad line, up to 1,300 ms: % of all askings", "at least 99.9", $"{share:0.000}",
                    share >= 99.9);
                yield return new Figure($"  bad line, oldest: ms", "at most 4,000", $"{watch.Oldest:N0}",
                    watch.Missing == 0 && watch.Oldest <= 4000);
            }
        }

        private static (LiveWatch Watch, double Load) RunDay(int baudRate, double bitError)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Start, baudRate);
            unit.Line.ToFar.BitError = bitError;
            unit.Line.ToNear.BitError = bitError;
            var watch = new LiveWatch(unit, 1);
            unit.Unit.Start();
            watch.Start(Minute);
            unit.Scheduler.RunUntil(Minute + Day);
            double load = (unit.Line.BytesToFar + unit.Line.BytesToNear) * 1_000_000.0 / baudRate / (Minute + Day);
            return (watch, load);
        }
    }
}
