namespace NanoComm.Hal
{
    /// <summary>A loop's sign of life: its home writes it at each step and each wait, the watch over the loops reads it.
    /// Neither takes a lock for it.</summary>
    public sealed class LoopBeat
    {
        /// <summary>The loop's name.</summary>
        public readonly string Name;

        /// <summary>Since when the loop is expected to do something, in milliseconds of the monotonic clock: while it works,
        /// when its last wait ended; while it waits, the deadline of that, or <see cref="Deadline.Never"/>; Never, too, once
        /// it has ended by itself. One that an exception ended stays at its last wait.</summary>
        public long Due;

        /// <summary>Makes it.</summary>
        /// <param name="name">The loop's name.</param>
        /// <param name="now">The monotonic clock: the loop is expected to step from now on.</param>
        public LoopBeat(string name, long now)
        {
            Name = name;
            Due = now;
        }
    }
}
