namespace System.Net.Sockets
{
    public class MulticastOption
    {
        public MulticastOption(IPAddress multicastAddress) => throw null;

        public MulticastOption(IPAddress multicastAddress, IPAddress localAddress) => throw null;

        public byte[] GetBytes() => throw null;
    }
}
