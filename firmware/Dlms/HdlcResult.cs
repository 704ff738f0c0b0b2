namespace NanoComm.Dlms
{
    /// <summary>How a step on the HDLC link ended.</summary>
    public enum HdlcResult
    {
        /// <summary>Done.</summary>
        Ok = 0,

        /// <summary>No usable answer to the last of several attempts.</summary>
        NoAnswer = 1,

        /// <summary>The server has no link (DM): it restarted, or does not serve this address.</summary>
        Disconnected = 2,

        /// <summary>The server rejected a frame (FRMR), or answered something that the link does not allow.</summary>
        Rejected = 3,

        /// <summary>The APDU does not fit into the buffer for it.</summary>
        TooLong = 4,

        /// <summary>The unit is stopping.</summary>
        Stopping = 5,
    }
}
