using System;
using NanoComm.Hal;

namespace NanoComm.Supervision
{
    /// <summary>A sequence that goes on step by step, and outlives what one throws: reported, then stepped again after the back-off.</summary>
    public sealed class GuardedSequence : ISequence, ISteppedSequence
    {
        private readonly string _name;
        private readonly ISteppedSequence _inner;
        private readonly LoopHealth _health;
        private readonly IClock _clock;
        private readonly ISignal _pause;
        private readonly BackOff _backOff = new BackOff();

        /// <summary>Makes it.</summary>
        /// <param name="name">The loop's name.</param>
        /// <param name="inner">The sequence to guard; it can be stepped again after it threw.</param>
        /// <param name="health">Takes the failures.</param>
        /// <param name="board">Clock and signals.</param>
        public GuardedSequence(string name, ISteppedSequence inner, LoopHealth health, IBoard board)
        {
            _name = name;
            _inner = inner;
            _health = health;
            _clock = board.Clock;
            _pause = board.Loops.CreateSignal(name + " pause");
        }

        /// <inheritdoc/>
        public void Run()
        {
            long next = Step();
            while (next != Deadline.Ended && _pause.Wait(next) != WaitResult.Stopping)
            {
                next = Step();
            }
        }

        /// <inheritdoc/>
        public long Step()
        {
            try
            {
                return _inner.Step();
            }
            catch (Exception failure)
            {
                _health.Report(_name, failure);
                return _backOff.Fail(_clock.Milliseconds);
            }
        }
    }
}
