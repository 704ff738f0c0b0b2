namespace NanoComm.Dlms
{
    /// <summary>Counts what went over an HDLC link since the start. What was no frame is counted by
    /// <see cref="HdlcReceiver"/>.</summary>
    public sealed class HdlcStatistics
    {
        /// <summary>Bytes given to the line.</summary>
        public int BytesSent;

        /// <summary>Bytes taken from the line.</summary>
        public int BytesReceived;

        /// <summary>Frames sent, those sent again counted too.</summary>
        public int FramesSent;

        /// <summary>Good frames received.</summary>
        public int FramesReceived;

        /// <summary>Frames sent again.</summary>
        public int Retransmissions;

        /// <summary>Frames that the line did not take as a whole.</summary>
        public int WriteFailures;

        /// <summary>Frames that no answer came to in time.</summary>
        public int Timeouts;

        /// <summary>Information frames received once more.</summary>
        public int Duplicates;

        /// <summary>Answers that only asked for more time (RR or RNR in place of information).</summary>
        public int Busy;

        /// <summary>Frame rejects received.</summary>
        public int FrameRejects;

        /// <summary>Good frames that did not fit in.</summary>
        public int Unexpected;
    }
}
