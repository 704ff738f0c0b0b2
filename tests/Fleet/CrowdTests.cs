using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using NanoComm.Fleet;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Fleet
{
    /// <summary>Loops that share a thread, and the line whose time is only counted.</summary>
    [TestFixture]
    [Platform("Linux")]
    public sealed class CrowdTests
    {
        private const int Patience = 5000;

        private readonly ConcurrentQueue<string> _failures = new();
        private CrowdWorker _worker;

        [SetUp]
        public void Begin()
        {
            _failures.Clear();
            _worker = new CrowdWorker("test", new MonotonicClock(), null, failure => _failures.Enqueue(failure.Message));
            _worker.Start();
        }

        [TearDown]
        public void End()
        {
            Assert.That(_worker.Stop(Patience), Is.True);
            _worker.Dispose();
        }

        [Test]
        public void A_question_without_an_answer_takes_its_time_on_the_unit_s_clock_alone()
        {
            long asked = -1;
            long givenUp = -1;
            double real = 0;
            Exchange((line, signal, clock) =>
            {
                long begin = Stopwatch.GetTimestamp();
                asked = clock.Milliseconds;
                line.Write(new byte[10], 0, 10);
                Assert.That(signal.Wait(clock.Milliseconds + 3000), Is.EqualTo(WaitResult.TimedOut));
                givenUp = clock.Milliseconds;
                real = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            });
            Assert.That(givenUp - asked, Is.GreaterThanOrEqualTo(3000));
            Assert.That(real, Is.LessThan(2000), "nobody has waited");
        }

        [Test]
        public void An_answer_takes_as_long_as_its_bytes_would()
        {
            long took = -1;
            int got = 0;
            Exchange((line, signal, clock) =>
            {
                line.FarEnd.Received += _ => line.FarEnd.Send(new byte[96]);
                long begin = clock.Milliseconds;
                line.Write(new byte[48], 0, 48);
                var buffer = new byte[200];
                while (got < 96)
                {
                    Assert.That(signal.Wait(begin + 60_000), Is.EqualTo(WaitResult.Signalled));
                    got += line.Read(buffer, 0, buffer.Length);
                }

                took = clock.Milliseconds - begin;
            });

            // 144 characters of 10 bits at 9,600 bits a second are 150 ms.
            Assert.That(got, Is.EqualTo(96));
            Assert.That(took, Is.InRange(150, 160));
        }

        [Test]
        public void The_next_exchange_begins_no_sooner_than_the_last_one_would_have_ended()
        {
            var begun = new BlockingCollection<long>();
            long first = Stopwatch.GetTimestamp();
            Start(loops => new Stepped(() =>
            {
                begun.Add(Stopwatch.GetTimestamp());
                loops.CreateSignal("nothing").Wait(loops.Clock.Milliseconds + 300);
                return loops.Clock.Milliseconds;
            }));
            Assert.That(begun.TryTake(out first, Patience), Is.True);
            Assert.That(begun.TryTake(out long second, Patience), Is.True);
            Assert.That(Stopwatch.GetElapsedTime(first, second).TotalMilliseconds, Is.GreaterThan(280));
        }

        [Test]
        public void A_loop_that_throws_ends_alone()
        {
            var steps = new CountdownEvent(3);
            Start(_ => new Stepped(() => throw new InvalidOperationException("broken")));
            Start(loops => new Stepped(() =>
            {
                steps.Signal();
                return steps.IsSet ? Deadline.Ended : loops.Clock.Milliseconds + 1;
            }));
            Assert.That(steps.Wait(Patience), Is.True);
            Assert.That(_failures.ToArray(), Is.EqualTo(new[] { "broken" }));
        }

        [Test]
        public void A_signal_from_another_thread_wakes_a_reaction()
        {
            var steps = new SemaphoreSlim(0);
            ISignal wake = null;
            _worker.Post(() =>
            {
                var loops = new CrowdLoops(_worker);
                wake = loops.CreateSignal("test");
                loops.Start("test", new Reaction(() => steps.Release()), wake);
            });
            Assert.That(steps.Wait(Patience), Is.True, "the first step");
            wake.Set();
            Assert.That(steps.Wait(Patience), Is.True, "the second one");
        }

        [Test]
        public void A_stopped_unit_is_not_stepped_again()
        {
            int steps = 0;
            var stopped = new ManualResetEventSlim();
            Start(loops => new Stepped(() =>
            {
                steps++;
                loops.Stop();
                stopped.Set();
                return loops.Clock.Milliseconds;
            }));
            Assert.That(stopped.Wait(Patience), Is.True);
            var later = new ManualResetEventSlim();
            _worker.Post(later.Set);
            Assert.That(later.Wait(Patience), Is.True);
            Assert.That(steps, Is.EqualTo(1));
        }

        [Test]
        public void What_wants_a_thread_of_its_own_is_refused()
        {
            var told = new BlockingCollection<string>();
            _worker.Post(() =>
            {
                try
                {
                    new CrowdLoops(_worker).Start("greedy", new Blocking());
                }
                catch (ArgumentException error)
                {
                    told.Add(error.Message);
                }
            });
            Assert.That(told.TryTake(out string message, Patience), Is.True);
            Assert.That(message, Does.Contain("greedy"));
        }

        private void Exchange(Action<PacedLine, ISignal, CrowdClock> exchange)
        {
            var done = new ManualResetEventSlim();
            Exception failure = null;
            Start(loops =>
            {
                var line = new PacedLine(loops, 9600);
                ISignal signal = loops.CreateSignal("answer");
                return new Stepped(() =>
                {
                    try
                    {
                        exchange(line, signal, loops.Clock);
                    }
                    catch (Exception error)
                    {
                        failure = error;
                    }

                    done.Set();
                    return Deadline.Ended;
                });
            });
            Assert.That(done.Wait(Patience), Is.True);
            Assert.That(failure, Is.Null);
        }

        private void Start(Func<CrowdLoops, ISequence> make)
        {
            _worker.Post(() =>
            {
                var loops = new CrowdLoops(_worker);
                loops.Start("test", make(loops));
            });
        }

        private sealed class Stepped(Func<long> step) : ISequence, ISteppedSequence
        {
            public long Step() => step();

            public void Run() => throw new NotSupportedException();
        }

        private sealed class Blocking : ISequence
        {
            public void Run() => throw new NotSupportedException();
        }

        private sealed class Reaction(Action step) : IReaction
        {
            public long Step(long now)
            {
                step();
                return Deadline.Never;
            }
        }
    }
}
