namespace NanoComm.WiSun
{
    /// <summary>How a command ended.</summary>
    public enum SkResult
    {
        /// <summary>It has not.</summary>
        None = 0,

        /// <summary>Done. For a datagram see <see cref="SkModule.SendOutcome"/> too.</summary>
        Ok = 1,

        /// <summary>FAIL: <see cref="SkParser.Number"/>.</summary>
        Failed = 2,

        /// <summary>Not answered in time.</summary>
        TimedOut = 3,
    }
}
