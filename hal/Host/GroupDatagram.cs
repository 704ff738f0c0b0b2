using System.Net;

namespace NanoComm.Hal.Host
{
    // One datagram to the group, the same for everybody who hears it.
    internal sealed record GroupDatagram(long Number, byte[] Bytes, SocketAddress Sender, bool IsWhole);
}
