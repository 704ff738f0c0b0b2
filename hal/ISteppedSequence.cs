namespace NanoComm.Hal
{
    /// <summary>What a sequence does from one pause to the next: nothing is kept on its stack between two exchanges. A home that runs
    /// many units steps it on a thread that they share.</summary>
    public interface ISteppedSequence
    {
        /// <summary>Does what is due, and waits in hal only for the answers to what it asks.</summary>
        /// <returns>When to be called again, or <see cref="Deadline.Ended"/>: the unit stops.</returns>
        long Step();
    }
}
