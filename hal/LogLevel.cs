namespace NanoComm.Hal
{
    /// <summary>How much a log line matters.</summary>
    public enum LogLevel
    {
        /// <summary>What an engineer wants while looking for a fault.</summary>
        Debug = 0,

        /// <summary>A change of state worth knowing.</summary>
        Info = 1,

        /// <summary>Something failed and is being tried again.</summary>
        Warning = 2,

        /// <summary>Something failed for good.</summary>
        Error = 3,
    }
}
