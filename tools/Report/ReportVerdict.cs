namespace NanoComm.Reporting
{
    /// <summary>How a case ended.</summary>
    public enum ReportVerdict
    {
        /// <summary>Not run; <see cref="ReportCase.Message"/> says why.</summary>
        Skipped,

        /// <summary>As it should be.</summary>
        Passed,

        /// <summary>Not as expected, and no reason to fail: what was expected is not certain, or not required.</summary>
        Warned,

        /// <summary>Not as it must be.</summary>
        Failed,
    }
}
