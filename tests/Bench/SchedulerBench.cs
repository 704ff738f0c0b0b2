using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Rig;

namespace NanoComm.Bench
{
    /// <summary>What virtual time costs: a step of the scheduler with few loops and with many, and how many days of a unit
    /// pass in a second. In processor time, medians of alternating runs, so that the machine may do something else.</summary>
    internal static class SchedulerBench
    {
        private const int Runs = 5;
        private const int Steps = 1_000_000;
        private const int Hour = 3600 * 1000;
        private const double HoursPerDay = 24;

        private static readonly DateTime Start = new(2027, 2, 27, 12, 10, 20);

        public static IEnumerable<Figure> Run()
        {
            (string What, Func<double> Measure, double Limit, bool IsFloor)[] all =
            [
                ("a scheduler step, 10 loops: ns", () => StepNanoseconds(10), 250, false),
                ("  1,000 loops: ns", () => StepNanoseconds(1000), 500, false),
                ("simulated days in a second, nothing between unit and metering unit", () => DaysPerSecond(Direct), 40, true),
                ("  a line of 9600 baud between them", () => DaysPerSecond(() => Line(9600)), 1.6, true),
                ("  a line of 115200 baud", () => DaysPerSecond(() => Line(115200)), 3.2, true),
                ("  no line, a Wi-SUN module", () => DaysPerSecond(WiSun), 38, true),
            ];
            double[][] measured = all.Select(_ => new double[Runs]).ToArray();
            for (int run = -1; run < Runs; run++)
            {
                for (int i = 0; i < all.Length; i++)
                {
                    double value = all[i].Measure();
                    if (run >= 0)
                    {
                        measured[i][run] = value;
                    }
                }
            }

            for (int i = 0; i < all.Length; i++)
            {
                double median = measured[i].Order().ElementAt(Runs / 2);
                yield return new Figure(all[i].What, $"{(all[i].IsFloor ? "at least" : "at most")} {all[i].Limit}", $"{median:0.0}",
                    all[i].IsFloor ? median >= all[i].Limit : median <= all[i].Limit);
            }
        }

        private static SimulatedUnit Direct() => new(1, Start);

        private static SimulatedUnit Line(int baudRate) => SimulatedUnit.OverLine(1, Start, baudRate);

        private static SimulatedUnit WiSun() => SimulatedUnit.WithWiSun(1, Start, new MemoryFiles());

        private static double StepNanoseconds(int loops)
        {
            using var scheduler = new VirtualScheduler(1);
            for (int i = 0; i < loops; i++)
            {
                scheduler.Start("loop", new Beat(1000 + (i % 977)), scheduler.CreateSignal("wake"));
            }

            TimeSpan time = ProcessorTime(() =>
            {
                while (scheduler.Steps < Steps)
                {
                    scheduler.RunUntil(scheduler.Milliseconds + 1000);
                }
            });
            return time.TotalNanoseconds / scheduler.Steps;
        }

        private static double DaysPerSecond(Func<SimulatedUnit> make)
        {
            const int Hours = 6;
            using SimulatedUnit unit = make();
            unit.Unit.Start();

            // By then it has read the history.
            unit.Scheduler.RunUntil(Hour);
            TimeSpan time = ProcessorTime(() => unit.Scheduler.RunUntil((1 + Hours) * Hour));
            return Hours / HoursPerDay / time.TotalSeconds;
        }

        private static TimeSpan ProcessorTime(Action action)
        {
            using var process = Process.GetCurrentProcess();
            TimeSpan before = process.TotalProcessorTime;
            action();
            process.Refresh();
            return process.TotalProcessorTime - before;
        }

        private sealed class Beat(int period) : IReaction
        {
            public long Step(long now) => now + period;
        }
    }
}
