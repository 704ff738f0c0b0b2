using System;
using System.Linq;
using NUnit.Framework;
using NanoComm.MeterLink;
using NanoComm.Metering;
using NanoComm.Rig;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>The whole unit with its metering unit at the end of a serial line.</summary>
    [Parallelizable]
    internal static class LinkTests
    {
        private static readonly DateTime Noon = new(2027, 2, 27, 12, 10, 20);

        [TestCase(9600, 12.0)]
        [TestCase(115200, 2.0)]
        public static void It_reads_soon_after_the_start_with_an_hour_of_minutes_and_a_day_of_half_hours(int baud, double wanted)
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Noon, baud);
            unit.Unit.Start();
            bool Filled() => unit.Unit.Data.HalfHours.Newest != MeterTime.Unknown
                && Enumerable.Range(0, 60).All(i => unit.Unit.Data.Minutes.Get(unit.Unit.Data.Minutes.Newest - (60 * i), out _, out _))
                && Enumerable.Range(0, 48).All(i => unit.Unit.Data.HalfHours.Get(unit.Unit.Data.HalfHours.Newest - (1800 * i), out _, out _));
            unit.Scheduler.Run(Filled, Seconds(wanted * 3));
            TestContext.Out.WriteLine($"{baud} baud: filled after {unit.Scheduler.Milliseconds} ms, "
                + $"{unit.Line.BytesToFar} + {unit.Line.BytesToNear} bytes, computed "
                + $"{(unit.Line.BytesToFar + unit.Line.BytesToNear) * 10_000.0 / baud:0} ms of line time");
            Assert.That(unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            Assert.That(unit.Scheduler.Milliseconds, Is.LessThanOrEqualTo(Seconds(wanted)));
        }

        [Test]
        public static void A_live_poll_takes_at_most_175_bytes_on_the_wire_and_a_minute_poll_270()
        {
            using SimulatedUnit unit = SimulatedUnit.OverLine(1, Noon, 9600);
            unit.Unit.Start();
            RunTo(unit, Minutes(25) + Seconds(50));
            (long bytes, int live, int minutes) = PollCount.Run(unit, 20_000);
            Assert.That(minutes, Is.Zero);
            Assert.That(live, Is.InRange(19, 21));
            long livePoll = bytes / live;
            Assert.That(livePoll, Is.LessThanOrEqualTo(175));

            (bytes, live, minutes) = PollCount.Run(unit, 180_000);
            Assert.That(minutes, Is.EqualTo(3));
            long minutePoll = (bytes - (live * livePoll)) / minutes;
            TestContext.Out.WriteLine($"live poll: {livePoll} bytes, minute poll: {minutePoll} bytes");
            Assert.That(minutePoll, Is.InRange(200, 270));
        }
    }
}
