namespace NanoComm.Hal
{
    /// <summary>A loop whose work is reacting: it handles what is there and says when it wants to run at the latest.</summary>
    public interface IReaction
    {
        /// <summary>Handles everything that is there now; never waits.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <returns>When to be called again at the latest, or <see cref="Deadline.Never"/>; its wake signal calls it earlier.</returns>
        long Step(long now);
    }
}
