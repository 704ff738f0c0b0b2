namespace NanoComm.Hems
{
    /// <summary>Where a controller stands.</summary>
    public enum HemsState
    {
        /// <summary>Does nothing.</summary>
        Stopped,

        /// <summary>Sets its module up.</summary>
        Starting,

        /// <summary>Looks for the meter.</summary>
        Scanning,

        /// <summary>Authenticates.</summary>
        Joining,

        /// <summary>In a session.</summary>
        Joined,
    }
}
