namespace NanoComm.Simulators.Dlms
{
    /// <summary>The associations that the metering unit offers, by client SAP.</summary>
    public enum SapKind : byte
    {
        /// <summary>The utility's management on the A route.</summary>
        Utility = 1,

        /// <summary>The active pairing.</summary>
        Pairing = 2,

        /// <summary>Anybody: the logical device name and nothing else.</summary>
        Public = 16,
    }
}
