using System.Net.Sockets;

namespace System.Net
{
    public abstract class EndPoint
    {
    }

    public class IPAddress
    {
        public static readonly IPAddress Any = null;

        public static readonly IPAddress IPv6Any = null;

        public IPAddress(long newAddress) => throw null;

        public IPAddress(byte[] address) => throw null;

        public IPAddress(byte[] address, long scopeid) => throw null;

        public AddressFamily AddressFamily => throw null;

        public long ScopeId
        {
            get => throw null;
            set => throw null;
        }

        public byte[] GetAddressBytes() => throw null;

        public static IPAddress Parse(string ipString) => throw null;
    }

    public class IPEndPoint : EndPoint
    {
        public IPEndPoint(long address, int port) => throw null;

        public IPEndPoint(IPAddress address, int port) => throw null;

        public IPAddress Address => throw null;

        public int Port => throw null;
    }
}
