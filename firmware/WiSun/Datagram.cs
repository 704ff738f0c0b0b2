namespace NanoComm.WiSun
{
    /// <summary>A place for a datagram.</summary>
    internal sealed class Datagram
    {
        /// <summary>The payload, from index 0.</summary>
        public readonly byte[] Data = new byte[SkParser.MaxDataLength];

        /// <summary>Its length in bytes.</summary>
        public int Length;

        /// <summary>The peer's UDP port.</summary>
        public int Port;

        /// <summary>When it was put here.</summary>
        public long At;
    }
}
