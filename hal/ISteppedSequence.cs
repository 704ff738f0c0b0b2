namespace NanoComm.Hal
{
    /// <summary>A sequence that keeps nothing on its stack between two exchanges. A home that runs many units steps it on a
    /// thread that they share; a board gives it one of its own and runs it.</summary>
    public interface ISteppedSequence : ISequence
    {
        /// <summary>Does what is due, and waits in hal only for the answers to what it asks.</summary>
        /// <returns>When to be called again, or <see cref="Deadline.Ended"/>: the unit stops.</returns>
        long Step();
    }
}
