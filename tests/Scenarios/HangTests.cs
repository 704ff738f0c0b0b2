using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Audit;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Rig;
using NanoComm.Supervision;
using static NanoComm.Tests.Scenarios.DayTests;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>A loop of the whole unit hangs: it restarts, and tells why afterwards. What only waits does not hang.</summary>
    [Parallelizable]
    internal static class HangTests
    {
        private const int Second = 1000;

        private static readonly (string Name, SecurityEvent Event)[] Loops =
        [
            ("unsaved records", SecurityEvent.RecordsHung), ("light", SecurityEvent.LightHung),
            ("ip path", SecurityEvent.IpPathHung), ("wi-sun path", SecurityEvent.WiSunPathHung),
            ("metering", SecurityEvent.MeteringHung),
        ];

        [Test]
        public static void Every_loop_of_the_unit_is_one_of_those_that_are_made_to_hang_here()
        {
            using var scene = new Scene();
            Assert.That(scene.Unit.Scheduler.LoopNames, Is.EqualTo(Loops.Select(loop => loop.Name)));
        }

        [Test]
        public static void Each_loop_that_hangs_is_found_and_told_after_the_restart(
            [Range(0, 4)] int loop, [Values(0, 95_500)] long from)
        {
            using var scene = new Scene();
            (string name, SecurityEvent e) = Loops[loop];
            scene.Unit.Scheduler.Hang(name, from);

            // A light that is steady has no step to take.
            scene.Unit.Scheduler.At(from, () => scene.Unit.Line.ToFar.IsCut = true);
            long restarted = scene.RunToRestart();

            // The limit, and a look more: the first is when it is seen to have begun.
            int limit = e == SecurityEvent.RecordsHung ? 120 * Second : 60 * Second;
            Assert.That(restarted - scene.Unit.Scheduler.HangsSince, Is.InRange(limit, limit + (10 * Second)));
            Assert.That(scene.Unit.Board.RestartReason, Is.EqualTo("the loop hangs: " + name));

            scene.Restart();
            scene.RunTo(30 * Second);
            Assert.That(scene.Unit.Board.LogLines,
                Has.One.Contains($"Error watch: the unit was restarted because a loop hung: {name}, restarts of that kind 1"));
            Assert.That(scene.Events(e), Is.EqualTo(1));
            Assert.That(scene.Unit.Unit.Watch.LastHung, Is.EqualTo(e));
            Assert.That(scene.Unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading));
            Assert.That(scene.Unit.Unit.Light.Pattern, Is.EqualTo(LightPattern.LoopHung));
            Assert.That(scene.Unit.Board.Light.Changes.Count(change => change.At > 10 * Second), Is.GreaterThan(20));
        }

        [Test]
        public static void The_light_tells_it_for_an_hour_and_the_log_once()
        {
            using var scene = new Scene();
            scene.Unit.Scheduler.Hang("ip path", 0);
            scene.RunToRestart();
            scene.Restart();
            scene.RunTo(Minutes(59));
            Assert.That(scene.Unit.Unit.Light.Pattern, Is.EqualTo(LightPattern.LoopHung));
            scene.RunTo(Minutes(61));
            Assert.That(scene.Unit.Unit.Light.Pattern, Is.EqualTo(LightPattern.Reading));
            Assert.That(scene.Unit.Board.Light.Lit, Is.True, "its loop was woken");
            Assert.That(scene.Unit.Board.Light.Changes[^1].At, Is.LessThan(Minutes(61)));

            scene.Restart();
            scene.RunTo(30 * Second);
            Assert.That(scene.Unit.Board.LogLines, Has.None.Contains("hung"));
            Assert.That(scene.Unit.Unit.Light.Pattern, Is.EqualTo(LightPattern.Reading));
            Assert.That(scene.Unit.Unit.Watch.Restarts, Is.EqualTo(1));
            Assert.That(scene.Events(SecurityEvent.IpPathHung), Is.EqualTo(1));
        }

        [Test]
        public static void Without_the_watch_nothing_restarts_it()
        {
            using var scene = new Scene();
            scene.Unit.Scheduler.Hang("watch", 0);
            scene.Unit.Scheduler.Hang("metering", 0);
            Assert.That(() => scene.RunToRestart(), Throws.TypeOf<TimeoutException>());
        }

        // The store's lock is held for ever: by the loop that writes records, in the middle of a file. Whoever then reads or
        // writes a record waits for it; the watch does not, and the reason is written beside it.
        [TestCase(0)]
        [TestCase(100_000)]
        public static void A_loop_that_hangs_with_the_lock_of_the_store_does_not_hold_up_the_watch(long from)
        {
            using var scene = new Scene();
            scene.HoldWritesOf("audit.new", from);
            scene.Unit.Scheduler.At(from, () => scene.Unit.Unit.Security.Add(SecurityEvent.WrongUnit));
            scene.RunToRestart();

            // At the start the metering loop wants the lock in the same millisecond.
            string[] told = from == 0 ? ["unsaved records", "metering"] : ["unsaved records"];
            Assert.That(told.Select(name => "the loop hangs: " + name), Does.Contain(scene.Unit.Board.RestartReason));
            Assert.That(scene.Unit.Scheduler.BlockedLoops, Is.Not.Empty);
            string reason = scene.Unit.Board.RestartReason;
            scene.Restart();
            Assert.That(reason, Does.EndWith(LoopWatch.NameOf(scene.Unit.Unit.Watch.LastHung)));
        }

        [Test]
        public static void Of_loops_that_hang_together_the_first_is_told()
        {
            using var scene = new Scene();
            scene.Unit.Scheduler.Hang("metering", 35 * Second);
            scene.Unit.Scheduler.Hang("wi-sun path", 33 * Second);
            scene.Unit.Scheduler.Hang("ip path", 34 * Second);
            scene.Unit.Scheduler.Hang("unsaved records", 36 * Second);
            scene.Unit.Scheduler.Hang("light", 0);
            scene.RunToRestart();
            Assert.That(scene.Unit.Board.RestartReason, Is.EqualTo("the loop hangs: light"));
            Assert.That(scene.Unit.Board.Restarts, Is.EqualTo(1));
        }

        [Test]
        public static void A_metering_unit_that_is_silent_for_a_day_hangs_nothing()
        {
            using var scene = new Scene();
            scene.RunTo(Minutes(2));
            scene.Unit.Line.ToFar.IsCut = true;
            scene.RunTo(Minutes(24 * 60));
            Assert.That(scene.Unit.Board.Restarts, Is.Zero);
            Assert.That(scene.Unit.Unit.Metering.State, Is.EqualTo(MeteringState.Lost));
            Assert.That(scene.Unit.Unit.Watch.IsTelling, Is.False);
        }

        [TestCase("metering", 59, false)]
        [TestCase("metering", 71, true)]
        [TestCase("unsaved records", 119, false)]
        [TestCase("unsaved records", 131, true)]
        public static void A_long_step_is_no_hang_and_one_beyond_the_limit_is(string loop, int seconds, bool hangs)
        {
            using var scene = new Scene();
            scene.Unit.Scheduler.Hang(loop, 30 * Second, seconds * Second);
            scene.RunTo(Minutes(5));
            Assert.That(scene.Unit.Board.Restarts, Is.EqualTo(hangs ? 1 : 0));
        }

        [Test]
        public static void A_unit_that_hangs_at_every_start_restarts_more_and_more_seldom_and_tells_each_time()
        {
            using var scene = new Scene();
            var times = new List<long>();
            for (int i = 0; i < 10; i++)
            {
                scene.Unit.Scheduler.Hang("wi-sun path", 0);
                times.Add(scene.RunToRestart() / (10 * Second));
                scene.Restart();
                Assert.That(scene.Unit.Unit.Watch.Restarts, Is.EqualTo(i + 1));
            }

            // One minute, and then 1, 2, 4, 8, 16, 32 and 60 more, in tens of seconds.
            Assert.That(times, Is.EqualTo(new[] { 6, 12, 18, 30, 54, 102, 198, 366, 366, 366 }));
            scene.RunTo(40 * Second);
            Assert.That(scene.Events(SecurityEvent.WiSunPathHung), Is.EqualTo(10));
            Assert.That(scene.Unit.Unit.Metering.State, Is.EqualTo(MeteringState.Reading), "what does not hang goes on");
        }

        [Test]
        public static void An_hour_that_went_well_is_forgiveness()
        {
            using var scene = new Scene();
            foreach (long from in new[] { 0, 0, 0, Minutes(61), 0 })
            {
                scene.Unit.Scheduler.Hang("ip path", from);
                scene.RunToRestart();
                scene.Restart();
            }

            scene.Unit.Scheduler.Hang("ip path", 0);
            Assert.That(scene.RunToRestart(), Is.EqualTo(180 * Second), "the third in a row");
        }

        private sealed class Scene : IDisposable
        {
            private static readonly DateTime Start = new(2027, 2, 27, 12, 0, 0);

            private readonly MemoryFiles _medium = new();
            private readonly MemoryFiles _meterFiles = new();

            public Scene()
            {
                Restart();
            }

            public SimulatedUnit Unit { get; private set; }

            public HoldingFiles Files { get; private set; }

            public void Restart()
            {
                Unit?.Dispose();
                Files = new HoldingFiles(_medium);
                Unit = SimulatedUnit.WithEveryPath(7, Start, 115200, null, Files, _meterFiles);
                Unit.Scheduler.StepsMayHang = true;
                Unit.Unit.Start();
            }

            public void RunTo(long time) => Unit.Scheduler.RunUntil(time);

            public long RunToRestart()
            {
                Unit.Scheduler.Run(() => Unit.Board.Restarts > 0, Minutes(180));
                return Unit.Scheduler.Milliseconds;
            }

            public void HoldWritesOf(string file, long from)
            {
                Files.Writing = name =>
                {
                    if (name == file && Unit.Scheduler.Milliseconds >= from)
                    {
                        Unit.Scheduler.Hold(Deadline.Never);
                    }
                };
            }

            public long Events(SecurityEvent e)
            {
                var entry = new SecurityLogEntry();
                long count = 0;
                for (int i = 0; Unit.Unit.Security.Get(i, entry); i++)
                {
                    count += entry.Event == e ? entry.Count : 0;
                }

                return count;
            }

            public void Dispose() => Unit.Dispose();
        }
    }
}
