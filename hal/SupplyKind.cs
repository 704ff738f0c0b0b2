namespace NanoComm.Hal
{
    /// <summary>What feeds a unit.</summary>
    public enum SupplyKind
    {
        /// <summary>The voltage transformer of a high-voltage meter, 110 V at its secondary: rated burden 15 VA, shared
        /// with the meter (requirement R29).</summary>
        VoltageTransformer = 0,

        /// <summary>A low-voltage meter's own supply, which gives direct current to its communication unit.</summary>
        MeterSupply = 1,
    }
}
