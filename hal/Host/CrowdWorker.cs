using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// One thread that steps the loops of many units, against the real clock: what somebody waits for first (datagrams,
    /// notifications), then, by turns, the exchanges with metering units and what was posted. It looks at the sockets at least every
    /// few milliseconds, whatever it has to do.
    /// </summary>
    public sealed class CrowdWorker : IDisposable
    {
        private const int LongestWait = 1000;

        // Between two looks at the sockets while there is something else to do.
        private const double LookMilliseconds = 1;

        private readonly MonotonicClock _clock;
        private readonly Action<Exception> _failed;
        private readonly DeadlineHeap _deadlines = new();
        private readonly Queue<CrowdLoop> _reactions = new();
        private readonly Queue<CrowdLoop> _sequences = new();
        private readonly ConcurrentQueue<Action> _posted = new();
        private readonly Thread _thread;
        private long _now;
        private long _steps;
        private int _index;
        private bool _isTurnOfPosted;
        private volatile bool _isStopping;

        /// <summary>Makes it; it begins with <see cref="Start"/>.</summary>
        /// <param name="name">Names the thread.</param>
        /// <param name="clock">The clock of all workers.</param>
        /// <param name="group">What the units hear of their group; null for nothing.</param>
        /// <param name="failed">Told on the worker's thread what a step threw that nobody caught; the loop has ended by
        /// it.</param>
        /// <exception cref="System.IO.IOException">The system does not give what it takes.</exception>
        public CrowdWorker(string name, MonotonicClock clock, GroupFeed group, Action<Exception> failed)
        {
            _clock = clock;
            _failed = failed;
            Sockets = new SocketCrowd(group);
            _thread = new Thread(Run) { IsBackground = true, Name = name };
        }

        /// <summary>The sockets of its units.</summary>
        public SocketCrowd Sockets { get; }

        /// <summary>Steps so far.</summary>
        public long Steps => Volatile.Read(ref _steps);

        /// <summary>Since when the step lasts that it is at, on the clock of all workers; -1 between steps.</summary>
        public long StepSince { get; private set; } = -1;

        /// <summary>How many loops wait for their turn.</summary>
        public int Waiting => _reactions.Count + _sequences.Count;

        // At the beginning of the step.
        internal long Now => Volatile.Read(ref _now);

        internal bool IsCurrent => Thread.CurrentThread == _thread;

        /// <summary>Begins.</summary>
        public void Start()
        {
            _thread.Start();
        }

        /// <summary>Has something done on the worker's thread, one thing for each exchange while there are any. From any thread.</summary>
        public void Post(Action action)
        {
            _posted.Enqueue(action);
            Sockets.Wake();
        }

        /// <summary>Ends after the step that it is at.</summary>
        /// <param name="milliseconds">How long to wait for that.</param>
        /// <returns>False when it has not ended by then.</returns>
        public bool Stop(int milliseconds)
        {
            _isStopping = true;
            Sockets.Wake();
            return !_thread.IsAlive || _thread.Join(milliseconds);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Sockets.Dispose();
        }

        internal int NextIndex() => _index++;

        internal void MakeReady(CrowdLoop loop)
        {
            if (!loop.IsReady && !loop.IsEnded)
            {
                loop.IsReady = true;
                (loop.IsReaction ? _reactions : _sequences).Enqueue(loop);
            }
        }

        private void Run()
        {
            while (!_isStopping)
            {
                _now = _clock.Milliseconds;
                while (_deadlines.Next <= _now)
                {
                    MakeReady((CrowdLoop)_deadlines.Take());
                }

                bool isIdle = Waiting == 0 && _posted.IsEmpty;
                Sockets.Wait(isIdle ? Deadline.Remaining(Deadline.Earlier(_deadlines.Next, _now + LongestWait), _now) : 0);
                Work();
            }
        }

        // Until it is time to look again.
        private void Work()
        {
            long begin = MonotonicClock.Moment;
            do
            {
                _now = _clock.Milliseconds;
                _isTurnOfPosted = !_isTurnOfPosted;
                if (_reactions.TryDequeue(out CrowdLoop loop) || (!_isTurnOfPosted && _sequences.TryDequeue(out loop)))
                {
                    Step(loop);
                }
                else if (_posted.TryDequeue(out Action action))
                {
                    Guard(action);
                }
                else if (_sequences.TryDequeue(out loop))
                {
                    Step(loop);
                }
                else
                {
                    return;
                }
            }
            while (MonotonicClock.MillisecondsSince(begin) < LookMilliseconds);
        }

        private void Step(CrowdLoop loop)
        {
            loop.IsReady = false;
            if (loop.IsEnded)
            {
                return;
            }

            _steps++;
            StepSince = _now;
            try
            {
                long next = loop.Step();
                if (!loop.IsEnded && !loop.IsReady)
                {
                    _deadlines.Set(loop, next);
                }
            }
            catch (Exception failure)
            {
                _failed(failure);
            }

            StepSince = -1;
        }

        private void Guard(Action action)
        {
            try
            {
                action();
            }
            catch (Exception failure)
            {
                _failed(failure);
            }
        }
    }
}
