using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hal
{
    [TestFixture]
    public sealed class VirtualSchedulerTests
    {
        private const long Day = 24L * 60 * 60 * 1000;

        [Test]
        public void The_clock_jumps_from_deadline_to_deadline_and_stops_at_the_limit()
        {
            using var scheduler = new VirtualScheduler(1);
            var times = new List<long>();
            scheduler.Start("beat", Reaction(now => { times.Add(now); return now + 400; }),
                scheduler.CreateSignal("wake"));

            scheduler.RunUntil(1000);

            Assert.That(times, Is.EqualTo(new long[] { 0, 400, 800 }));
            Assert.That(scheduler.Milliseconds, Is.EqualTo(1000));
            scheduler.RunUntil(1200);
            Assert.That(times, Is.EqualTo(new long[] { 0, 400, 800, 1200 }), "the limit itself belongs to the run");
        }

        [Test]
        public void A_signal_wakes_a_reaction_once_however_often_it_was_set()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal wake = scheduler.CreateSignal("wake");
            var times = new List<long>();
            scheduler.Start("idle", Reaction(now => { times.Add(now); return Deadline.Never; }), wake);
            scheduler.At(50, () => { wake.Set(); wake.Set(); });

            scheduler.RunUntil(100);

            Assert.That(times, Is.EqualTo(new long[] { 0, 50 }));
        }

        [Test]
        public void A_reaction_that_wakes_itself_is_stepped_again()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal wake = scheduler.CreateSignal("wake");
            int steps = 0;
            scheduler.Start("self", Reaction(_ =>
            {
                if (++steps < 3)
                {
                    wake.Set();
                }

                return Deadline.Never;
            }), wake);

            scheduler.RunUntil(0);

            Assert.That(steps, Is.EqualTo(3));
        }

        [Test]
        public void A_signal_set_before_the_wait_is_not_lost_and_is_reset_by_it()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal signal = scheduler.CreateSignal("answer");
            signal.Set();
            var results = new List<(WaitResult, long)>();
            scheduler.Start("asker", Sequence(() =>
            {
                results.Add((signal.Wait(Deadline.Never), scheduler.Milliseconds));
                results.Add((signal.Wait(300), scheduler.Milliseconds));
                results.Add((signal.Wait(200), scheduler.Milliseconds));
            }));

            scheduler.RunUntil(1000);

            Assert.That(results, Is.EqualTo(new[]
            {
                (WaitResult.Signalled, 0L), (WaitResult.TimedOut, 300L), (WaitResult.TimedOut, 300L),
            }));
        }

        [Test]
        public void Loops_of_both_kinds_wake_each_other()
        {
            using var scheduler = new VirtualScheduler(7);
            ISignal question = scheduler.CreateSignal("question");
            ISignal answer = scheduler.CreateSignal("answer");
            bool isAsked = false;
            int answered = 0;
            scheduler.Start("server", Reaction(_ =>
            {
                if (isAsked)
                {
                    isAsked = false;
                    scheduler.At(scheduler.Milliseconds + 20, answer.Set);
                }

                return Deadline.Never;
            }), question);
            scheduler.Start("client", Sequence(() =>
            {
                while (true)
                {
                    isAsked = true;
                    question.Set();
                    if (answer.Wait(scheduler.Milliseconds + 100) != WaitResult.Signalled)
                    {
                        return;
                    }

                    answered++;
                }
            }));

            scheduler.RunUntil(2000);

            Assert.That(answered, Is.EqualTo(100));
        }

        [Test]
        public void Events_of_the_same_time_keep_their_order_whatever_the_seed()
        {
            for (int seed = 0; seed < 50; seed++)
            {
                using var scheduler = new VirtualScheduler(seed);
                var order = new List<int>();
                ISignal wake = scheduler.CreateSignal("wake");
                scheduler.Start("noise", Reaction(_ => Deadline.Never), wake);
                for (int i = 0; i < 10; i++)
                {
                    int number = i;
                    scheduler.At(5, () => { order.Add(number); wake.Set(); });
                }

                scheduler.At(4, () => order.Add(-1));
                scheduler.RunUntil(10);

                Assert.That(order, Is.EqualTo(Enumerable.Range(-1, 11)), $"seed {seed}");
            }
        }

        [Test]
        public void An_event_in_the_past_runs_now()
        {
            using var scheduler = new VirtualScheduler(1);
            scheduler.RunUntil(100);
            long at = -1;
            scheduler.At(40, () => at = scheduler.Milliseconds);

            scheduler.RunUntil(100);

            Assert.That(at, Is.EqualTo(100));
        }

        [Test]
        public void The_same_seed_repeats_the_run_exactly_and_seeds_differ()
        {
            var traces = new HashSet<string>();
            for (int seed = 0; seed < 20; seed++)
            {
                (string trace, ulong fingerprint) = Trace(seed);
                (string again, ulong fingerprintAgain) = Trace(seed);
                Assert.That(again, Is.EqualTo(trace), $"seed {seed}");
                Assert.That(fingerprintAgain, Is.EqualTo(fingerprint), $"seed {seed}");
                traces.Add(trace);
            }

            Assert.That(traces, Has.Count.EqualTo(20), "each seed is a run of its own");
        }

        [Test]
        public void Seeds_reach_every_order_of_what_is_ready_at_once()
        {
            var orders = new HashSet<string>();
            for (int seed = 0; seed < 200; seed++)
            {
                using var scheduler = new VirtualScheduler(seed);
                string order = "";
                scheduler.Start("a", Reaction(_ => { order += "a"; return Deadline.Never; }),
                    scheduler.CreateSignal("a"));
                scheduler.Start("b", Sequence(() => order += "b"));
                scheduler.At(0, () => order += "c");
                scheduler.RunUntil(0);
                orders.Add(order);
            }

            Assert.That(orders, Is.EquivalentTo(new[] { "abc", "acb", "bac", "bca", "cab", "cba" }));
        }

        [Test]
        public void Random_bytes_come_from_the_seed_and_the_sides_do_not_disturb_each_other()
        {
            using var one = new VirtualScheduler(3);
            using var two = new VirtualScheduler(3);
            using var other = new VirtualScheduler(4);
            for (int i = 0; i < 100; i++)
            {
                two.HostRandom.Next();
            }

            byte[] bytes = Bytes(one.Random);
            Assert.That(Bytes(two.Random), Is.EqualTo(bytes));
            Assert.That(Bytes(other.Random), Is.Not.EqualTo(bytes));
        }

        [Test]
        public void What_a_loop_draws_changes_nothing_of_what_another_gets()
        {
            byte[] Drawn(int others)
            {
                using var scheduler = new VirtualScheduler(1);
                var drawn = new List<byte>();
                scheduler.Start("customer", Reaction(now =>
                {
                    for (int i = 0; i < others; i++)
                    {
                        Bytes(scheduler.Random);
                    }

                    return now + 7;
                }), scheduler.CreateSignal("wake"));
                scheduler.Start("utility", Reaction(now => { drawn.AddRange(Bytes(scheduler.Random)); return now + 10; }),
                    scheduler.CreateSignal("wake"));
                scheduler.At(15, () => Bytes(scheduler.Random));
                scheduler.RunUntil(30);
                return drawn.ToArray();
            }

            byte[] alone = Drawn(0);

            Assert.That(Drawn(3), Is.EqualTo(alone));
            Assert.That(alone.Distinct().Count(), Is.GreaterThan(alone.Length / 2), "and it is random");
        }

        [Test]
        public void Waiting_alone_takes_no_switch()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal pause = scheduler.CreateSignal("pause");
            int waits = 0;
            scheduler.Start("poll", Sequence(() =>
            {
                while (pause.Wait(scheduler.Milliseconds + 60_000) != WaitResult.Stopping)
                {
                    waits++;
                }
            }));

            scheduler.RunUntil(Day);

            Assert.That(waits, Is.EqualTo(1440));
            Assert.That(scheduler.Switches, Is.EqualTo(1), "only to begin with");
            Assert.That(scheduler.Steps, Is.EqualTo(1441));
        }

        // A finding is reported with its seed: what is made faster here must not take that seed another way.
        [TestCase(0, 843, 0xC79826CFA14287DBul)]
        [TestCase(1, 828, 0xAA34975BF80D7300ul)]
        [TestCase(2, 843, 0x28F6CD97F3C61E50ul)]
        [TestCase(11, 849, 0x23AD6C3FD4BF9629ul)]
        public void A_seed_goes_the_way_it_went_when_each_step_switched_threads(int seed, int steps, ulong fingerprint)
        {
            using var scheduler = new VirtualScheduler(seed);
            Populate(scheduler, new List<string>());

            scheduler.RunUntil(2000);

            Assert.That(scheduler.Steps, Is.EqualTo(steps));
            Assert.That(scheduler.Fingerprint, Is.EqualTo(fingerprint));
        }

        [Test]
        public void A_watched_run_goes_the_same_way()
        {
            using var direct = new VirtualScheduler(11);
            using var watched = new VirtualScheduler(11);
            Populate(direct, new List<string>());
            Populate(watched, new List<string>());

            direct.RunUntil(5000);
            watched.Run(() => watched.Milliseconds >= 5000, 5000);
            watched.RunUntil(5000);

            Assert.That(watched.Steps, Is.EqualTo(direct.Steps));
            Assert.That(watched.Fingerprint, Is.EqualTo(direct.Fingerprint));
        }

        [Test]
        public void What_fails_on_a_sequence_s_thread_is_thrown_to_who_runs_and_the_run_may_go_on()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal pause = scheduler.CreateSignal("pause");
            int waits = 0;
            var threads = new HashSet<int>();
            scheduler.Start("poll", Sequence(() =>
            {
                while (pause.Wait(scheduler.Milliseconds + 10) != WaitResult.Stopping)
                {
                    waits++;
                    threads.Add(Environment.CurrentManagedThreadId);
                }
            }));
            scheduler.At(25, () =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                throw new FormatException("e");
            });

            LoopFailedException happening = Assert.Throws<LoopFailedException>(() => scheduler.RunUntil(100));
            Assert.Throws<FormatException>(
                () => scheduler.Run(() => waits == 5 ? throw new FormatException("condition") : false, 100));
            Assert.Throws<TimeoutException>(() => scheduler.Run(() => false, 75));
            scheduler.RunUntil(100);

            Assert.That(happening.InnerException, Is.TypeOf<FormatException>());
            Assert.That(threads, Has.Count.EqualTo(1), "the event ran where the sequence does");
            Assert.That(waits, Is.EqualTo(10));
        }

        [Test]
        public void A_sequence_that_was_given_up_is_told_so_when_it_waits_after_all()
        {
            using var scheduler = new VirtualScheduler(1) { Patience = TimeSpan.FromMilliseconds(100) };
            using var isGivenUp = new ManualResetEventSlim();
            using var isTold = new ManualResetEventSlim();
            ISignal pause = scheduler.CreateSignal("pause");
            ISignal other = scheduler.CreateSignal("other");
            int beats = 0;
            scheduler.Start("late", Sequence(() =>
            {
                pause.Wait(10);
                isGivenUp.Wait();
                Assert.Throws<InvalidOperationException>(() => pause.Wait(20));
                isTold.Set();
            }));
            scheduler.Start("healthy", Sequence(() =>
            {
                while (other.Wait(scheduler.Milliseconds + 10) != WaitResult.Stopping)
                {
                    beats++;
                }
            }));
            SchedulerLivelockException failure = Assert.Throws<SchedulerLivelockException>(() => scheduler.RunUntil(100));
            Assert.That(failure.Message, Does.Contain("'late'"));

            isGivenUp.Set();
            Assert.That(isTold.Wait(TimeSpan.FromSeconds(20)));
            scheduler.RunUntil(100);

            Assert.That(beats, Is.EqualTo(10));
        }

        [Test]
        public void Sequences_that_wait_for_each_other_take_turns()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal ping = scheduler.CreateSignal("ping");
            ISignal pong = scheduler.CreateSignal("pong");
            int returned = 0;
            scheduler.Start("left", Sequence(() =>
            {
                do
                {
                    ping.Set();
                    returned++;
                }
                while (pong.Wait(Deadline.Never) == WaitResult.Signalled && returned < 1000);
            }));
            scheduler.Start("right", Sequence(() =>
            {
                while (ping.Wait(Deadline.Never) == WaitResult.Signalled)
                {
                    pong.Set();
                }
            }));

            scheduler.Run(() => returned == 1000, 1000);

            Assert.That(scheduler.Milliseconds, Is.Zero);
            Assert.That(scheduler.Switches, Is.InRange(1999, 2001), "from one to the other, and to nobody between");
        }

        [Test]
        public void Of_many_loops_none_is_passed_over_and_none_is_early()
        {
            const int Loops = 300;
            using var scheduler = new VirtualScheduler(1);
            var random = new Random(1);
            var next = new long[Loops];
            var wakes = new ISignal[Loops];
            int steps = 0;
            for (int i = 0; i < Loops; i++)
            {
                int number = i;
                wakes[i] = scheduler.CreateSignal($"wake {i}");
                scheduler.Start($"loop {i}", Reaction(now =>
                {
                    steps++;
                    Assert.That((next[number], next.Min()), Is.EqualTo((now, now)));
                    next[number] = random.Next(10) == 0 ? Deadline.Never : now + random.Next(1, 1000);
                    return next[number];
                }), wakes[i]);
            }

            for (int i = 1; i < 1000; i++)
            {
                int number = random.Next(Loops);
                int at = 20 * i;
                scheduler.At(at, () =>
                {
                    next[number] = at;
                    wakes[number].Set();
                });
            }

            scheduler.RunUntil(20_000);

            Assert.That(steps, Is.GreaterThan(3000));
            Assert.That(next.Min(), Is.GreaterThan(20_000));
        }

        [Test]
        public void Run_stops_at_the_step_that_makes_the_condition_true()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal pause = scheduler.CreateSignal("pause");
            int waits = 0;
            scheduler.Start("poll", Sequence(() =>
            {
                while (pause.Wait(scheduler.Milliseconds + 10) != WaitResult.Stopping)
                {
                    waits++;
                }
            }));

            scheduler.Run(() => waits == 3, 1000);

            Assert.That(waits, Is.EqualTo(3));
            Assert.That(scheduler.Milliseconds, Is.EqualTo(30));
        }

        [Test]
        public void Run_names_the_loops_when_the_condition_came_too_late()
        {
            using var scheduler = new VirtualScheduler(5);
            ISignal pause = scheduler.CreateSignal("next reading");
            scheduler.Start("metering", Sequence(() =>
            {
                while (pause.Wait(scheduler.Milliseconds + 400) != WaitResult.Stopping)
                {
                }
            }));

            TimeoutException failure = Assert.Throws<TimeoutException>(() => scheduler.Run(() => false, 1000));

            Assert.That(failure.Message, Does.Contain("1000 ms").And.Contain("seed 5")
                .And.Contain("'metering' waits for 'next reading' until 1200 ms"));
        }

        [Test]
        public void A_deadlock_names_each_loop_and_its_signal()
        {
            using var scheduler = new VirtualScheduler(9);
            ISignal left = scheduler.CreateSignal("left fork");
            ISignal right = scheduler.CreateSignal("right fork");
            scheduler.Start("Plato", Sequence(() => { left.Wait(250); left.Wait(Deadline.Never); }));
            scheduler.Start("Zeno", Sequence(() => right.Wait(Deadline.Never)));
            scheduler.Start("host", Reaction(_ => Deadline.Never), scheduler.CreateSignal("bell"));

            SchedulerDeadlockException failure =
                Assert.Throws<SchedulerDeadlockException>(() => scheduler.RunUntil(1000));

            Assert.That(failure.Message, Does.Contain("at 250 ms (seed 9)")
                .And.Contain("'Plato' waits for 'left fork' for ever")
                .And.Contain("'Zeno' waits for 'right fork' for ever")
                .And.Contain("'host' waits for 'bell' for ever"));
        }

        [Test]
        public void A_condition_that_can_never_come_true_is_a_deadlock_and_an_idle_reaction_is_none()
        {
            using var scheduler = new VirtualScheduler(9);
            scheduler.Start("host", Reaction(_ => Deadline.Never), scheduler.CreateSignal("bell"));

            Assert.DoesNotThrow(() => scheduler.RunUntil(1000));
            Assert.Throws<SchedulerDeadlockException>(() => scheduler.Run(() => false, 2000));
        }

        [Test]
        public void An_exception_surfaces_with_the_name_of_its_loop_and_the_others_go_on()
        {
            using var scheduler = new VirtualScheduler(2);
            ISignal pause = scheduler.CreateSignal("pause");
            int beats = 0;
            scheduler.Start("healthy", Reaction(now => { beats++; return now + 10; }), scheduler.CreateSignal("wake"));
            scheduler.Start("bad reaction", Reaction(now => now < 15 ? 15 : throw new FormatException("r")),
                scheduler.CreateSignal("wake"));
            scheduler.Start("bad sequence", Sequence(() => { pause.Wait(25); throw new FormatException("s"); }));
            scheduler.At(35, () => throw new FormatException("e"));

            LoopFailedException reaction = Assert.Throws<LoopFailedException>(() => scheduler.RunUntil(100));
            LoopFailedException sequence = Assert.Throws<LoopFailedException>(() => scheduler.RunUntil(100));
            LoopFailedException happening = Assert.Throws<LoopFailedException>(() => scheduler.RunUntil(100));
            scheduler.RunUntil(100);

            Assert.That((reaction.Loop, sequence.Loop, happening.Loop),
                Is.EqualTo(("bad reaction", "bad sequence", "event")));
            Assert.That(reaction.InnerException, Is.TypeOf<FormatException>());
            Assert.That(sequence.Message, Does.Contain("25 ms"));
            Assert.That(beats, Is.EqualTo(11));
        }

        [Test]
        public void Only_a_sequence_may_wait()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal signal = scheduler.CreateSignal("answer");
            scheduler.Start("reaction", Reaction(_ => { signal.Wait(10); return Deadline.Never; }),
                scheduler.CreateSignal("wake"));

            LoopFailedException failure = Assert.Throws<LoopFailedException>(() => scheduler.RunUntil(10));
            Assert.That(failure.InnerException, Is.TypeOf<InvalidOperationException>());
            Assert.That(failure.Message, Does.Contain("'reaction' waits for 'answer'"));

            scheduler.At(5, () => signal.Wait(10));
            failure = Assert.Throws<LoopFailedException>(() => scheduler.RunUntil(10));
            Assert.That(failure.InnerException, Is.TypeOf<InvalidOperationException>());
            Assert.Throws<InvalidOperationException>(() => signal.Wait(10));
        }

        [Test]
        public void A_signal_wakes_one_loop_only()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal wake = scheduler.CreateSignal("wake");
            scheduler.Start("first", Reaction(_ => Deadline.Never), wake);

            Assert.Throws<InvalidOperationException>(
                () => scheduler.Start("second", Reaction(_ => Deadline.Never), wake));
            scheduler.Start("third", Sequence(() => wake.Wait(10)));
            Assert.Throws<LoopFailedException>(() => scheduler.RunUntil(10));
        }

        [Test]
        public void A_foreign_thread_is_refused_while_the_scheduler_runs()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal signal = scheduler.CreateSignal("answer");
            Exception refused = null;
            scheduler.At(5, () =>
            {
                var foreign = new Thread(() => refused = Assert.Catch(signal.Set));
                foreign.Start();
                foreign.Join();
            });

            scheduler.RunUntil(10);

            Assert.That(refused, Is.TypeOf<InvalidOperationException>());
        }

        [Test]
        public void A_reaction_that_never_lets_the_clock_move_is_named()
        {
            using var scheduler = new VirtualScheduler(1);
            scheduler.Start("quiet", Reaction(now => now + 1000), scheduler.CreateSignal("wake"));
            scheduler.Start("greedy", Reaction(now => now), scheduler.CreateSignal("wake"));

            SchedulerLivelockException failure =
                Assert.Throws<SchedulerLivelockException>(() => scheduler.RunUntil(10));

            Assert.That(failure.Message, Does.Contain("'greedy', at 0 ms"));
        }

        [Test]
        public void A_sequence_that_never_lets_the_clock_move_is_named()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal pause = scheduler.CreateSignal("pause");
            scheduler.Start("greedy", Sequence(() =>
            {
                while (pause.Wait(0) != WaitResult.Stopping)
                {
                }
            }));

            SchedulerLivelockException failure =
                Assert.Throws<SchedulerLivelockException>(() => scheduler.RunUntil(10));

            Assert.That(failure.Message, Does.Contain("'greedy', at 0 ms"));
        }

        [Test]
        public void A_sequence_that_never_waits_is_named()
        {
            bool goOn = true;
            using (var scheduler = new VirtualScheduler(1) { Patience = TimeSpan.FromMilliseconds(100) })
            {
                scheduler.Start("busy", Sequence(() =>
                {
                    while (Volatile.Read(ref goOn))
                    {
                        Thread.Sleep(1);
                    }
                }));

                SchedulerLivelockException failure =
                    Assert.Throws<SchedulerLivelockException>(() => scheduler.RunUntil(10));
                Assert.That(failure.Message, Does.Contain("'busy'"));
            }

            Volatile.Write(ref goOn, false);
        }

        [Test]
        public void Stop_answers_every_wait_with_Stopping_and_steps_nothing_more()
        {
            var scheduler = new VirtualScheduler(1);
            ISignal signal = scheduler.CreateSignal("answer");
            var results = new List<WaitResult>();
            Thread thread = null;
            int steps = 0;
            scheduler.Start("sequence", Sequence(() =>
            {
                thread = Thread.CurrentThread;
                results.Add(signal.Wait(Deadline.Never));
                results.Add(signal.Wait(Deadline.Never));
            }));
            scheduler.Start("reaction", Reaction(now => { steps++; return now + 10; }), scheduler.CreateSignal("wake"));
            scheduler.RunUntil(15);

            scheduler.Stop();
            scheduler.RunUntil(100);
            scheduler.Dispose();

            Assert.That(scheduler.IsStopping);
            Assert.That(results, Is.EqualTo(new[] { WaitResult.Stopping, WaitResult.Stopping }));
            Assert.That(steps, Is.EqualTo(2));
            Assert.That(thread.IsAlive, Is.False);
        }

        [Test]
        public void Stop_from_a_loop_ends_the_run()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal signal = scheduler.CreateSignal("answer");
            ISignal pause = scheduler.CreateSignal("pause");
            var results = new List<WaitResult>();
            scheduler.Start("waiting", Sequence(() => results.Add(signal.Wait(Deadline.Never))));
            scheduler.Start("stopping", Sequence(() =>
            {
                results.Add(pause.Wait(20));
                scheduler.Stop();
                results.Add(pause.Wait(30));
            }));

            scheduler.RunUntil(1000);

            Assert.That(results, Is.EqualTo(new[] { WaitResult.TimedOut, WaitResult.Stopping, WaitResult.Stopping }));
            Assert.That(scheduler.Milliseconds, Is.EqualTo(20));
        }

        [Test]
        public void A_sequence_that_overhears_Stopping_is_named()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal signal = scheduler.CreateSignal("answer");
            scheduler.Start("deaf", Sequence(() =>
            {
                while (true)
                {
                    signal.Wait(scheduler.Milliseconds + 10);
                }
            }));
            scheduler.RunUntil(100);

            LoopFailedException failure = Assert.Throws<LoopFailedException>(scheduler.Stop);

            Assert.That(failure.Loop, Is.EqualTo("deaf"));
        }

        [Test]
        public void A_simulated_day_changes_threads_once()
        {
            using var scheduler = new VirtualScheduler(1);
            ISignal wake = scheduler.CreateSignal("datagram");
            ISignal pause = scheduler.CreateSignal("next minute");
            int steps = 0;
            int waits = 0;
            int events = 0;
            scheduler.Start("ip path", Reaction(_ => { steps++; return Deadline.Never; }), wake);
            scheduler.Start("metering", Sequence(() =>
            {
                while (pause.Wait(scheduler.Milliseconds + 60_000) != WaitResult.Stopping)
                {
                    waits++;
                }
            }));
            Action ask = null;
            ask = () =>
            {
                events++;
                wake.Set();
                scheduler.At(scheduler.Milliseconds + 1000, ask);
            };
            scheduler.At(500, ask);

            scheduler.RunUntil(Day);

            Assert.That((events, steps, waits), Is.EqualTo((86_400, 86_401, 1440)));
            Assert.That(scheduler.Switches, Is.EqualTo(1), "only to begin with");
        }

        private static IReaction Reaction(Func<long, long> step)
        {
            return new DelegateReaction(step);
        }

        private static ISequence Sequence(Action run)
        {
            return new DelegateSequence(run);
        }

        private static byte[] Bytes(IRandomSource source)
        {
            var bytes = new byte[32];
            source.Fill(bytes, 0, bytes.Length);
            return bytes;
        }

        private static (string Trace, ulong Fingerprint) Trace(int seed)
        {
            using var scheduler = new VirtualScheduler(seed);
            var trace = new List<string>();
            Populate(scheduler, trace);
            scheduler.RunUntil(2000);
            return (string.Join("\n", trace), scheduler.Fingerprint);
        }

        // Sequences and reactions that meet at the same instants all the time, and events that wake them.
        private static void Populate(VirtualScheduler scheduler, List<string> trace)
        {
            for (int i = 0; i < 3; i++)
            {
                int number = i;
                ISignal wake = scheduler.CreateSignal($"wake {i}");
                ISignal pause = scheduler.CreateSignal($"pause {i}");
                var random = new byte[1];
                scheduler.Start($"reaction {i}", Reaction(now =>
                {
                    trace.Add($"{now} r{number}");
                    pause.Set();
                    return now + 50;
                }), wake);
                scheduler.Start($"sequence {i}", Sequence(() =>
                {
                    WaitResult result = WaitResult.TimedOut;
                    while (result != WaitResult.Stopping)
                    {
                        scheduler.Random.Fill(random, 0, 1);
                        trace.Add($"{scheduler.Milliseconds} s{number} {result} {random[0]}");
                        result = pause.Wait(scheduler.Milliseconds + 5 + (random[0] % 20));
                    }
                }));
                scheduler.At(100 * i, () => Again(scheduler, wake, trace, number));
            }
        }

        private static void Again(VirtualScheduler scheduler, ISignal wake, List<string> trace, int number)
        {
            trace.Add($"{scheduler.Milliseconds} e{number}");
            wake.Set();
            scheduler.At(scheduler.Milliseconds + (scheduler.HostRandom.Next(1, 4) * 25),
                () => Again(scheduler, wake, trace, number));
        }
    }
}
