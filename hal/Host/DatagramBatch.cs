using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NanoComm.Hal.Host
{
    // Room for the datagrams of one call to the kernel. Linux only.
    internal sealed class DatagramBatch
    {
        private const int MaxDatagram = 1500;

        // One byte more than the longest datagram that is kept, so that a longer one shows.
        private const int DatagramLength = MaxDatagram + 1;
        private const int ControlLength = 32;
        private const int ControlLevelOffset = 8;
        private const int ControlDataOffset = 16;

        private readonly int _senderLength;
        private readonly int _slotLength;

        // Pinned: the kernel writes to addresses that are written down once.
        private readonly byte[] _memory;
        private readonly LinuxSockets.Part[] _parts;
        private readonly LinuxSockets.MessageVector[] _messages;
        private int _written;

        public DatagramBatch(AddressFamily family, int slots)
        {
            Slots = slots;
            _senderLength = SocketAddress.GetMaximumAddressSize(family);
            _slotLength = Align(DatagramLength) + Align(_senderLength) + ControlLength;
            _memory = GC.AllocateArray<byte>(slots * _slotLength, pinned: true);
            _parts = GC.AllocateArray<LinuxSockets.Part>(slots, pinned: true);
            _messages = GC.AllocateArray<LinuxSockets.MessageVector>(slots, pinned: true);
            Lay();
            _written = slots;
        }

        public int Slots { get; }

        // Has a socket say, with each datagram, how many it had no room for. What stands for a kernel (an emulator, a sandbox) may
        // not count them, and serves all the same.
        public static void CountOverflows(Socket socket)
        {
            try
            {
                socket.SetRawSocketOption(LinuxSockets.SocketLevel, LinuxSockets.ReceiveOverflow, BitConverter.GetBytes(1));
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ProtocolOption)
            {
                // None is told.
            }
        }

        // How many came, or -1: the error is the P/Invoke's.
        public int Receive(SafeHandle socket)
        {
            Prepare();
            int count = LinuxSockets.Receive(socket, _messages);
            _written = Math.Max(count, 0);
            return count;
        }

        public ReadOnlySpan<byte> Datagram(int slot, out bool isWhole)
        {
            int length = (int)_messages[slot].Length;
            isWhole = length <= MaxDatagram;
            return _memory.AsSpan(slot * _slotLength, Math.Min(length, DatagramLength));
        }

        public void CopySender(int slot, SocketAddress sender)
        {
            _memory.AsSpan((slot * _slotLength) + Align(DatagramLength), _senderLength).CopyTo(sender.Buffer.Span);
        }

        // How many datagrams the socket had no room for up to this one; as before where nothing is said of it.
        public int Overflows(int slot, int before)
        {
            if (_messages[slot].Message.ControlLength == 0)
            {
                return before;
            }

            ReadOnlySpan<byte> control = _memory.AsSpan(((slot + 1) * _slotLength) - ControlLength, ControlLength);
            return BitConverter.ToInt32(control[ControlLevelOffset..]) == LinuxSockets.SocketLevel
                ? BitConverter.ToInt32(control[ControlDataOffset..]) : before;
        }

        private static int Align(int length) => (length + 15) & ~15;

        private void Lay()
        {
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
                message.Control = slot + _slotLength - ControlLength;
            }
        }

        // The kernel writes lengths over what it was given, where it received something: most often in the first slot alone.
        private void Prepare()
        {
            for (int i = 0; i < _written; i++)
            {
                ref LinuxSockets.Message message = ref _messages[i].Message;
                message.NameLength = (uint)_senderLength;
                message.ControlLength = ControlLength;
                message.Flags = 0;
            }
        }
    }
}
