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

        public void Step(long now)
        {
            Signal.IsSet = false;
            Deadline = _reaction.Step(now);
        }
    }
}
