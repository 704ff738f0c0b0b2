namespace NanoComm.Hal
{
    /// <summary>
    /// A wake-up for one waiting loop. Setting it twice before the wait ends wakes once (auto-reset); setting it
    /// before the wait begins is not lost.
    /// </summary>
    public interface ISignal
    {
        /// <summary>Wakes the waiting loop. May be called from any loop, thread or event handler.</summary>
        void Set();

        /// <summary>
        /// Waits until set, or until the deadline, or until the unit stops. Only for sequences
        /// (<see cref="ISequence"/>): a reaction returns its deadline instead of waiting. Hold no lock.
        /// </summary>
        /// <param name="deadline">Point on the monotonic clock in milliseconds, or <see cref="Deadline.Never"/>.</param>
        /// <returns>Why the wait ended.</returns>
        WaitResult Wait(long deadline);
    }
}
