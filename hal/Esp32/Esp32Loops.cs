using System;
using System.Collections;
using System.Threading;

namespace NanoComm.Hal.Esp32
{
    /// <summary>Loops as threads, one each, all of the same priority; one of them at most is a sequence. The watch over them
    /// is stepped by the main thread.</summary>
    public sealed class Esp32Loops : ILoops
    {
        private readonly IClock _clock;
        private readonly ILog _log;
        private readonly ArrayList _signals = new ArrayList();

        /// <summary>Makes it.</summary>
        /// <param name="clock">The monotonic clock.</param>
        /// <param name="log">Told of a loop that ends by an exception.</param>
        public Esp32Loops(IClock clock, ILog log)
        {
            _clock = clock;
            _log = log;
        }

        /// <inheritdoc/>
        public bool IsStopping { get; private set; }

        /// <summary>The watch over the loops, or null until they are started.</summary>
        public IReaction Watch { get; private set; }

        // Of the loop that waits by itself, for whichever signal.
        internal LoopBeat Sequence { get; private set; }

        /// <inheritdoc/>
        public ISignal CreateSignal(string name)
        {
            var signal = new Esp32Signal(this, _clock);
            lock (_signals)
            {
                _signals.Add(signal);
            }

            return signal;
        }

        /// <inheritdoc/>
        public LoopBeat Start(string name, IReaction reaction, ISignal wake)
        {
            var beat = new LoopBeat(name, _clock.Milliseconds);
            Start(beat, new ReactionSequence(reaction, (Esp32Signal)wake, _clock, beat));
            return beat;
        }

        /// <inheritdoc/>
        public LoopBeat Start(string name, ISequence sequence)
        {
            if (Sequence != null)
            {
                throw new InvalidOperationException();
            }

            Sequence = new LoopBeat(name, _clock.Milliseconds);
            Start(Sequence, sequence);
            return Sequence;
        }

        /// <inheritdoc/>
        public void StartWatch(IReaction watch)
        {
            Watch = watch;
        }

        /// <summary>Ends every wait with <see cref="WaitResult.Stopping"/>, now and from now on.</summary>
        public void Stop()
        {
            IsStopping = true;
            lock (_signals)
            {
                for (int i = 0; i < _signals.Count; i++)
                {
                    ((ISignal)_signals[i]).Set();
                }
            }
        }

        // It is expected to step for ever, and the watch finds that it does not.
        internal void Fail(string loop, string message)
        {
            _log.Write(LogLevel.Error, loop, "the loop ended: " + message);
        }

        private void Start(LoopBeat beat, ISequence sequence)
        {
            new Thread(new LoopThread(beat, sequence, this).Run).Start();
        }
    }
}
