using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using NanoComm.Hal;
using NanoComm.Rig;

namespace NanoComm.Bench
{
    /// <summary>A day of the whole unit in virtual time: polls, notifications, and one Get a second.</summary>
    internal static class DayBench
    {
        /// <summary>Argument that makes this program keep one core busy until it is killed.</summary>
        public const string BurnArgument = "--burn";

        private const int Seconds = 86400;
        private const int Polls = 1440;
        private const int Notifications = 48;

        public static IEnumerable<Figure> Run()
        {
            RunDay(Seconds / 24);
            yield return Measure("a simulated day", 3);
            Process[] burners = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Process.Start(Self.With(BurnArgument))).ToArray();
            try
            {
                yield return Measure("a simulated day, every core busy elsewhere", 20);
            }
            finally
            {
                foreach (Process burner in burners)
                {
                    burner.Kill();
                    burner.WaitForExit();
                }
            }
        }

        public static void Burn(TimeSpan time)
        {
            for (long end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
                Stopwatch.GetTimestamp() < end;)
            {
            }
        }

        private static Figure Measure(string what, double wanted)
        {
            var watch = Stopwatch.StartNew();
            (int answers, int notifications, int polls) = RunDay(Seconds);
            double seconds = watch.Elapsed.TotalSeconds;
            bool whole = answers == Seconds && notifications == Notifications && polls >= Polls;
            return new Figure($"{what}: s", $"below {wanted}",
                whole ? $"{seconds:0.00}" : $"incomplete: {answers} answers, {notifications} notifications, {polls} polls",
                whole && seconds < wanted);
        }

        private static (int Answers, int HalfHours, int Polls) RunDay(int seconds)
        {
            using var unit = new SimulatedUnit(1, new DateTime(2027, 2, 28, 0, 6, 0));
            byte[] request = Frames.GetSeven;
            DatagramPeer peer = SimulatedUnit.Peer(2);
            int answers = 0;
            int halfHours = 0;
            unit.Port.Sent = (buffer, _, destination) =>
            {
                answers += destination is not null && buffer[Echonet.EchonetFrame.EsvOffset] == Echonet.Esv.GetRes ? 1 : 0;
                halfHours += destination is null && buffer[Echonet.EchonetFrame.PropertiesOffset]
                    == Echonet.Epc.NormalFixedTimeEnergy ? 1 : 0;
            };
            unit.Unit.Start();

            // The first answers need a metering unit that has been identified.
            long first = 500;
            void Ask()
            {
                unit.Port.Deliver(request, peer);
                first += 1000;
                if (first < seconds * 1000L)
                {
                    unit.Scheduler.At(first, Ask);
                }
            }

            unit.Scheduler.At(first, Ask);
            unit.Scheduler.RunUntil(seconds * 1000L);
            return (answers, halfHours, unit.Unit.Metering.Readings);
        }
    }
}
