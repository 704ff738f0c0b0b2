namespace NanoComm.Simulators.Dlms
{
    /// <summary>Result of invoking a method (Green Book 9.5).</summary>
    public enum ActionResult : byte
    {
        /// <summary>Done.</summary>
        Success = 0,

        /// <summary>Not now: the store did not take it.</summary>
        TemporaryFailure = 2,

        /// <summary>Not for this association, or against the rules.</summary>
        ReadWriteDenied = 3,

        /// <summary>No such object.</summary>
        ObjectUndefined = 4,

        /// <summary>The parameter is of another type.</summary>
        TypeUnmatched = 12,

        /// <summary>This caller may not, now.</summary>
        ScopeOfAccessViolated = 13,

        /// <summary>Anything else.</summary>
        OtherReason = 250,
    }
}
