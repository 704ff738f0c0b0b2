namespace NanoComm.MeterLink
{
    /// <summary>Something else that needs the line to the metering unit, between two readings.</summary>
    public interface ILineTask
    {
        /// <summary>When <see cref="Attend"/> wants to be called next, in milliseconds of the monotonic clock.</summary>
        long NextDeadline { get; }

        /// <summary>Another number whenever the pairing has become another: then what was known of the metering unit
        /// is asked for anew.</summary>
        int Generation { get; }

        /// <summary>Does what is due, if anything; may block on the line.</summary>
        /// <returns>False when the unit is stopping.</returns>
        bool Attend();
    }
}
