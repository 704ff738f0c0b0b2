using System.Collections.Generic;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Simulators;

namespace NanoComm.Tests.Hil
{
    /// <summary>The loops of one life of a board, from power to the loss of it: then they do nothing more, while the scheduler
    /// goes on with everything around the board.</summary>
    internal sealed class LifeLoops(VirtualScheduler scheduler) : ILoops
    {
        private readonly List<LifeSignal> _signals = [];

        public bool IsStopping { get; private set; }

        public ISignal CreateSignal(string name)
        {
            var signal = new LifeSignal(this, scheduler.CreateSignal(name));
            _signals.Add(signal);
            return signal;
        }

        public LoopBeat Start(string name, IReaction reaction, ISignal wake)
        {
            return scheduler.Start(name, new LifeReaction(this, reaction), ((LifeSignal)wake).Inner);
        }

        public LoopBeat Start(string name, ISequence sequence)
        {
            return scheduler.Start(name, new LifeSequence(sequence));
        }

        public void StartWatch(IReaction watch)
        {
            scheduler.StartWatch(new LifeReaction(this, watch));
        }

        public void End()
        {
            IsStopping = true;
            _signals.ForEach(signal => signal.Inner.Set());
        }

        private sealed class LifeSignal(LifeLoops life, ISignal inner) : ISignal
        {
            public ISignal Inner => inner;

            public void Set() => inner.Set();

            public WaitResult Wait(long deadline)
            {
                WaitResult result = life.IsStopping ? WaitResult.Stopping : inner.Wait(deadline);
                return life.IsStopping ? WaitResult.Stopping : result;
            }
        }

        private sealed class LifeReaction(LifeLoops life, IReaction inner) : IReaction
        {
            public long Step(long now)
            {
                try
                {
                    return life.IsStopping ? Deadline.Never : inner.Step(now);
                }
                catch (PowerCutException)
                {
                    return Deadline.Never;
                }
            }
        }

        private sealed class LifeSequence(ISequence inner) : ISequence
        {
            public void Run()
            {
                try
                {
                    inner.Run();
                }
                catch (PowerCutException)
                {
                    // It has no power to do any more.
                }
            }
        }
    }
}
