namespace NanoComm.Dlms
{
    /// <summary>Result of reading one attribute (IEC 62056-5-3, Data-Access-Result).</summary>
    public enum DataAccessResult
    {
        /// <summary>Read.</summary>
        Success = 0,

        /// <summary>Hardware fault.</summary>
        HardwareFault = 1,

        /// <summary>Try again.</summary>
        TemporaryFailure = 2,

        /// <summary>Not readable in this association.</summary>
        ReadWriteDenied = 3,

        /// <summary>No such object.</summary>
        ObjectUndefined = 4,

        /// <summary>The object is of another class.</summary>
        ObjectClassInconsistent = 9,

        /// <summary>The object is not there now.</summary>
        ObjectUnavailable = 11,

        /// <summary>Other type than expected.</summary>
        TypeUnmatched = 12,

        /// <summary>Outside of what this association may access.</summary>
        ScopeOfAccessViolated = 13,

        /// <summary>The block is not there.</summary>
        DataBlockUnavailable = 14,

        /// <summary>The transfer in blocks was given up.</summary>
        LongGetAborted = 15,

        /// <summary>No transfer in blocks is under way.</summary>
        NoLongGetInProgress = 16,

        /// <summary>Any other reason.</summary>
        OtherReason = 250,
    }
}
