namespace NanoComm.Simulators.Dlms
{
    /// <summary>Result of reading or writing an attribute (Green Book 9.5).</summary>
    public enum DataAccessResult : byte
    {
        /// <summary>Done.</summary>
        Success = 0,

        /// <summary>The store did not take it.</summary>
        HardwareFault = 1,

        /// <summary>Not for this association.</summary>
        ReadWriteDenied = 3,

        /// <summary>No such object or attribute.</summary>
        ObjectUndefined = 4,

        /// <summary>The object is of another class.</summary>
        ObjectClassInconsistent = 9,

        /// <summary>The value is of another type.</summary>
        TypeUnmatched = 12,

        /// <summary>The selection is outside of what this attribute can do.</summary>
        ScopeOfAccessViolated = 13,

        /// <summary>A block was asked for, and none is there.</summary>
        NoLongGetInProgress = 16,

        /// <summary>Another block was asked for than the next one.</summary>
        DataBlockNumberInvalid = 19,

        /// <summary>Anything else.</summary>
        OtherReason = 250,
    }
}
