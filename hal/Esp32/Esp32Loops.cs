using System.Collections;
using System.Threading;

namespace NanoComm.Hal.Esp32
{
    /// <summary>Loops as threads, one each, all of the same priority.</summary>
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

        /// <summary>The name of a loop that ended by an exception, or null. Only a restart brings it back.</summary>
        public string FailedLoop { get; private set; }

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
        public void Start(string name, IReaction reaction, ISignal wake)
        {
            Start(name, new ReactionSequence(reaction, wake, _clock));
        }

        /// <inheritdoc/>
        public void Start(string name, ISequence sequence)
        {
            new Thread(new LoopThread(name, sequence, this).Run).Start();
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

        internal void Fail(string loop, string message)
        {
            FailedLoop = loop;
            _log.Write(LogLevel.Error, loop, "the loop ended: " + message);
        }
    }
}
