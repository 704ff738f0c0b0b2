using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace NanoComm.Hal.Host
{
    // Datagrams on their way from one reader thread to one loop, without locks and without allocating. One slot is
    // always the reader's: it receives into it first and looks for room afterwards, so that a datagram is lost only
    // when the ring is full as it arrives.
    internal sealed class DatagramRing
    {
        // One byte more than the longest datagram that is kept, so that a longer one shows.
        private const int SlotLength = MaxDatagram + 1;
        private const int MaxDatagram = 1500;
        private const int Slots = 257;

        private readonly byte[][] _datagrams = new byte[Slots][];
        private readonly SocketAddress[] _senders = new SocketAddress[Slots];
        private readonly int[] _lengths = new int[Slots];
        private readonly int _senderLength;

        // The reader alone moves the end, the loop alone the start.
        private int _start;
        private int _end;
        private int _overflows;

        public DatagramRing(AddressFamily family)
        {
            _senderLength = SocketAddress.GetMaximumAddressSize(family);
            for (int i = 0; i < Slots; i++)
            {
                _datagrams[i] = new byte[SlotLength];
                _senders[i] = new SocketAddress(family);
            }
        }

        // Datagrams that found no room.
        public int Overflows => Volatile.Read(ref _overflows);

        // The reader's slot.
        public Span<byte> NextDatagram => _datagrams[_end];

        public SocketAddress NextSender
        {
            get
            {
                SocketAddress sender = _senders[_end];
                sender.Size = _senderLength;
                return sender;
            }
        }

        // By the reader: what is in its slot is a datagram for the loop.
        public void Publish(int length)
        {
            int next = Next(_end);
            if (next == Volatile.Read(ref _start))
            {
                Volatile.Write(ref _overflows, _overflows + 1);
                return;
            }

            _lengths[_end] = length;
            Volatile.Write(ref _end, next);
        }

        // By the loop: the oldest datagram, valid until Release. False when none waits.
        public bool TryPeek(out ReadOnlySpan<byte> datagram, out SocketAddress sender, out bool isWhole)
        {
            int start = _start;
            if (start == Volatile.Read(ref _end))
            {
                datagram = default;
                sender = null;
                isWhole = false;
                return false;
            }

            datagram = _datagrams[start].AsSpan(0, _lengths[start]);
            sender = _senders[start];
            isWhole = _lengths[start] <= MaxDatagram;
            return true;
        }

        public void Release()
        {
            Volatile.Write(ref _start, Next(_start));
        }

        private static int Next(int slot)
        {
            return slot == Slots - 1 ? 0 : slot + 1;
        }
    }
}
