namespace NanoComm.Virtual
{
    /// <summary>Why a run of the unit ended.</summary>
    internal enum Ending
    {
        /// <summary>The user wants no more of it, or its time is over.</summary>
        Ended,

        /// <summary>The unit wants to be started anew.</summary>
        Restarts,

        /// <summary>Its plug was pulled, and is put in again.</summary>
        PlugPulled,

        /// <summary>It was taken off, and another one takes its place.</summary>
        Exchanged,
    }
}
