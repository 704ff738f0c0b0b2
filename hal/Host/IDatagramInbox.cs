using System;
using System.Net;

namespace NanoComm.Hal.Host
{
    // What one socket has received, for one loop.
    internal interface IDatagramInbox : IDisposable
    {
        // Datagrams that found no room.
        int Overflows { get; }

        // The oldest datagram, valid until Release; a longer one than is kept is not whole. False when none waits.
        bool TryPeek(out ReadOnlySpan<byte> datagram, out SocketAddress sender, out bool isWhole);

        void Release();
    }
}
