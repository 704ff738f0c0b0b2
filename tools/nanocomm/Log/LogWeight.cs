namespace NanoComm.Tool
{
    /// <summary>What a line of a log matters.</summary>
    internal enum LogWeight
    {
        /// <summary>To who develops.</summary>
        Debug,

        /// <summary>What happens.</summary>
        Info,

        /// <summary>Something is not as it should be.</summary>
        Warning,

        /// <summary>Something failed.</summary>
        Error,
    }
}
