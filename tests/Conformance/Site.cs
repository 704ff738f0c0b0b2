using System;
using System.Linq;
using NanoComm.MeterConformance;
using NanoComm.Echonet;
using NanoComm.Hal.Host;
using NanoComm.Reporting;
using NanoComm.Rig;
using NanoComm.Simulators;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Units in virtual time that conformance runs look at.</summary>
    internal static class Site
    {
        private const int Baud = 115200;
        private const long Ready = 60_000;

        // Some minutes after noon, when energy flows to the grid; and a morning when it is drawn, reactive energy too.
        private static readonly DateTime Noon = new(2027, 2, 27, 12, 10, 20);
        private static readonly DateTime Morning = new(2027, 2, 27, 7, 25, 20);

        private static readonly DateTimeOffset Begin = new(2027, 2, 27, 12, 10, 20, TimeSpan.Zero);

        /// <summary>A unit in the middle of a day, so that this day has rows with and without data.</summary>
        public static SimulatedUnit Make(bool isHighVoltage)
        {
            return Make(isHighVoltage, isHighVoltage ? Morning : Noon);
        }

        /// <summary>A unit that was not started yet.</summary>
        public static SimulatedUnit Make(bool isHighVoltage, DateTime start)
        {
            var settings = new UnitSettings(new EchonetIdentity([0xFF, 0xFF, 0xFF], Number(13), Number(12), Number(12)))
            {
                IpPathRequestsPerSecond = SimulatedUnit.PathRequestsPerSecond,
                ServesHighVoltage = isHighVoltage,
                MeterClass = isHighVoltage ? Metering.MeterClass.HighVoltage : Metering.MeterClass.LowVoltage,
            };
            return SimulatedUnit.OverLine(1, start, Baud, new MemoryFiles(), new MemoryFiles(),
                isHighVoltage ? new HighVoltageService() : null, settings);
        }

        /// <summary>Starts it, and waits until it has all that it fetches at the start.</summary>
        public static void Start(SimulatedUnit unit)
        {
            unit.Unit.Start();
            unit.Scheduler.RunUntil(unit.Scheduler.Milliseconds + Ready);
        }

        /// <summary>Looks at it.</summary>
        public static Report Run(MutantPath path, int minutes, params string[] only)
        {
            return new ConformanceRun(path, new ConformanceOptions { Minutes = minutes, Only = only, FirstTid = 0x1234 }).Run(Begin);
        }

        /// <summary>What stands in a report beside what passed.</summary>
        public static string Tell(Report report, params ReportVerdict[] verdicts)
        {
            return string.Join('\n', report.Cases.Where(one => verdicts.Contains(one.Verdict))
                .Select(one => $"{one.Id} {one.Verdict}: {one.Message}"));
        }

        private static byte[] Number(int length)
        {
            return Enumerable.Range(0x30, length).Select(i => (byte)i).ToArray();
        }
    }
}
