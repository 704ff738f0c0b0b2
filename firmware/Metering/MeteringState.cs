namespace NanoComm.Metering
{
    /// <summary>What the metering loop is doing.</summary>
    public enum MeteringState
    {
        /// <summary>No metering unit has answered since the start.</summary>
        Absent = 0,

        /// <summary>Readings arrive every minute.</summary>
        Reading = 1,

        /// <summary>The metering unit answered before, and does not now.</summary>
        Lost = 2,
    }
}
