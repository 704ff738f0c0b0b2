namespace NanoComm.Metering
{
    /// <summary>Something else that needs the line to the metering unit between two readings.</summary>
    public interface ILineTask
    {
        /// <summary>When <see cref="Attend"/> wants to be called next, in milliseconds of the monotonic clock.</summary>
        long NextDeadline { get; }

        /// <summary>Does what is due, if anything; may block on the line. Called between two questions of the metering
        /// loop, often, and therefore cheap when nothing is due.</summary>
        /// <returns>False when the unit is stopping.</returns>
        bool Attend();
    }
}
