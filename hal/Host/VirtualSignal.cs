namespace NanoComm.Hal.Host
{
    // A signal under the scheduler. Only one thing runs at a time there, so it needs no lock.
    internal sealed class VirtualSignal : ISignal
    {
        private readonly VirtualScheduler _scheduler;

        public VirtualSignal(string name, VirtualScheduler scheduler)
        {
            Name = name;
            _scheduler = scheduler;
        }

        public string Name { get; }

        public bool IsSet { get; set; }

        // The loop that waits for it: a reaction always, a sequence while it does.
        public VirtualLoop Waiter { get; set; }

        public void Set()
        {
            _scheduler.Set(this);
        }

        public WaitResult Wait(long deadline)
        {
            return _scheduler.Wait(this, deadline);
        }
    }
}
