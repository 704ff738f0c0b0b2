namespace NanoComm.Hal
{
    /// <summary>Why a wait ended.</summary>
    public enum WaitResult
    {
        /// <summary>The signal was set; it is now reset.</summary>
        Signalled = 0,

        /// <summary>The deadline passed first.</summary>
        TimedOut = 1,

        /// <summary>The unit is stopping: leave the loop, wait for nothing more.</summary>
        Stopping = 2,
    }
}
