using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>The air in real time: one thread runs what is due, and a lock keeps everybody else out meanwhile. A
    /// line that is written to from here must not block for long, or the whole air stands still.</summary>
    public sealed class RealAirClock : IAirClock, IDisposable
    {
        private readonly Lock _gate = new();
        private readonly AutoResetEvent _changed = new(false);
        private readonly PriorityQueue<Action, (long When, long Number)> _actions = new();
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly Thread _thread;
        private long _count;
        private volatile bool _isDisposed;

        /// <summary>Starts the clock.</summary>
        public RealAirClock()
        {
            _thread = new Thread(Run) { IsBackground = true, Name = "air" };
            _thread.Start();
        }

        /// <inheritdoc/>
        public long Milliseconds => _watch.ElapsedMilliseconds;

        /// <inheritdoc/>
        public void At(long when, Action action)
        {
            lock (_gate)
            {
                _actions.Enqueue(action, (when, _count++));
            }

            _changed.Set();
        }

        /// <inheritdoc/>
        public void Enter(Action action)
        {
            lock (_gate)
            {
                action();
            }
        }

        /// <summary>Stops the clock: nothing runs any more, except what is running.</summary>
        public void Dispose()
        {
            _isDisposed = true;
            _changed.Set();
            if (Thread.CurrentThread != _thread)
            {
                _thread.Join();
                _changed.Dispose();
            }
        }

        private void Run()
        {
            while (!_isDisposed)
            {
                int wait;
                lock (_gate)
                {
                    wait = RunDue();
                }

                _changed.WaitOne(wait);
            }
        }

        // Returns how long there is nothing to do.
        private int RunDue()
        {
            while (!_isDisposed && _actions.TryPeek(out _, out (long When, long Number) next))
            {
                long wait = next.When - Milliseconds;
                if (wait > 0)
                {
                    return (int)Math.Min(wait, int.MaxValue);
                }

                _actions.Dequeue()();
            }

            return Timeout.Infinite;
        }
    }
}
