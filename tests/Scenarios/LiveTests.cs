using System;
using NUnit.Framework;
using NanoComm.Rig;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>How old the power is that a controller reads (requirement R16).</summary>
    [Parallelizable]
    internal static class LiveTests
    {
        private const int Hour = 3600 * 1000;

        // One byte in 10,000: of its eight bits, each.
        private const double BitError = 1.0 / 80000;

        private static readonly DateTime Start = new(2027, 2, 27, 12, 10, 20);

        [TestCase(9600, 2)]
        [TestCase(115200, 2)]
        [TestCase(9600, 24, Explicit = true)]
        [TestCase(115200, 24, Explicit = true)]
        public static void Power_is_at_most_1200_ms_old_on_a_good_line(int baudRate, int hours)
        {
            LiveWatch watch = Run(1, baudRate, 0, hours);
            Assert.That(watch.Missing, Is.Zero);
            Assert.That(watch.Oldest, Is.AtMost(1200));
        }

        [TestCase(9600, 3)]
        [TestCase(115200, 3)]
        [TestCase(9600, 24, Explicit = true)]
        [TestCase(115200, 24, Explicit = true)]
        public static void Power_is_hardly_ever_older_than_1300_ms_on_a_bad_line_and_never_than_4_s(int baudRate, int hours)
        {
            LiveWatch watch = Run(2, baudRate, BitError, hours);
            Assert.That(watch.ShareUpTo(1300), Is.AtLeast(0.999));
            Assert.That(watch.Missing, Is.Zero);
            Assert.That(watch.Oldest, Is.AtMost(4000));
        }

        // Slower than what is waited for at first, up to what it may take at most.
        [TestCase(9600, 100)]
        [TestCase(9600, 300)]
        [TestCase(115200, 300)]
        [TestCase(115200, 700)]
        [TestCase(115200, 950)]
        public static void A_metering_unit_that_takes_its_time_is_read_each_second_and_asked_once(
            int baudRate, int turnaround)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(3, Start, baudRate);
            unit.Line.ToNear.Delay = 1;
            unit.Line.ToNear.DelayMilliseconds = turnaround;
            unit.Unit.Start();
            unit.Scheduler.RunUntil(300_000);
            int before = unit.Unit.MeteringUnit.Client.Link.Statistics.Retransmissions;
            int readings = unit.Unit.Metering.LiveReadings;
            unit.Scheduler.RunUntil(900_000);
            int again = unit.Unit.MeteringUnit.Client.Link.Statistics.Retransmissions - before;
            readings = unit.Unit.Metering.LiveReadings - readings;
            TestContext.Out.WriteLine($"{readings} readings in 600 s, {again} frames sent again");
            Assert.That(unit.Unit.Metering.Failures, Is.Zero);
            Assert.That(again, Is.AtMost(1));
            Assert.That(readings, Is.AtLeast(270));
        }

        private static LiveWatch Run(int seed, int baudRate, double bitError, int hours)
        {
            LiveWatch watch = LiveWatch.Run(seed, Start, baudRate, bitError, hours * Hour, out double load);
            TestContext.Out.WriteLine($"{watch.Asked} askings, {watch.Missing} without a value, "
                + $"{watch.ShareUpTo(1300):P3} up to 1,300 ms, oldest {watch.Oldest} ms; line load {load:P1}");
            Assert.That(load, Is.AtMost(0.25));
            return watch;
        }
    }
}
