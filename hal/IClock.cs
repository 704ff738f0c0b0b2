namespace NanoComm.Hal
{
    /// <summary>
    /// The monotonic clock of the unit: the only time that timeouts and deadlines are made of. It never steps;
    /// wall time is the metering unit's affair (requirement R8, architecture "Time").
    /// </summary>
    public interface IClock
    {
        /// <summary>Milliseconds since the unit started, 0 and up, never decreasing.</summary>
        long Milliseconds { get; }
    }
}
