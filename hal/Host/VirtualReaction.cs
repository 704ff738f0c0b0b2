namespace NanoComm.Hal.Host
{
    // Stepped on the scheduler's own thread.
    internal sealed class VirtualReaction : VirtualLoop
    {
        private readonly IReaction _reaction;

        public VirtualReaction(string name, int index, IReaction reaction, VirtualSignal wake)
            : base(name, index)
        {
            _reaction = reaction;
            Signal = wake;
            wake.Waiter = this;
        }

        // Returns its next deadline.
        public long Step(long now)
        {
            Signal.IsSet = false;
            return _reaction.Step(now);
        }
    }
}
