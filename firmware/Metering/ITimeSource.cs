namespace NanoComm.Metering
{
    /// <summary>The clock that events are dated by.</summary>
    public interface ITimeSource
    {
        /// <summary>Tells the civil time at a point of the monotonic clock since the start of the unit, past ones
        /// included.</summary>
        /// <param name="at">The point, in milliseconds.</param>
        /// <param name="seconds">Seconds since 2000-01-01 00:00:00 of the meter's civil time.</param>
        /// <returns>False while the time is not known.</returns>
        bool TryTell(long at, out uint seconds);
    }
}
