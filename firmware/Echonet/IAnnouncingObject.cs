namespace NanoComm.Echonet
{
    /// <summary>
    /// An object that announces properties of its own accord, in groups of one frame each. What a path has announced
    /// already, the path remembers: asking changes nothing but what <see cref="Refresh"/> takes over.
    /// </summary>
    public interface IAnnouncingObject
    {
        /// <summary>The object's code.</summary>
        int Code { get; }

        /// <summary>Whether the object is there now: only then it announces.</summary>
        bool IsPresent { get; }

        /// <summary>Changes whenever a mark may have: while it does not, no group need be looked at.</summary>
        int Changes { get; }

        /// <summary>How many groups there are.</summary>
        int GroupCount { get; }

        /// <summary>When a mark changes although nobody wakes the path: milliseconds of the monotonic clock, or
        /// <see cref="Hal.Deadline.Never"/>.</summary>
        long NextChange { get; }

        /// <summary>Takes over what has changed since.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        void Refresh(long now);

        /// <summary>The properties of a group, in the order in which they are announced.</summary>
        /// <param name="group">0…<see cref="GroupCount"/> - 1; the earlier goes first.</param>
        byte[] PropertiesOf(int group);

        /// <summary>The object that a group is for.</summary>
        /// <param name="group">As for <see cref="PropertiesOf"/>.</param>
        /// <returns><see cref="Eoj.Controller"/> for what the terminals wait for, <see cref="Eoj.NodeProfile"/> for what
        /// is everyone's.</returns>
        int DestinationOf(int group);

        /// <summary>Tells one state of a group from another: it is to be announced when this has changed.</summary>
        /// <param name="group">As for <see cref="PropertiesOf"/>.</param>
        /// <returns>Any value, or <see cref="AnnouncementMark.None"/> while there is nothing to announce.</returns>
        long MarkOf(int group);

        /// <summary>Until when a changed group is worth announcing.</summary>
        /// <param name="group">As for <see cref="PropertiesOf"/>.</param>
        /// <returns>Milliseconds of the monotonic clock; <see cref="Hal.Deadline.Never"/> for a state, which whoever
        /// has just found the object reads by himself.</returns>
        long WorthUntil(int group);
    }
}
