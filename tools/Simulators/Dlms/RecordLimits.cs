namespace NanoComm.Simulators.Dlms
{
    /// <summary>What the simulated units hold themselves to with any durable store.</summary>
    internal static class RecordLimits
    {
        /// <summary>Longest record that they write, in bytes; the security event log is the longest, at 832.</summary>
        public const int MaxLength = 1024;
    }
}
