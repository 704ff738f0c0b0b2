namespace NanoComm.Echonet
{
    /// <summary>Marks of <see cref="IAnnouncingObject"/> with a meaning of their own.</summary>
    public static class AnnouncementMark
    {
        /// <summary>There is nothing to announce.</summary>
        public const long None = long.MinValue;
    }
}
