namespace NanoComm.Hal.Host
{
    // One loop under the scheduler: what it waits for and until when.
    internal abstract class VirtualLoop : TimedLoop
    {
        protected VirtualLoop(string name, int index)
            : base(index)
        {
            Name = name;
        }

        public string Name { get; }

        // Whether it is the watch over the others.
        public bool IsWatch { get; init; }

        public LoopBeat Beat { get; set; }

        // What the loop waits for; null for a sequence that has not begun to wait.
        public VirtualSignal Signal { get; set; }

        public bool IsReady { get; set; }

        public bool IsEnded { get; set; }

        // Made when it draws the first time.
        public SeededRandom Random { get; set; }

        // Steps taken at the instant LastTime, to name the one that keeps the clock from moving.
        public int StepsAtInstant { get; private set; }

        public long LastTime { get; private set; } = -1;

        public void CountStep(long now)
        {
            StepsAtInstant = LastTime == now ? StepsAtInstant + 1 : 1;
            LastTime = now;
        }
    }
}
