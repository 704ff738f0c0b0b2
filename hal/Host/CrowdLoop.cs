namespace NanoComm.Hal.Host
{
    // One loop of one unit of a crowd.
    internal sealed class CrowdLoop : TimedLoop
    {
        private readonly CrowdLoops _unit;
        private readonly IReaction _reaction;
        private readonly ISteppedSequence _sequence;
        private readonly CrowdSignal _wake;

        public CrowdLoop(CrowdLoops unit, int index, IReaction reaction, CrowdSignal wake)
            : base(index)
        {
            _unit = unit;
            _reaction = reaction;
            _wake = wake;
            wake.Loop = this;
        }

        public CrowdLoop(CrowdLoops unit, int index, ISteppedSequence sequence)
            : base(index)
        {
            _unit = unit;
            _sequence = sequence;
        }

        public bool IsReaction => _reaction is not null;

        public bool IsReady { get; set; }

        public bool IsEnded => _unit.IsStopping;

        // Takes one step; says when the next one is wanted, on the worker's clock.
        public long Step()
        {
            if (_sequence is not null)
            {
                return _unit.Exchange(_sequence);
            }

            _wake.Reset();
            return _unit.Clock.ToWorker(_reaction.Step(_unit.Clock.Milliseconds));
        }
    }
}
