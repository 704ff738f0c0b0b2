using System;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.Hal.Esp32;
using NativePower = nanoFramework.Runtime.Native.Power;

namespace NanoComm.Tests.Esp32
{
    /// <summary>Loops as the board runs them, what they show of themselves, and who watches whom.</summary>
    internal sealed class LoopsTests
    {
        private const int Patience = 10000;

        private Surroundings _board;
        private Esp32Loops _loops;

        [SetUp]
        public void Make()
        {
            _board = new Surroundings();
            _loops = new Esp32Loops(_board, _board);
            NativePower.Reboots = 0;
        }

        [TearDown]
        public void Stop() => _loops.Stop();

        [Test]
        public void A_reaction_shows_its_deadline_while_it_waits_and_since_when_it_works()
        {
            using var hold = new ManualResetEventSlim(false);
            int steps = 0;
            ISignal wake = _loops.CreateSignal("wake");
            LoopBeat beat = _loops.Start("reaction", new Reaction(_ =>
            {
                if (Interlocked.Increment(ref steps) == 2)
                {
                    hold.Wait();
                }

                return 1_000_000_000;
            }), wake);

            Assert.That(() => beat.Due, Is.EqualTo(1_000_000_000).After(Patience, 5));
            long woken = _board.Milliseconds;
            wake.Set();
            Assert.That(() => beat.Due, Is.InRange(woken, woken + Patience).After(Patience, 5));
            long due = beat.Due;
            Thread.Sleep(50);
            Assert.That(beat.Due, Is.EqualTo(due), "it hangs");
            hold.Set();
            Assert.That(() => beat.Due, Is.EqualTo(1_000_000_000).After(Patience, 5));
        }

        [Test]
        public void A_sequence_shows_them_whatever_signal_it_waits_for_and_Never_when_it_has_ended()
        {
            ISignal one = _loops.CreateSignal("one");
            ISignal other = _loops.CreateSignal("other");
            LoopBeat beat = _loops.Start("sequence", new Sequence(() =>
            {
                one.Wait(2_000_000_000);
                other.Wait(Deadline.Never);
                other.Wait(3_000_000_000);
            }));

            Assert.That(() => beat.Due, Is.EqualTo(2_000_000_000).After(Patience, 5));
            one.Set();
            Assert.That(() => beat.Due, Is.EqualTo(Deadline.Never).After(Patience, 5));
            other.Set();
            Assert.That(() => beat.Due, Is.EqualTo(3_000_000_000).After(Patience, 5));
            other.Set();
            Assert.That(() => beat.Due, Is.EqualTo(Deadline.Never).After(Patience, 5));
        }

        [Test]
        public void A_loop_that_an_exception_ended_is_said_so_and_stays_overdue()
        {
            LoopBeat beat = _loops.Start("sequence", new Sequence(() => throw new InvalidOperationException("broken")));
            Assert.That(() => _board.Lines, Has.Member("Error sequence: the loop ended: broken").After(Patience, 5));
            Thread.Sleep(20);
            Assert.That(beat.Due, Is.LessThanOrEqualTo(_board.Milliseconds));
        }

        // A second one would write the first one's sign of life.
        [Test]
        public void There_is_one_sequence_at_most()
        {
            _loops.Start("one", new Sequence(() => { }));
            Assert.That(() => _loops.Start("other", new Sequence(() => { })), Throws.InvalidOperationException);
        }

        [Test]
        public void A_main_thread_that_shows_no_life_for_a_period_reboots_the_board()
        {
            var watch = new MainThreadWatch();
            watch.Look(null);
            Assert.That(NativePower.Reboots, Is.Zero, "the start takes its time");
            watch.Live();
            watch.Look(null);
            watch.Live();
            watch.Look(null);
            Assert.That(NativePower.Reboots, Is.Zero);
            watch.Look(null);
            Assert.That(NativePower.Reboots, Is.EqualTo(1));
        }

        [Test]
        public void A_start_that_never_ends_does_so_too()
        {
            var watch = new MainThreadWatch();
            watch.Look(null);
            watch.Look(null);
            Assert.That(NativePower.Reboots, Is.EqualTo(1));
        }

        [Test]
        public void The_main_thread_steps_the_watch_and_restarts_the_unit_when_timers_stand_still()
        {
            var board = new FakeBoard();
            var mainThread = new MainThreadWatch();
            int steps = 0;
            _loops.StartWatch(new Reaction(now =>
            {
                steps++;
                return now + 10000;
            }));
            var supervisor = new Esp32Supervisor(board, _loops.Watch, mainThread);
            for (int i = 0; i < 100; i++)
            {
                Assert.That(supervisor.Step(i * 10000), Is.EqualTo((i + 1) * 10000));
                if (i % 12 == 0)
                {
                    mainThread.Look(null);
                }
            }

            Assert.That(steps, Is.EqualTo(100));
            Assert.That(board.Restarts, Is.Zero);
            Assert.That(NativePower.Reboots, Is.Zero);
            foreach (int i in Enumerable.Range(100, 34))
            {
                supervisor.Step(i * 10000);
            }

            Assert.That(board.Restarts, Is.EqualTo(1));
        }

        private sealed class Reaction(Func<long, long> step) : IReaction
        {
            public long Step(long now) => step(now);
        }

        private sealed class Sequence(Action run) : ISequence
        {
            public void Run() => run();
        }
    }
}
