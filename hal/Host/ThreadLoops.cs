using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace NanoComm.Hal.Host
{
    /// <summary>Real loops on the PC: a background thread each, against the real clock.</summary>
    public sealed class ThreadLoops : ILoops, IDisposable
    {
        private const int DisposeMilliseconds = 2000;
        private const string Source = "loops";

        [ThreadStatic]
        private static LoopBeat _current;

        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly List<ThreadSignal> _signals = new List<ThreadSignal>();
        private readonly List<Thread> _threads = new List<Thread>();
        private readonly Dictionary<string, long> _hangs = new Dictionary<string, long>();
        private readonly ManualResetEventSlim _stopped = new ManualResetEventSlim(false);
        private volatile bool _stopping;

        /// <summary>Makes the loops' home.</summary>
        /// <param name="clock">The clock that deadlines are points on.</param>
        /// <param name="log">Told when an exception ended a loop.</param>
        public ThreadLoops(IClock clock, ILog log)
        {
            _clock = clock;
            _log = log;
        }

        /// <inheritdoc/>
        public bool IsStopping => _stopping;

        /// <summary>Is called whenever a loop has nothing more to do and begins to wait: what it has changed can be seen now. On
        /// that loop's thread, so it waits for nothing. Set before the loops start; null for nobody.</summary>
        public Action Resting { get; set; }

        /// <inheritdoc/>
        public ISignal CreateSignal(string name)
        {
            var signal = new ThreadSignal(name, this, _clock);
            lock (_signals)
            {
                _signals.Add(signal);
            }

            return signal;
        }

        /// <inheritdoc/>
        public LoopBeat Start(string name, IReaction reaction, ISignal wake)
        {
            return Start(name, () => Run(reaction, wake));
        }

        /// <inheritdoc/>
        public LoopBeat Start(string name, ISequence sequence)
        {
            return Start(name, sequence.Run);
        }

        /// <inheritdoc/>
        public void StartWatch(IReaction watch)
        {
            Start("watch", () => Run(watch, CreateSignal("next look")));
        }

        /// <summary>Has a loop hang: its first step from then on does not return until the loops are stopped. For what shows
        /// how a unit bears that. Call before the loops start.</summary>
        /// <param name="loop">The loop's name.</param>
        /// <param name="from">Point on the clock in milliseconds.</param>
        public void Hang(string loop, long from)
        {
            _hangs[loop] = from;
        }

        /// <summary>Ends every wait. Returns at once; loops that are busy finish what they are at.</summary>
        public void Stop()
        {
            _stopping = true;
            _stopped.Set();
            lock (_signals)
            {
                foreach (ThreadSignal signal in _signals)
                {
                    signal.Unpark();
                }
            }
        }

        /// <summary>Waits for the loops to end; a loop that calls it does not wait for itself.</summary>
        /// <param name="milliseconds">How long at the most, for all of them together.</param>
        /// <returns>True when all have ended.</returns>
        public bool Join(int milliseconds)
        {
            Thread[] threads;
            lock (_threads)
            {
                threads = _threads.ToArray();
            }

            long start = Stopwatch.GetTimestamp();
            bool all = true;
            foreach (Thread thread in threads)
            {
                int spent = (int)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                all &= thread == Thread.CurrentThread || thread.Join(Math.Max(0, milliseconds - spent));
            }

            return all;
        }

        /// <summary>Stops the loops and waits a moment for them to end.</summary>
        public void Dispose()
        {
            Stop();
            if (!Join(DisposeMilliseconds))
            {
                return;
            }

            lock (_signals)
            {
                foreach (ThreadSignal signal in _signals)
                {
                    signal.Dispose();
                }
            }
        }

        // What a loop's wait is, seen from the watch over the loops.
        internal void BeginWait(long deadline)
        {
            if (_current != null)
            {
                _current.Due = deadline;
            }
        }

        internal void EndWait()
        {
            if (_current != null)
            {
                _current.Due = _clock.Milliseconds;
                HangIfAsked(_current.Name);
            }
        }

        private LoopBeat Start(string name, Action body)
        {
            var beat = new LoopBeat(name, _clock.Milliseconds);
            lock (_threads)
            {
                if (!_stopping)
                {
                    var thread = new Thread(() => Guard(beat, body)) { IsBackground = true, Name = name };
                    _threads.Add(thread);
                    thread.Start();
                }
            }

            return beat;
        }

        private void HangIfAsked(string loop)
        {
            if (_hangs.TryGetValue(loop, out long from) && _clock.Milliseconds >= from)
            {
                _stopped.Wait();
            }
        }

        private void Run(IReaction reaction, ISignal wake)
        {
            while (!_stopping)
            {
                wake.Wait(reaction.Step(_clock.Milliseconds));
            }
        }

        private void Guard(LoopBeat beat, Action body)
        {
            _current = beat;
            try
            {
                HangIfAsked(beat.Name);
                body();
                beat.Due = Deadline.Never;
            }
            catch (Exception failure)
            {
                _log.Write(LogLevel.Error, Source, $"the loop '{beat.Name}' was ended by an exception and does not "
                    + $"come back before a restart: {failure}");
            }
        }
    }
}
