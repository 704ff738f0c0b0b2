using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hal
{
    [TestFixture]
    public sealed class ThreadLoopsTests
    {
        private const int PatienceMilliseconds = 5000;

        private MonotonicClock _clock;
        private RecordingLog _log;
        private ThreadLoops _loops;

        [SetUp]
        public void SetUp()
        {
            _clock = new MonotonicClock();
            _log = new RecordingLog();
            _loops = new ThreadLoops(_clock, _log);
        }

        [TearDown]
        public void TearDown()
        {
            _loops.Dispose();
        }

        [Test]
        public void A_wait_ends_by_signal_or_deadline_and_the_signal_resets()
        {
            ISignal signal = _loops.CreateSignal("answer");
            signal.Set();
            signal.Set();

            Assert.That(signal.Wait(Deadline.Never), Is.EqualTo(WaitResult.Signalled));
            long deadline = _clock.Milliseconds + 30;
            Assert.That(signal.Wait(deadline), Is.EqualTo(WaitResult.TimedOut), "set twice wakes once");
            Assert.That(_clock.Milliseconds, Is.GreaterThanOrEqualTo(deadline), "never early");
            Assert.That(signal.Wait(0), Is.EqualTo(WaitResult.TimedOut), "a deadline that has passed does not wait");
            signal.Set();
            Assert.That(signal.Wait(0), Is.EqualTo(WaitResult.Signalled), "nor does it lose the signal");
        }

        [Test]
        public void No_wake_up_is_lost_between_two_threads()
        {
            const int rounds = 20_000;
            ISignal ping = _loops.CreateSignal("ping");
            ISignal pong = _loops.CreateSignal("pong");
            int pongs = 0;
            _loops.Start("pong", new DelegateSequence(() =>
            {
                while (ping.Wait(Deadline.Never) == WaitResult.Signalled)
                {
                    pongs++;
                    pong.Set();
                }
            }));

            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < rounds; i++)
            {
                ping.Set();
                if (pong.Wait(_clock.Milliseconds + PatienceMilliseconds) != WaitResult.Signalled)
                {
                    Assert.Fail($"lost in round {i}");
                }
            }

            Assert.That(pongs, Is.EqualTo(rounds));
            TestContext.Out.WriteLine(
                $"{Stopwatch.GetElapsedTime(start).TotalMicroseconds / rounds / 2:F1} us from thread to thread");
        }

        [Test]
        public void No_set_that_races_with_the_wait_is_lost()
        {
            const int items = 200_000;
            ISignal signal = _loops.CreateSignal("items");
            int produced = 0;
            var producer = new Thread(() =>
            {
                for (int i = 0; i < items; i++)
                {
                    Interlocked.Increment(ref produced);
                    signal.Set();
                }
            });
            producer.Start();

            while (Volatile.Read(ref produced) < items)
            {
                if (signal.Wait(_clock.Milliseconds + PatienceMilliseconds) != WaitResult.Signalled)
                {
                    // Everything was produced before the last wait took the last signal.
                    Assert.That(Volatile.Read(ref produced), Is.EqualTo(items));
                }
            }

            producer.Join();
        }

        [Test]
        public void A_reaction_steps_at_once_then_at_its_deadline_and_when_woken()
        {
            ISignal wake = _loops.CreateSignal("wake");
            var steps = new List<long>();
            using var third = new ManualResetEventSlim();
            _loops.Start("reaction", new DelegateReaction(now =>
            {
                lock (steps)
                {
                    steps.Add(now);
                    if (steps.Count == 3)
                    {
                        third.Set();
                    }

                    return steps.Count == 1 ? now + 40 : Deadline.Never;
                }
            }), wake);

            Assert.That(() => Count(steps), Is.EqualTo(2).After(PatienceMilliseconds).MilliSeconds.PollEvery(5));
            wake.Set();
            Assert.That(third.Wait(PatienceMilliseconds));
            Assert.That(steps[1] - steps[0], Is.GreaterThanOrEqualTo(40));
        }

        [Test]
        public void Stop_ends_every_wait_and_Join_sees_the_loops_end()
        {
            ISignal never = _loops.CreateSignal("never");
            ISignal wake = _loops.CreateSignal("wake");
            WaitResult result = WaitResult.Signalled;
            using var begun = new CountdownEvent(2);
            _loops.Start("sequence", new DelegateSequence(() =>
            {
                begun.Signal();
                result = never.Wait(Deadline.Never);
            }));
            _loops.Start("reaction", new DelegateReaction(_ =>
            {
                begun.Signal();
                return Deadline.Never;
            }), wake);
            Assert.That(begun.Wait(PatienceMilliseconds));
            Assert.That(_loops.Join(20), Is.False, "they go on until they are stopped");

            _loops.Stop();

            Assert.That(_loops.Join(PatienceMilliseconds), Is.True);
            Assert.That(result, Is.EqualTo(WaitResult.Stopping));
            Assert.That(_loops.IsStopping);
            Assert.That(never.Wait(Deadline.Never), Is.EqualTo(WaitResult.Stopping), "and every later wait too");
            _loops.Start("late", new DelegateSequence(() => result = WaitResult.Signalled));
            Assert.That(_loops.Join(PatienceMilliseconds), Is.True);
            Assert.That(result, Is.EqualTo(WaitResult.Stopping), "nothing starts any more");
            _loops.Dispose();
            Assert.DoesNotThrow(never.Set, "a late datagram does no harm");
        }

        [Test]
        public void A_loop_that_an_exception_ends_is_logged_by_name_and_the_others_go_on()
        {
            ISignal wake = _loops.CreateSignal("wake");
            int steps = 0;
            _loops.Start("healthy", new DelegateReaction(_ =>
            {
                Interlocked.Increment(ref steps);
                return Deadline.Never;
            }), wake);
            _loops.Start("ip path", new DelegateReaction(_ => throw new FormatException("bad")),
                _loops.CreateSignal("wake"));

            Assert.That(() => _log.Lines.Count, Is.EqualTo(1).After(PatienceMilliseconds).MilliSeconds.PollEvery(5));
            Assert.That(_log.Lines.TryPeek(out string line));
            Assert.That(line, Does.StartWith("Error loops the loop 'ip path'").And.Contain("bad"));
            wake.Set();
            Assert.That(() => Volatile.Read(ref steps),
                Is.GreaterThanOrEqualTo(2).After(PatienceMilliseconds).MilliSeconds.PollEvery(5));
        }

        [Test]
        public void Waiting_allocates_nothing_and_does_not_spin()
        {
            ISignal signal = _loops.CreateSignal("signal");
            Wait(signal, 50);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Wait(signal, 50);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

            int steps = 0;
            _loops.Start("idle", new DelegateReaction(_ =>
            {
                Interlocked.Increment(ref steps);
                return Deadline.Never;
            }), _loops.CreateSignal("wake"));
            Thread.Sleep(200);
            Assert.That(Volatile.Read(ref steps), Is.LessThanOrEqualTo(1), "a loop without a deadline is not stepped again");
        }

        private static int Count(List<long> steps)
        {
            lock (steps)
            {
                return steps.Count;
            }
        }

        private void Wait(ISignal signal, int times)
        {
            for (int i = 0; i < times; i++)
            {
                signal.Set();
                signal.Wait(Deadline.Never);
                signal.Wait(_clock.Milliseconds + 1);
            }
        }
    }
}
