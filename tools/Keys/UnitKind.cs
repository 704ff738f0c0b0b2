namespace NanoComm.Keys
{
    /// <summary>What a unit is.</summary>
    public enum UnitKind
    {
        /// <summary>A metering unit, MU.</summary>
        Metering = 1,

        /// <summary>A communication unit, CU.</summary>
        Communication = 2,
    }
}
