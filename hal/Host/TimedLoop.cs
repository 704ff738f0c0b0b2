namespace NanoComm.Hal.Host
{
    // What waits for a time in a heap.
    internal abstract class TimedLoop
    {
        protected TimedLoop(int index)
        {
            Index = index;
        }

        // The order among those of the same time.
        public int Index { get; }

        // Set by the heap.
        public long Deadline { get; set; } = Hal.Deadline.Never;

        // Where in the heap it is, or -1: it waits for no time, or its time has come.
        public int Place { get; set; } = -1;
    }
}
