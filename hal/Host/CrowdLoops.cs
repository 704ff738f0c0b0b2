using System;

namespace NanoComm.Hal.Host
{
    /// <summary>
    /// The loops of one unit among many that share a thread. Its reactions are stepped there; its sequence, which must be a
    /// stepped one, is too, and what it waits for within an exchange is not waited for: the line says when the answer would
    /// be there, or that none will be, and the unit's clock moves on. All of it belongs to the worker's thread.
    /// </summary>
    public sealed class CrowdLoops : ILoops
    {
        /// <summary>Makes a home for a unit.</summary>
        /// <param name="worker">Steps its loops.</param>
        public CrowdLoops(CrowdWorker worker)
        {
            Worker = worker;
            Clock = new CrowdClock(worker);
        }

        /// <summary>The unit's clock.</summary>
        public CrowdClock Clock { get; }

        /// <summary>When the next byte will be there on what the sequence waits for, on the unit's clock;
        /// <see cref="Deadline.Never"/> when none will be. Set before the loops are started.</summary>
        public Func<long> NextArrival { get; set; } = () => Deadline.Never;

        /// <inheritdoc/>
        public bool IsStopping { get; private set; }

        internal CrowdWorker Worker { get; }

        /// <inheritdoc/>
        public ISignal CreateSignal(string name)
        {
            return new CrowdSignal(name, this);
        }

        /// <inheritdoc/>
        public LoopBeat Start(string name, IReaction reaction, ISignal wake)
        {
            Worker.MakeReady(new CrowdLoop(this, Worker.NextIndex(), reaction, (CrowdSignal)wake));
            return new LoopBeat(name, Deadline.Never);
        }

        /// <inheritdoc/>
        /// <exception cref="ArgumentException">It is no stepped sequence.</exception>
        public LoopBeat Start(string name, ISequence sequence)
        {
            ISteppedSequence stepped = sequence as ISteppedSequence
                ?? throw new ArgumentException($"'{name}' wants a thread of its own, which there is none of.", nameof(sequence));
            Worker.MakeReady(new CrowdLoop(this, Worker.NextIndex(), stepped));
            return new LoopBeat(name, Deadline.Never);
        }

        /// <inheritdoc/>
        /// <remarks>It is not stepped: on the one thread it could find nothing. Whoever has the workers watches
        /// them.</remarks>
        public void StartWatch(IReaction watch)
        {
        }

        /// <summary>Ends the unit's loops: none is stepped again.</summary>
        public void Stop()
        {
            IsStopping = true;
        }

        internal long Exchange(ISteppedSequence sequence)
        {
            Clock.Begin();
            long next = Deadline.Ended;
            try
            {
                next = sequence.Step();
            }
            finally
            {
                long end = Clock.End();
                next = next == Deadline.Ended ? Deadline.Never : Math.Max(next, end);
            }

            return Clock.ToWorker(next);
        }
    }
}
