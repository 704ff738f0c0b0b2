namespace NanoComm.Tests.Scenarios
{
    /// <summary>Whose power goes.</summary>
    internal enum PowerSide
    {
        /// <summary>The communication unit's.</summary>
        Unit,

        /// <summary>The metering unit's.</summary>
        Meter,
    }
}
