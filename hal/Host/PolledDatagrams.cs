using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;

namespace NanoComm.Hal.Host
{
    // One socket, emptied by the loop itself, several datagrams a call: no other thread, no copy but the last, and no
    // memory before the first datagram. Linux only. Once a SocketWatch watches it, it asks the socket only when the watch
    // has seen something there.
    internal sealed class PolledDatagrams : IDatagramInbox
    {
        private const int Slots = 16;
        private const int MaxDatagram = 1500;

        // One byte more than the longest datagram that is kept, so that a longer one shows.
        private const int DatagramLength = MaxDatagram + 1;
        private const int ControlLength = 32;
        private const int ControlLevelOffset = 8;
        private const int ControlDataOffset = 16;

        private readonly Socket _socket;
        private readonly SafeHandle _handle;
        private readonly SocketAddress _sender;
        private readonly SocketAddress _ignored;
        private readonly Action _failed;
        private readonly int _senderLength;
        private readonly int _slotLength;
        private byte[] _memory;
        private LinuxSockets.Part[] _parts;
        private LinuxSockets.MessageVector[] _messages;
        private int _next;
        private int _count;
        private int _overflows;
        private volatile bool _mayHaveMore = true;
        private volatile bool _isClosed;

        // The socket is the inbox's from now on; datagrams from the ignored sender (or null) are dropped. What failed is
        // told on the loop's thread.
        public PolledDatagrams(Socket socket, SocketAddress ignored, Action failed)
        {
            _socket = socket;
            _handle = socket.SafeHandle;
            _ignored = ignored;
            _failed = failed;
            _sender = new SocketAddress(socket.AddressFamily);
            _senderLength = SocketAddress.GetMaximumAddressSize(socket.AddressFamily);
            _slotLength = Align(DatagramLength) + Align(_senderLength) + ControlLength;
            socket.SetRawSocketOption(LinuxSockets.SocketLevel, LinuxSockets.ReceiveOverflow, BitConverter.GetBytes(1));
        }

        public int Overflows => Volatile.Read(ref _overflows);

        // For the watch.
        public int Descriptor => (int)_handle.DangerousGetHandle();

        // Set by the watch: while it is, nothing is asked of the socket but what the watch has seen.
        public bool IsWatched { get; set; }

        // By the watch, on the loop's thread: there is something to receive, or an error to be told.
        public void Ready()
        {
            _mayHaveMore = true;
        }

        public bool TryPeek(out ReadOnlySpan<byte> datagram, out SocketAddress sender, out bool isWhole)
        {
            while (_next < _count || Receive())
            {
                int start = _next * _slotLength;
                _memory.AsSpan(start + Align(DatagramLength), _senderLength).CopyTo(_sender.Buffer.Span);
                if (_ignored != null && PeerAddress.IsSame(_sender, _ignored))
                {
                    Release();
                    continue;
                }

                int length = (int)_messages[_next].Length;
                datagram = _memory.AsSpan(start, Math.Min(length, DatagramLength));
                sender = _sender;
                isWhole = length <= MaxDatagram;
                return true;
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
            _isClosed = true;
            _socket.Dispose();
        }

        private static int Align(int length) => (length + 15) & ~15;

        private bool Receive()
        {
            if (_isClosed || !_mayHaveMore)
            {
                return false;
            }

            Prepare();
            _next = 0;
            _count = 0;
            int count;
            try
            {
                count = LinuxSockets.Receive(_handle, _messages);
            }
            catch (ObjectDisposedException)
            {
                return false;
            }

            if (count < 0)
            {
                _mayHaveMore = !IsWatched;
                int error = Marshal.GetLastPInvokeError();
                if (!_isClosed && error is not (LinuxSockets.WouldBlock or LinuxSockets.Interrupted))
                {
                    _failed();
                }

                return false;
            }

            // Fewer than there was room for: the socket is empty, and the watch tells when it is not any more.
            _mayHaveMore = count == Slots || !IsWatched;
            _count = count;
            CountOverflows(count - 1);
            return count > 0;
        }

        private void CountOverflows(int last)
        {
            if (last < 0 || _messages[last].Message.ControlLength == 0)
            {
                return;
            }

            ReadOnlySpan<byte> control = _memory.AsSpan(((last + 1) * _slotLength) - ControlLength, ControlLength);
            if (BitConverter.ToInt32(control[ControlLevelOffset..]) == LinuxSockets.SocketLevel)
            {
                Volatile.Write(ref _overflows, BitConverter.ToInt32(control[ControlDataOffset..]));
            }
        }

        // The kernel writes lengths over what it was given, so that each call is given them anew.
        private void Prepare()
        {
            if (_memory == null)
            {
                // Pinned: the kernel writes to addresses that are written down once.
                _memory = GC.AllocateArray<byte>(Slots * _slotLength, pinned: true);
                _parts = GC.AllocateArray<LinuxSockets.Part>(Slots, pinned: true);
                _messages = GC.AllocateArray<LinuxSockets.MessageVector>(Slots, pinned: true);
            }

            nint memory = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
            for (int i = 0; i < Slots; i++)
            {
                nint slot = memory + (i * _slotLength);
                _parts[i].Start = slot;
                _parts[i].Length = DatagramLength;
                ref LinuxSockets.Message message = ref _messages[i].Message;
                message.Parts = Marshal.UnsafeAddrOfPinnedArrayElement(_parts, i);
                message.PartCount = 1;
                message.Name = slot + Align(DatagramLength);
                message.NameLength = (uint)_senderLength;
                message.Control = slot + _slotLength - ControlLength;
                message.ControlLength = ControlLength;
                message.Flags = 0;
            }
        }
    }
}
