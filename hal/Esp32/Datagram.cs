namespace NanoComm.Hal.Esp32
{
    /// <summary>A slot of <see cref="DatagramRing"/>.</summary>
    internal sealed class Datagram
    {
        // An Ethernet frame's worth: the longest datagram that is not put together from fragments.
        private const int BufferLength = 1500;

        public readonly byte[] Buffer = new byte[BufferLength];

        public readonly DatagramPeer Sender = new DatagramPeer();

        public int Length;
    }
}
