namespace NanoComm.MeterConformance
{
    /// <summary>A datagram of the meter's.</summary>
    /// <param name="Bytes">Its payload.</param>
    /// <param name="End">Where it came in.</param>
    /// <param name="Port">The port it came from, or <see cref="UnknownPort"/>.</param>
    /// <param name="IsToGroup">Whether it was for the multicast group; false where that cannot be told.</param>
    /// <param name="Time">When, ms on the path's clock.</param>
    public sealed record HeardFrame(byte[] Bytes, PathEnd End, int Port, bool IsToGroup, long Time)
    {
        /// <summary>The way does not tell the port.</summary>
        public const int UnknownPort = 0;
    }
}
