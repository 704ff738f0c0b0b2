using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace NanoComm.Hil
{
    /// <summary>
    /// A bench in real time: an event loop that runs on the scenario's thread while the scenario waits. What comes from other
    /// threads, bytes of a port, datagrams, is handed over by <see cref="Post"/>, so nothing on the bench needs a lock.
    /// </summary>
    public sealed class RealBenchClock : IBenchClock, IDisposable
    {
        // Conditions may look at what is not on this clock: a process, a task.
        private const int LongestWait = 20;

        private readonly BlockingCollection<Action> _posted = new();
        private readonly PriorityQueue<Action, (long When, long Number)> _timers = new();
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly CancellationToken _end;
        private long _count;
        private volatile BenchLostException _lost;

        /// <summary>Starts at 0.</summary>
        /// <param name="end">Ends every wait by <see cref="OperationCanceledException"/>: the user wants no more.</param>
        public RealBenchClock(CancellationToken end = default)
        {
            _end = end;
        }

        /// <inheritdoc/>
        public long Milliseconds => _watch.ElapsedMilliseconds;

        /// <inheritdoc/>
        public void At(long when, Action action)
        {
            _timers.Enqueue(action, (when, _count++));
        }

        /// <inheritdoc/>
        public void Enter(Action action)
        {
            action();
        }

        /// <summary>Has an action run on the scenario's thread. From any thread.</summary>
        /// <param name="action">Never waits.</param>
        public void Post(Action action)
        {
            _posted.Add(action);
        }

        /// <summary>Ends the run: every wait from now on throws. From any thread.</summary>
        /// <param name="message">What went, and what to do.</param>
        public void Lose(string message)
        {
            _lost ??= new BenchLostException(message);
        }

        /// <inheritdoc/>
        public void Run(long milliseconds)
        {
            Until(() => false, milliseconds);
        }

        /// <inheritdoc/>
        public bool Until(Func<bool> condition, long milliseconds)
        {
            long limit = Milliseconds + milliseconds;
            while (true)
            {
                _end.ThrowIfCancellationRequested();
                RunDue();
                if (condition())
                {
                    return true;
                }

                if (_lost is { } lost)
                {
                    throw lost;
                }

                long left = limit - Milliseconds;
                if (left <= 0)
                {
                    return false;
                }

                long next = _timers.TryPeek(out _, out (long When, long) timer) ? timer.When - Milliseconds : LongestWait;
                if (_posted.TryTake(out Action action, (int)Math.Clamp(Math.Min(next, left), 0, LongestWait)))
                {
                    action();
                }
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _posted.Dispose();
        }

        // What is due, and no more, so that who waits is heard.
        private void RunDue()
        {
            long now = Milliseconds;
            while (_timers.TryPeek(out _, out (long When, long) timer) && timer.When <= now)
            {
                _timers.Dequeue()();
            }
        }
    }
}
