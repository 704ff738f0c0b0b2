namespace NanoComm.Echonet
{
    /// <summary>Why a frame was dropped without an answer.</summary>
    public enum DropReason
    {
        /// <summary>It was not.</summary>
        None = 0,

        /// <summary>Shorter than a header and one property.</summary>
        TooShort = 1,

        /// <summary>Longer than <see cref="EchonetFrame.MaxLength"/>.</summary>
        TooLong = 2,

        /// <summary>EHD is not ECHONET Lite.</summary>
        NotEchonetLite = 3,

        /// <summary>ECHONET Lite format 2 (arbitrary message format).</summary>
        ArbitraryFormat = 4,

        /// <summary>The service code is none that the standard defines.</summary>
        UnknownService = 5,

        /// <summary>OPC, OPCSet or OPCGet is 0.</summary>
        NoProperties = 6,

        /// <summary>A property runs over the end of the frame.</summary>
        TruncatedProperty = 7,

        /// <summary>Bytes are left after the last property.</summary>
        TrailingBytes = 8,

        /// <summary>A response service: this node asks nothing.</summary>
        Response = 9,

        /// <summary>Another node's notification, and none that is acknowledged.</summary>
        Notification = 10,

        /// <summary>An acknowledgment of our own INFC: taken, not answered.</summary>
        Acknowledgment = 11,

        /// <summary>The destination object does not exist here.</summary>
        NoSuchObject = 12,

        /// <summary>By a path, unread: its terminal has asked more than its share.</summary>
        OverRate = 13,

        /// <summary>By a path, unread: its sender has no place, and those without have asked more than is theirs.</summary>
        NoPlace = 14,

        /// <summary>By a path: its sender has not proven that the address is its own, or asked the group, and the answer
        /// is more than goes out on that ground.</summary>
        Withheld = 15,

        /// <summary>By a path, unread: the utility has cut its sender off, or admits others alone.</summary>
        NotAdmitted = 16,

        /// <summary>By a path, unread: there are as many terminals as the utility allows, and its sender is none of them.
        /// </summary>
        OverLimit = 17,
    }
}
