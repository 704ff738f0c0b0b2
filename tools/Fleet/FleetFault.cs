namespace NanoComm.Fleet
{
    /// <summary>What is wrong with a unit of a fleet.</summary>
    public enum FleetFault
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Its metering unit is slow.</summary>
        Slow,

        /// <summary>Its metering unit does not answer.</summary>
        Silent,

        /// <summary>It restarts again and again.</summary>
        Restarting,

        /// <summary>Another one takes its place again and again.</summary>
        Exchanged,
    }
}
