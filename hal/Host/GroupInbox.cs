using System;
using System.Net;
using System.Threading;

namespace NanoComm.Hal.Host
{
    // How far one port has heard what its group was told. Who is more behind than is kept loses the oldest, which counts.
    internal sealed class GroupInbox : IDatagramInbox
    {
        private readonly GroupFeed _feed;
        private long _next;
        private int _overflows;

        public GroupInbox(GroupFeed feed)
        {
            _feed = feed;
            _next = feed.Written;
        }

        public int Overflows => Volatile.Read(ref _overflows);

        public bool TryPeek(out ReadOnlySpan<byte> datagram, out SocketAddress sender, out bool isWhole)
        {
            while (_next < _feed.Written)
            {
                if (_feed.Find(_next) is GroupDatagram found)
                {
                    datagram = found.Bytes;
                    sender = found.Sender;
                    isWhole = found.IsWhole;
                    return true;
                }

                Volatile.Write(ref _overflows, _overflows + 1);
                _next++;
            }

            datagram = default;
            sender = null;
            isWhole = false;
            return false;
        }

        public void Release()
        {
            _next++;
        }

        public void Dispose()
        {
        }
    }
}
